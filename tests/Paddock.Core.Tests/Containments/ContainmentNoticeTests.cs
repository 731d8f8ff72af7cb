using Paddock.Core.Containments;
using Paddock.Core.Identity;

namespace Paddock.Core.Tests.Containments;

public class ContainmentNoticeTests
{
    private static readonly DateTimeOffset noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void People_read_what_is_stopped_by_whom_why_and_until_when_and_an_agents_name_calls_nobody()
    {
        var containment = new Containment
        {
            Id = ContainmentId.Create(new(9, 0, 0, new byte[8])),
            Selector = new() { Agent = "@channel", Tool = "bash" },
            Reason = "leak",
            CreatedBy = "system:local",
            CreatedAt = noon,
            ExpiresAt = noon.AddHours(1),
        };
        var selected = ContainmentNames.Of(containment.Selector, IdentityDirectory.Empty);

        var told = ContainmentNotices.Of(containment, ContainmentChange.Contained, selected, "ada", noon);

        (told.Event, told.Text).ShouldBe(("containment.contained", "Contained by ada: agent ＠channel, tool bash, until 2026-03-04 13:00 UTC. leak"));
        told.Facts.ShouldContain(new KeyValuePair<string, string>("agent", "@channel"));
        ContainmentNotices.Of(containment with { LiftReason = "found it" }, ContainmentChange.Lifted, selected, "bob", noon).Text.ShouldBe("Containment lifted by bob: agent ＠channel, tool bash. found it");
        ContainmentNotices.Of(containment, ContainmentChange.Expired, selected, "ada", noon).Event.ShouldBe("containment.expired");
    }
}
