using System.Collections.Immutable;
using Paddock.Core.Incidents;

namespace Paddock.Core.Tests.Incidents;

public class IncidentMachineTests
{
    private static readonly DateTimeOffset noon = Troubled.Noon;

    [Fact]
    public void An_incident_goes_from_triggered_to_resolved_and_its_timeline_says_how_and_by_whom()
    {
        var incident = Troubled.New();
        var said = new List<string>();
        foreach (var (command, minutes) in new (IncidentCommand, int)[]
        {
            (new IncidentCommand.Acknowledge(), 2), (new IncidentCommand.Update("We look."), 10), (new IncidentCommand.Mitigate("Switched over."), 20), (new IncidentCommand.Resolve("The route is there again."), 50),
        })
        {
            var changed = IncidentMachine.Apply(incident, command, "usr_bob", noon.AddMinutes(minutes)).ShouldBeOfType<IncidentOutcome.Changed>();
            changed.Incident.Revision.ShouldBe(incident.Revision + 1);
            (changed.Incident.UpdatedAt, changed.Incident.ChangedAt).ShouldBe((noon.AddMinutes(minutes), noon.AddMinutes(minutes)));
            incident = changed.Incident;
            said.AddRange(changed.Entries.Select(static entry => $"{entry.At:mm} {entry.By} {entry.Kind}: {entry.Text}"));
        }

        (incident.Status, incident.ResolvedAt).ShouldBe((IncidentStatus.Resolved, noon.AddMinutes(50)));
        said.ShouldBe(["02 usr_bob Acknowledged: Acknowledged.", "10 usr_bob Update: We look.", "20 usr_bob Mitigated: Switched over.", "50 usr_bob Resolved: The route is there again."]);
    }

    [Theory]
    [InlineData(IncidentStatus.Triggered, "Mitigate Resolve Eta Severity Assign Update")]
    [InlineData(IncidentStatus.Acknowledged, "Mitigate Resolve Eta Severity Assign Update")]
    [InlineData(IncidentStatus.Mitigated, "Reopen Resolve Severity Assign Update")]
    [InlineData(IncidentStatus.Resolved, "Reopen Close Assign Update")]
    [InlineData(IncidentStatus.Closed, "Reopen")]
    public void What_may_be_done_depends_on_how_far_it_is(IncidentStatus status, string may)
    {
        var incident = Troubled.Resolved(IncidentSeverity.Sev3) with { Status = status, ResolvedAt = status >= IncidentStatus.Resolved ? noon : null };
        var tried = new Dictionary<string, IncidentCommand>
        {
            ["Mitigate"] = new IncidentCommand.Mitigate("m"),
            ["Resolve"] = new IncidentCommand.Resolve("r"),
            ["Reopen"] = new IncidentCommand.Reopen("o"),
            ["Close"] = new IncidentCommand.Close("c"),
            ["Eta"] = new IncidentCommand.SetEta(noon.AddHours(2), "late"),
            ["Severity"] = new IncidentCommand.SetSeverity(IncidentSeverity.Sev1, "worse"),
            ["Assign"] = new IncidentCommand.Assign("usr_bob"),
            ["Update"] = new IncidentCommand.Update("u"),
        };

        var done = tried.Where(one => IncidentMachine.Apply(incident, one.Value, "usr_ada", noon.AddMinutes(1)) is IncidentOutcome.Changed).Select(static one => one.Key);

        done.Order().ShouldBe(may.Split(' ').Order());
    }

    [Fact]
    public void What_is_closed_tells_developers_nothing_any_more_also_when_it_is_opened_again()
    {
        var closed = IncidentMachine.Apply(Troubled.Resolved(IncidentSeverity.Sev3) with { Notice = "Wait." }, new IncidentCommand.Close("c"), "usr_ada", noon.AddMinutes(51)).ShouldBeOfType<IncidentOutcome.Changed>().Incident;

        IncidentMachine.Apply(closed, new IncidentCommand.Reopen("o"), "usr_ada", noon.AddMinutes(52)).ShouldBeOfType<IncidentOutcome.Changed>().Incident.Notice.ShouldBeNull();
    }

    [Fact]
    public void One_that_ended_is_opened_again_within_half_an_hour_and_what_comes_later_is_another()
    {
        var ended = Troubled.Resolved();
        var again = new IncidentCommand.Reopen("It is back.");

        var soon = IncidentMachine.Apply(ended, again, "usr_ada", noon.AddMinutes(80).AddSeconds(-1)).ShouldBeOfType<IncidentOutcome.Changed>().Incident;
        var late = IncidentMachine.Apply(ended, again, "usr_ada", noon.AddMinutes(80));

        (soon.Status, soon.ResolvedAt, soon.ClosedAt).ShouldBe((IncidentStatus.Triggered, null, null));
        soon.Eta.ShouldBe(noon.AddMinutes(140).AddSeconds(-1)); // the old one is over
        Refused(late).ShouldHaveSingleItem().ShouldBeOfType<IncidentRefusal.TooLate>();
    }

