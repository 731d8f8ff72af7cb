using Paddock.Core.Alerts;
using Paddock.Core.Incidents;

namespace Paddock.Core.Tests.Incidents;

public class AlertMatchTests
{
    private static readonly DateTimeOffset noon = Troubled.Noon;

    private static readonly Incident open = Troubled.New() with { Rule = "outage", Subjects = ["openai"], Alerts = ["alr_1"] };

    [Fact]
    public void An_alert_that_stands_in_an_incident_is_known_also_when_that_one_has_ended()
    {
        Of(Alert("alr_1"), open).ShouldBeOfType<AlertMatch.Known>();
        Of(Alert("alr_1"), Ended(minutesAgo: 5)).ShouldBeOfType<AlertMatch.Known>();
    }

    [Fact]
    public void The_same_rule_and_subject_join_the_open_incident_and_reopen_one_that_ended_just_now()
    {
        Of(Alert("alr_2"), Ended(minutesAgo: 5) with { Id = "inc_2" }, open).ShouldBe(new AlertMatch.Joins(open));
        Of(Alert("alr_2"), Ended(minutesAgo: 29)).ShouldBeOfType<AlertMatch.Reopens>();
        Of(Alert("alr_2"), Ended(minutesAgo: 30)).ShouldBeOfType<AlertMatch.Opens>();
    }

    [Fact]
    public void One_that_was_mitigated_hurts_again() =>
        Of(Alert("alr_2"), open with { Status = IncidentStatus.Mitigated }).ShouldBeOfType<AlertMatch.Reopens>();

    [Fact]
    public void Another_rule_or_subject_opens_another_incident()
    {
        Of(Alert("alr_2") with { Subject = "anthropic" }, open).ShouldBeOfType<AlertMatch.Opens>();
        Of(Alert("alr_2") with { Rule = "denials" }, open).ShouldBeOfType<AlertMatch.Opens>();
        Of(Alert("alr_2")).ShouldBeOfType<AlertMatch.Opens>();
    }

    [Fact]
    public void Only_a_page_that_somebody_was_told_of_calls()
    {
        AlertMatch.Calls(Alert("alr_1")).ShouldBeTrue();
        AlertMatch.Calls(Alert("alr_1") with { ToldAt = null }).ShouldBeFalse();
        AlertMatch.Calls(Alert("alr_1") with { Severity = AlertSeverity.Ticket }).ShouldBeFalse();
        AlertMatch.Calls(Alert("alr_1") with { ResolvedAt = noon }).ShouldBeFalse();
    }

    [Fact]
    public void A_rule_says_how_grave_its_incidents_are_and_that_one_is_late_opens_no_other()
    {
        var rule = new AlertRule { Name = "late", Owner = "ada", Condition = new AlertCondition.Burst(5), Incident = IncidentSeverity.Sev1 };

        AlertMatch.SeverityOf(rule).ShouldBe(IncidentSeverity.Sev1);
        AlertMatch.SeverityOf(rule with { Incident = null }).ShouldBeNull();
        AlertMatch.SeverityOf(null).ShouldBe(IncidentSeverity.Sev2);
        AlertMatch.SeverityOf(rule with { Condition = new AlertCondition.Threshold(Gauge.IncidentsOverdue, 0, null, TimeSpan.Zero) }).ShouldBeNull();
    }

    private static AlertMatch Of(Alert alert, params Incident[] incidents) => AlertMatch.Of(alert, incidents, noon);

    private static Incident Ended(int minutesAgo) => open with { Status = IncidentStatus.Resolved, ResolvedAt = noon.AddMinutes(-minutesAgo) };

    private static Alert Alert(string id) => new() { Id = id, Rule = "outage", Subject = "openai", Severity = AlertSeverity.Page, BeganAt = noon, SeenAt = noon, ToldAt = noon, Says = "It fails." };
}
