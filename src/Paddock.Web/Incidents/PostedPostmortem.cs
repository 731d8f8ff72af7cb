using System.Globalization;
using Microsoft.AspNetCore.Http;
using Paddock.Control.Incidents;
using Paddock.Core.Incidents;

namespace Paddock.Web.Incidents;

/// <summary>A postmortem as its form sends it.</summary>
internal static class PostedPostmortem
{
    /// <returns>The version that stood on the page; -1, which none has, when the form does not say it.</returns>
    public static int VersionOf(IFormCollection form) => int.TryParse(form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1;

    public static PostmortemInput Of(IFormCollection form) => new()
    {
        Version = VersionOf(form),
        Summary = Lines(form["summary"]),
        Impact = Lines(form["impact"]),
        Timeline = Lines(form["happened"]),
        Causes = Lines(form["causes"]),
        WentWell = Lines(form["went-well"]),
        Actions = [.. Enumerable.Range(1, Postmortem.MostActions).Select(number => ItemOf(form, number)).Where(static one => one.Text.Length > 0)],
    };

    /// <summary>Browsers end lines with two characters.</summary>
    public static string Lines(string? text) => (text ?? "").ReplaceLineEndings("\n").Trim();

    private static ActionItemView ItemOf(IFormCollection form, int number)
    {
        string? Said(string name) => form[$"{name}-{number}"].ToString().Trim() is { Length: > 0 } text ? text : null;
        return new(Said("text") ?? "", Said("owner"), DueOf(Said("due")), Said("kind"), Said("link"), Said("test"), Said("failed"), Said("passed"));
    }

    private static DateTimeOffset? DueOf(string? day) => DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? new(date, TimeOnly.MinValue, TimeSpan.Zero) : null;
}