    [Fact]
    public void An_eta_is_ahead_and_says_which_one_it_takes_the_place_of()
    {
        var incident = Troubled.New();

        foreach (var eta in new[] { noon, noon + IncidentTimes.LongestEta + TimeSpan.FromSeconds(1) })
        {
            Refused(IncidentMachine.Apply(incident, new IncidentCommand.SetEta(eta, "r"), "usr_ada", noon)).ShouldHaveSingleItem().ShouldBeOfType<IncidentRefusal.EtaNotAhead>();
        }

        var changed = IncidentMachine.Apply(incident, new IncidentCommand.SetEta(noon.AddHours(3), "The provider says so."), "usr_ada", noon).ShouldBeOfType<IncidentOutcome.Changed>();
        changed.Incident.Eta.ShouldBe(noon.AddHours(3));
        changed.Entries.ShouldHaveSingleItem().Text.ShouldBe("To be mitigated by 2026-11-27 15:00 UTC, not 2026-11-27 13:00 UTC: The provider says so.");
    }

    [Fact]
    public void An_incident_is_overdue_until_it_is_mitigated_and_its_updates_until_it_is_over()
    {
        var incident = Troubled.New();

        incident.IsOverdue(noon.AddHours(1)).ShouldBeFalse();
        incident.IsOverdue(noon.AddHours(1).AddSeconds(1)).ShouldBeTrue();
        (incident with { Status = IncidentStatus.Mitigated }).IsOverdue(noon.AddHours(2)).ShouldBeFalse();
        (incident with { Severity = IncidentSeverity.Sev1 }).IsUpdateOverdue(noon.AddMinutes(31)).ShouldBeTrue();
        (incident with { Status = IncidentStatus.Mitigated }).IsUpdateOverdue(noon.AddMinutes(61)).ShouldBeTrue();
        (incident with { Severity = IncidentSeverity.Sev3 }).IsUpdateOverdue(noon.AddHours(4)).ShouldBeFalse();
        Troubled.Resolved().IsUpdateOverdue(noon.AddDays(1)).ShouldBeFalse();
    }

    [Fact]
    public void Alerts_are_linked_once_by_their_subject_and_the_latest_hundred_are_kept()
    {
        var incident = Troubled.New();
        for (var alert = 0; alert <= IncidentMachine.MostAlerts; alert++)
        {
            incident = IncidentMachine.Apply(incident, new IncidentCommand.LinkAlert($"alr_{alert}", "openai", "again"), "system:alerts", noon).ShouldBeOfType<IncidentOutcome.Changed>().Incident;
        }

        (incident.Alerts.Length, incident.Alerts[0], incident.Alerts[^1]).ShouldBe((100, "alr_1", "alr_100"));
        incident.Subjects.ShouldBe(["openai"]);
        IncidentMachine.Apply(incident, new IncidentCommand.LinkAlert("alr_100", "openai", "again"), "system:alerts", noon).ShouldBeOfType<IncidentOutcome.Same>();
    }

    [Fact]
    public void A_postmortem_is_approved_by_somebody_who_has_not_written_in_it_whole_and_anew_after_each_change()
    {
        var written = Write(Troubled.Resolved(), Troubled.Whole, "usr_ada");
        Refused(Approve(written, "usr_ada")).ShouldHaveSingleItem().ShouldBeOfType<IncidentRefusal.OwnPostmortem>();

        var approved = Approve(written, "usr_bob").ShouldBeOfType<IncidentOutcome.Changed>().Incident;
        (approved.Postmortem!.ApprovedBy, approved.Postmortem.ApprovedAt).ShouldBe(("usr_bob", noon));

        var corrected = Write(approved, Troubled.Whole with { Version = 1, Causes = "Two routes were missing.", ApprovedBy = "usr_bob", Authors = [] }, "usr_bob");
        corrected.Postmortem!.ApprovedBy.ShouldBeNull();
        corrected.Postmortem.Authors.ShouldBe(["usr_ada", "usr_bob"]);
        Refused(Approve(corrected, "usr_bob")).ShouldHaveSingleItem().ShouldBeOfType<IncidentRefusal.OwnPostmortem>();
        Refused(Approve(Write(approved, Troubled.Whole with { Version = 1, Causes = " " }, "usr_ada"), "usr_bob")).ShouldHaveSingleItem().ShouldBe(new IncidentRefusal.SectionMissing("causes"));
        Refused(Approve(Troubled.Resolved(), "usr_bob")).ShouldHaveSingleItem().ShouldBeOfType<IncidentRefusal.NoPostmortem>();
    }

    [Fact]
    public void Whoever_writes_in_a_postmortem_has_read_what_others_wrote()
    {
        var written = Write(Troubled.Resolved(), Troubled.Whole, "usr_ada");

        Refused(IncidentMachine.Apply(written, new IncidentCommand.WritePostmortem(Troubled.Whole), "usr_bob", noon)).ShouldHaveSingleItem().ShouldBeOfType<IncidentRefusal.WrittenMeanwhile>();
        Write(written, Troubled.Whole with { Version = 1 }, "usr_bob").Postmortem!.Version.ShouldBe(2);
    }

    private static Incident Write(Incident incident, Postmortem postmortem, string by) => IncidentMachine.Apply(incident, new IncidentCommand.WritePostmortem(postmortem), by, noon).ShouldBeOfType<IncidentOutcome.Changed>().Incident;

    private static IncidentOutcome Approve(Incident incident, string by) => IncidentMachine.Apply(incident, new IncidentCommand.ApprovePostmortem(), by, noon);

    private static ImmutableArray<IncidentRefusal> Refused(IncidentOutcome outcome) => outcome.ShouldBeOfType<IncidentOutcome.Refused>().Refusals;
}
