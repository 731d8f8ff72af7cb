using System.Text.RegularExpressions;
using Paddock.Core.Notifications;
using Paddock.Testing;

namespace Paddock.Core.Tests.Notifications;

public partial class NotificationEventsTests
{
    [Fact]
    public void The_guide_tells_of_events_of_every_family_and_of_no_other()
    {
        var guide = File.ReadAllText(RepositoryFolder.Of("docs", "notifications.md"));

        var told = Row().Matches(guide).SelectMany(static row => Event().Matches(row.Value)).Select(static one => one.Groups["family"].Value).Distinct().Order(StringComparer.Ordinal);

        told.ShouldBe(NotificationEvents.Families);
    }

    [GeneratedRegex(@"^\| `[^|]*\|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();

    [GeneratedRegex(@"`(?<family>[a-z]+)\.[a-z_]+`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Event();
}
