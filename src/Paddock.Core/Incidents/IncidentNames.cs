using System.Text.RegularExpressions;
using Paddock.Core.Identity;

namespace Paddock.Core.Incidents;

/// <summary>Names of people for their ids in what is kept of incidents: only whoever looks sees a name, and of whom it was erased nobody.</summary>
public static partial class IncidentNames
{
    /// <summary>A text with the names that people have now.</summary>
    public static string In(string text, IdentityDirectory directory) =>
        Ids().Replace(text, id => PrincipalId.TryParse(id.Value, out var known) && directory.Find(known) is { } one ? one.Name : id.Value);

    [GeneratedRegex("(?:usr|svc)_[0-9a-f]{32}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Ids();
}
