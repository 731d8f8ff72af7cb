using System.Collections.Immutable;

namespace Paddock.Core.Policies.Matching;

/// <summary>
/// A pattern of paths. <c>*</c> and <c>?</c> stay within a part, <c>**</c> as a whole part stands for any number of them. A rule that
/// forbids and one that allows read the same pattern differently, each to its safe side.
/// </summary>
internal sealed class PathPattern
{
    private const int Longest = 300;
    private readonly ImmutableArray<string> parts;
    private readonly bool isOutside;
    private readonly bool isRooted;
    private readonly bool isHome;
    private readonly bool isEverything;

    public PathPattern(string text)
    {
        Text = text;
        parts = [.. text.Split('/')];
        isHome = parts[0] == "~";
        isOutside = isHome || parts[0] is "" or "..";
        isRooted = isOutside || parts[0] is [_, ':'];
        isEverything = text == "**";
        Anchor = parts.Where(part => part is not ("" or "~" or "..") && !part.AsSpan().ContainsAny('*', '?')).MaxBy(part => part.Length);
        LastLiteral = parts.Length - 1;
        while (LastLiteral > 0 && parts[LastLiteral] == "**")
        {
            LastLiteral--;
        }
    }

    public string Text { get; }

    internal ImmutableArray<string> Parts => parts;

    /// <summary>A word that stands in every path without expansions that this matches; null when there is none.</summary>
    internal string? Anchor { get; }

    /// <summary>The last part that is no <c>**</c>: it takes a part that says something.</summary>
    internal int LastLiteral { get; }

    /// <summary>Why this is no pattern, in words for people; null when it is one.</summary>
    public static string? Refusal(string text)
    {
        if (text.Length > Longest)
        {
            return $"A pattern has at most {Longest} characters.";
        }

        var words = text.Split('/');
        return words switch
        {
            _ when text.Contains('\\', StringComparison.Ordinal) => "Patterns are written with forward slashes, on every system.",
            _ when text.AsSpan().ContainsAny("[]{}") => "A pattern knows '*', '?' and '**' only; write alternatives as items of the list.",
            [""] or ["", ""] => "This pattern matches nothing; '/**' is everything on the disk.",
            _ when words.Skip(1).Any(part => part.Length == 0) => "A pattern has no empty part; a folder and all below it is 'folder/**'.",
            _ when words.Contains(".") => "Paths are judged without './': leave it out.",
            _ when words.SkipWhile(part => part == "..").Contains("..") => "Paths are judged with '..' resolved: it may only stand at the beginning.",
            _ when Array.Exists(words, part => part.Contains("**", StringComparison.Ordinal) && part != "**") => "'**' stands alone between slashes.",
            _ => null,
        };
    }

    /// <summary>For rules that forbid: takes what might match. Letter case, variables, globs and the home folder's true name make no difference, and a pattern without a root matches at any depth outside.</summary>
    public bool MightMatch(PathText path) => MightBe(path) || (path.OnWindows is { } other && MightBe(other));

    private bool MightBe(PathText path)
    {
        if (isEverything)
        {
            return true;
        }

        var budget = new MatchBudget();
        if (new GenerousMatch(this, path.Parts.AsSpan()).At(0, 0, ref budget))
        {
            return true;
        }

        return path.IsOutside && (isHome ? MatchesHome(path, ref budget) : !isOutside && MatchesBelow(path, ref budget));
    }

    /// <summary>For rules that allow: takes what certainly matches. A pattern without a root takes nothing outside.</summary>
    public bool Covers(PathText path) => !path.Expands && (isEverything || ((isRooted || !path.IsOutside) && Strictly(path.Parts.AsSpan(), 0, 0)));

    /// <summary>Whether everything that <paramref name="narrow"/> takes is taken by this too. False when that cannot be told.</summary>
    public bool Covers(PathPattern narrow) =>
        Text == narrow.Text || isEverything || (Text.EndsWith("/**", StringComparison.Ordinal) && narrow.Text.StartsWith(Text[..^2], StringComparison.Ordinal) && !Text[..^3].AsSpan().ContainsAny('*', '?'));

    private bool MatchesBelow(PathText path, ref MatchBudget budget)
    {
        for (var i = 1; i < path.Parts.Length; i++)
        {
            if (new GenerousMatch(this, path.Parts.AsSpan()).At(0, i, ref budget))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary><c>~/x</c> is <c>/home/ada/x</c>, <c>/Users/ada/x</c>, <c>/root/x</c>, <c>C:/Users/ada/x</c> or <c>$HOME/x</c>.</summary>
    private bool MatchesHome(PathText path, ref MatchBudget budget)
    {
        var skip = HomeLength(path.Parts.AsSpan());
        return skip > 0 && new GenerousMatch(this, path.Parts.AsSpan()).At(1, skip, ref budget);
    }

    private static int HomeLength(ReadOnlySpan<string> path) => path switch
    {
        ["", "root", ..] => 2,
        ["", "home" or "Users", _, ..] => 3,
        ["", "var", "root", ..] => 3,
        [[_, ':'], "Users" or "users", _, ..] => 3,
        ["$HOME" or "${HOME}" or "%USERPROFILE%" or "$env:USERPROFILE" or "$env:HOME", ..] => 1,
        [['~', ..], ..] => 1,
        _ => 0,
    };

    private bool Strictly(ReadOnlySpan<string> path, int at, int from)
    {
        for (; at < parts.Length; at++, from++)
        {
            if (parts[at] == "**")
            {
                return StrictlyAny(path, at, from);
            }

            if (from >= path.Length || !PartPattern.Matches(parts[at], path[from], ignoreCase: false))
            {
                return false;
            }
        }

        return from == path.Length;
    }

    private bool StrictlyAny(ReadOnlySpan<string> path, int at, int from)
    {
        if (at == parts.Length - 1)
        {
            return from < path.Length; // 'folder/**' is what lies in the folder, not the folder itself
        }

        for (var i = from; i < path.Length; i++)
        {
            if (Strictly(path, at + 1, i))
            {
                return true;
            }
        }

        return false;
    }
}
