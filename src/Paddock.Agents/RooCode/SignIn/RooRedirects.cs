using System.Collections.Frozen;

namespace Paddock.Agents.RooCode.SignIn;

/// <summary>
/// The programs that a browser may take a ticket to, each as a whole <c>scheme://publisher.name</c>: with a part of it alone, any extension of
/// the same editor, or any program of the same name, could ask for one.
/// </summary>
public sealed class RooRedirects
{
    private static readonly (string Scheme, string Name)[] editors =
    [
        ("vscode", "Visual Studio Code"), ("vscode-insiders", "Visual Studio Code Insiders"), ("vscodium", "VSCodium"), ("cursor", "Cursor"), ("windsurf", "Windsurf"),
        ("positron", "Positron"), ("trae", "Trae"), ("kiro", "Kiro"), ("antigravity", "Antigravity"), ("code-oss", "Code OSS"),
    ];

    private static readonly (string Id, string Name)[] extensions =
        [("RooVeterinaryInc.roo-cline", "Roo Code"), ("RooVeterinaryInc.roo-code-nightly", "Roo Code Nightly"), ("ZooCodeOrganization.zoo-code", "Zoo Code")];

    private readonly FrozenDictionary<string, (string Redirect, string What)> known;

    /// <param name="more">Others that an operator allows, each <c>scheme://publisher.name</c>.</param>
    public RooRedirects(IEnumerable<string> more) => known =
        (from editor in editors from extension in extensions select (Redirect: $"{editor.Scheme}://{extension.Id}", What: $"{extension.Name} in {editor.Name}"))
        .Concat(more.Select(redirect => (Redirect: redirect, What: redirect)))
        .DistinctBy(one => one.Redirect, StringComparer.OrdinalIgnoreCase)
        .ToFrozenDictionary(one => one.Redirect, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether an operator may allow it: a scheme of its own, never one that the browser would open itself, and the id of an extension.</summary>
    public static bool MayBeAllowed(string redirect) =>
        redirect.Split("://") is [{ Length: > 0 } scheme, { Length: > 0 } id]
        && scheme.ToLowerInvariant() is not ("http" or "https" or "javascript" or "data" or "file" or "blob" or "about" or "ftp" or "ws" or "wss" or "vbscript" or "view-source") && char.IsAsciiLetter(scheme[0]) && scheme.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '+' or '.')
        && id.Count(letter => letter == '.') == 1 && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.') && id[0] != '.' && id[^1] != '.';

    /// <summary>The redirect as we know it, and what people call the program.</summary>
    internal (string Redirect, string What)? Find(string? sent) => sent is not null && known.TryGetValue(sent, out var found) ? found : null;
}
