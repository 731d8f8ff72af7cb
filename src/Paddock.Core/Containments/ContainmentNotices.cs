using System.Globalization;
using Paddock.Core.Notifications;

namespace Paddock.Core.Containments;

/// <summary>What people are told of a containment.</summary>
public static class ContainmentNotices
{
    /// <param name="selected">Names and values of what it stops, as people know them.</param>
    /// <param name="by">Name of who did it; for one that has expired, of who made it.</param>
    public static Notification Of(Containment containment, ContainmentChange what, IReadOnlyList<KeyValuePair<string, string>> selected, string by, DateTimeOffset at)
    {
        var shown = string.Join(", ", selected.Select(one => $"{one.Key} {ChatText.Of(one.Value)}"));
        var (name, text) = what switch
        {
            ContainmentChange.Contained => ("containment.contained", $"Contained by {ChatText.Of(by)}: {shown}, until {Until(containment)}. {ChatText.Of(containment.Reason)}"),
            ContainmentChange.Lifted => ("containment.lifted", $"Containment lifted by {ChatText.Of(by)}: {shown}. {ChatText.Of(containment.LiftReason ?? "")}"),
            _ => ("containment.expired", $"Containment expired, calls go on: {shown}. {ChatText.Of(containment.Reason)}"),
        };
        return new()
        {
            Event = name,
            At = at,
            Text = text,
            Facts =
            [
                new("containment", containment.Id.Value), .. selected, new("reason", what is ContainmentChange.Lifted ? containment.LiftReason ?? "" : containment.Reason), new("by", by),
                new("until", containment.ExpiresAt.ToString("O", CultureInfo.InvariantCulture)),
            ],
        };
    }

    private static string Until(Containment containment) => containment.ExpiresAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}

/// <summary>What became of a containment.</summary>
public enum ContainmentChange
{
    Contained,
    Lifted,
    Expired,
}
