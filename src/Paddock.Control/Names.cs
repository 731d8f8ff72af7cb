using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Paddock.Core.Identity;

namespace Paddock.Control;

/// <summary>The shapes of names that operators give.</summary>
internal static partial class Names
{
    public const string UserRule = "begins with a letter or digit and has up to 100 letters, digits and . _ @ -, and looks like nobody's id.";

    /// <summary>Users, service accounts, teams.</summary>
    public static bool IsUser(string text) => Pattern().IsMatch(text) && !PrincipalId.TryParse(text, out _);

    /// <summary>Free labels of one line, such as a key's name, a pinned mode or a repository. What a request leaves out, or says is null, is none.</summary>
    public static bool IsLabel([NotNullWhen(true)] string? text, int longest) => text is { Length: > 0 } && text.Length <= longest && text.Trim().Length == text.Length && !text.Any(char.IsControl);

    /// <summary>A name, or one ending in <c>*</c>. A star elsewhere would be taken as a letter, and fit nothing: refused rather than misunderstood.</summary>
    public static bool IsPattern(string text, int longest) => IsLabel(text, longest) && !text.AsSpan(0, text.Length - 1).Contains('*');

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._@-]{0,99}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();
}
