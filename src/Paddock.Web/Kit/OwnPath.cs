using System.Text.RegularExpressions;

namespace Paddock.Web.Kit;

/// <summary>Where a form may send on to: a path of this server, never another one.</summary>
internal static partial class OwnPath
{
    /// <returns>Null when it is anything else.</returns>
    public static string? Of(string? text) => text is not null && Plain().IsMatch(text) ? text : null;

    /// <summary>The same with a query, for what signs in on its way.</summary>
    public static string? WithQuery(string? text) =>
        text?.Split('?', 2) is [var path, var query] ? Of(path) is not null && Query().IsMatch(query) ? text : null : Of(text);

    // No backslash and no second slash, which browsers read as another host.
    [GeneratedRegex(@"\A/(?!/)[A-Za-z0-9_.~@/-]{0,200}\z", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Plain();

    [GeneratedRegex(@"\A[A-Za-z0-9_.~%&=:/+-]{0,1500}\z", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Query();
}
