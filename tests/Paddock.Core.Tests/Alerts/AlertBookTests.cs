using Paddock.Core.Alerts;
using Paddock.Core.Alerts.Detection;

namespace Paddock.Core.Tests.Alerts;

public class AlertBookTests
{
    private static readonly DateTimeOffset noon = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    private static readonly AlertRule outage = new() { Name = "outage", Owner = "platform", Condition = new AlertCondition.Burst(5), Inhibits = ["timeouts"] };
    private static readonly AlertRule timeouts = new() { Name = "timeouts", Owner = "platform", Condition = new AlertCondition.Burst(5) };

    private int last;

    [Fact]
    public void What_is_found_again_and_again_is_one_alert_and_told_once()
    {
        var first = Step([], [Found("outage")], noon);
        var second = Step(first.Open, [Found("outage", says: "worse")], noon.AddMinutes(1));

        first.Tell.ShouldHaveSingleItem();
        second.Tell.ShouldBeEmpty();
        var alert = second.Open.ShouldHaveSingleItem();
        (alert.Id, alert.BeganAt, alert.SeenAt, alert.Says).ShouldBe((first.Open[0].Id, noon, noon.AddMinutes(1), "worse"));
    }

    [Fact]
    public void An_alert_ends_when_its_condition_was_not_met_for_five_minutes_and_not_before()
    {
        var open = Step([], [Found("outage")], noon).Open;

        var soon = Step(open, [], noon.AddMinutes(5).AddSeconds(-1));
        var then = Step(soon.Open, [], noon.AddMinutes(5));

        soon.Open.ShouldHaveSingleItem();
        soon.Resolved.ShouldBeEmpty();
        then.Open.ShouldBeEmpty();
        then.Resolved.ShouldHaveSingleItem().ResolvedAt.ShouldBe(noon.AddMinutes(5));
    }

    [Fact]
    public void What_comes_back_after_the_end_is_another_alert()
    {
        var open = Step([], [Found("outage")], noon).Open;

        var again = Step(open, [Found("outage")], noon.AddMinutes(6));
        var ended = Step(Step(open, [], noon.AddMinutes(6)).Open, [Found("outage")], noon.AddMinutes(7));

        again.Open.ShouldHaveSingleItem().Id.ShouldBe(open[0].Id); // seen at the look at which it would have ended
        ended.Open.ShouldHaveSingleItem().Id.ShouldNotBe(open[0].Id);
    }

    [Fact]
    public void Of_one_that_stays_open_people_are_told_again()
    {
        var open = Step([], [Found("outage")], noon).Open;

        Step(open, [Found("outage")], noon.AddHours(4).AddSeconds(-1)).Tell.ShouldBeEmpty();
        Step(open, [Found("outage")], noon.AddHours(4)).Tell.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_page_that_is_over_may_leave_a_ticket()
    {
        var page = Step([], [Found("outage", AlertSeverity.Page)], noon);

        var after = Step(page.Open, [Found("outage")], noon.AddMinutes(5));

        after.Resolved.ShouldHaveSingleItem().Severity.ShouldBe(AlertSeverity.Page);
        after.Tell.ShouldHaveSingleItem().Severity.ShouldBe(AlertSeverity.Ticket);
    }

    [Fact]
    public void Each_subject_has_an_alert_of_its_own() => Step([], [Found("outage", subject: "openai"), Found("outage", subject: "anthropic")], noon).Open.Length.ShouldBe(2);

    [Fact]
    public void What_follows_from_another_alert_is_seen_and_not_told_until_that_is_over()
    {
        var both = Step([], [Found("outage"), Found("timeouts")], noon);
        var later = Step(both.Open, [Found("timeouts")], noon.AddMinutes(5));

        both.Open.Length.ShouldBe(2);
        both.Tell.ShouldHaveSingleItem().Rule.ShouldBe("outage");
        later.Tell.ShouldHaveSingleItem().Rule.ShouldBe("timeouts");
    }

    [Fact]
    public void A_silence_keeps_quiet_what_it_covers_and_what_is_open_after_it_is_told()
    {
        var silence = new AlertSilence { Id = "sil_1", Rule = "outage", Subject = "openai", Reason = "known", Owner = "usr_1", CreatedAt = noon, ExpiresAt = noon.AddHours(1) };

        var quiet = AlertBook.Step([], [Found("outage"), Found("outage", subject: "anthropic"), Found("timeouts")], [outage, timeouts], [silence], noon, NewId);
        var after = Step(quiet.Open, [Found("outage")], noon.AddMinutes(1));

        quiet.Open.Single(static one => one.Subject == "openai" && one.Rule == "outage").Silence.ShouldBe("sil_1");
        quiet.Tell.Select(static one => (one.Rule, one.Subject)).ShouldBe([("outage", "anthropic")]);
        after.Tell.ShouldHaveSingleItem().Subject.ShouldBe("openai");
    }

    [Fact]
    public void Whoever_was_told_of_an_alert_hears_once_that_somebody_took_it_on()
    {
        var silence = new AlertSilence { Id = "sil_1", Rule = "outage", Reason = "known", Owner = "usr_1", CreatedAt = noon, ExpiresAt = noon.AddHours(1) };
        var told = Step([], [Found("outage")], noon);

        var hushed = AlertBook.Step(told.Open, [Found("outage"), Found("outage", subject: "anthropic")], [outage, timeouts], [silence], noon.AddMinutes(1), NewId);
        var after = AlertBook.Step(hushed.Open, [Found("outage")], [outage, timeouts], [silence], noon.AddMinutes(2), NewId);

        told.Hushed.ShouldBeEmpty();
        hushed.Hushed.ShouldHaveSingleItem().Subject.ShouldBe("openai"); // of the other one nobody was told
        after.Hushed.ShouldBeEmpty();
    }

    [Fact]
    public void What_was_kept_quiet_and_is_met_no_more_is_not_told_when_the_rules_are_gone()
    {
        var quiet = Step([], [Found("outage"), Found("timeouts")], noon);

        var gone = AlertBook.Step(quiet.Open, [], [], [], noon.AddMinutes(1), () => "none");

        (gone.Open.Length, gone.Tell.Length).ShouldBe((2, 0));
    }

    [Fact]
    public void A_silenced_alert_inhibits_nothing()
    {
        var silence = new AlertSilence { Id = "sil_1", Rule = "outage", Reason = "known", Owner = "usr_1", CreatedAt = noon, ExpiresAt = noon.AddHours(1) };

        AlertBook.Step([], [Found("outage"), Found("timeouts")], [outage, timeouts], [silence], noon, NewId).Tell.ShouldHaveSingleItem().Rule.ShouldBe("timeouts");
    }

    private AlertStep Step(IReadOnlyCollection<Alert> open, AlertFinding[] found, DateTimeOffset now) => AlertBook.Step(open, found, [outage, timeouts], [], now, NewId);

    private string NewId() => $"alr_{++last}";

    private static AlertFinding Found(string rule, AlertSeverity severity = AlertSeverity.Ticket, string subject = "openai", string says = "it is so") => new(rule, subject, severity, says, []);
}
