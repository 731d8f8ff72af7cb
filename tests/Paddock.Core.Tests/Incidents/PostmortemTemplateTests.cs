using Paddock.Core.Incidents;

namespace Paddock.Core.Tests.Incidents;

public class PostmortemTemplateTests
{
    [Fact]
    public void A_postmortem_begins_with_what_the_timeline_knows_and_leaves_open_what_people_have_to_say()
    {
        var incident = Troubled.Resolved() with { Scopes = ["payments", "web"], Releases = ["sha256:1f"] };

        var begun = PostmortemTemplate.Of(incident, [IncidentMachine.Opened(incident), IncidentMachine.Note(IncidentEntryKind.Update, "We look.", "usr_bob", Troubled.Noon.AddMinutes(9))]);

        begun.Summary.ShouldBe("Nothing answers: sev2, from 2026-11-27 12:00 UTC to 2026-11-27 12:50 UTC, 50 min.");
        begun.Impact.ShouldBe("Affected: payments, web.");
        begun.Causes.ShouldBe("Put in force in the two hours before: sha256:1f.");
        begun.Timeline.ShouldBe("2026-11-27 12:00 UTC usr_eve opened: Nothing answers (sev2). usr_ada owns it; to be mitigated by 2026-11-27 13:00 UTC.\n2026-11-27 12:09 UTC usr_bob update: We look.");
        (begun.Actions.IsEmpty, begun.ApprovedBy, begun.WentWell).ShouldBe((true, null, ""));
    }

    [Fact]
    public void A_long_timeline_is_cut_to_what_is_kept()
    {
        var entries = Enumerable.Repeat(IncidentMachine.Note(IncidentEntryKind.Update, new string('x', 500), "usr_bob", Troubled.Noon), 40).ToList();

        PostmortemTemplate.Of(Troubled.New(), entries).Timeline.Length.ShouldBe(Postmortem.LongestTimeline);
    }
}
