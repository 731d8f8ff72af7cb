using System.Text.RegularExpressions;

namespace Paddock.Core.Modes;

/// <summary>
/// The regular expressions that say which files a mode may change. The client reads them as JavaScript and Paddock as .NET, so only
/// what means the same in both is taken: no look-around, no groups but <c>(…)</c> and <c>(?:…)</c>, and no escaped letters, whose sets differ.
/// </summary>
public static class FilePattern
{
    private const int Longest = 300;

    /// <summary>Why the pattern is refused, or null.</summary>
    public static string? Refusal(string pattern)
    {
        if (pattern.Length is 0 or > Longest)
        {
            return $"A pattern has 1 to {Longest} characters.";
        }

        if (pattern.Any(static c => c is < ' ' or > '~'))
        {
            return "A pattern has no control characters and nothing beyond ASCII: clients and Paddock could read it differently.";
        }

        return RefusalOfParts(pattern) ?? RefusalAsWhole(pattern);
    }

    private static string? RefusalOfParts(string pattern)
    {
        var inSet = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var next = i + 1 < pattern.Length ? pattern[i + 1] : '\0';
            switch (pattern[i])
            {
                case '\\' when char.IsAsciiLetterOrDigit(next):
                    return $"'\\{next}' does not mean the same to every reader; write [0-9], [A-Za-z0-9_] and the like.";
                case '\\':
                    i++;
                    break;
                case '[' when inSet:
                    return "A set within a set means something else to every reader; escape the inner '['.";
                case '[' when next is ']' || (next is '^' && i + 2 < pattern.Length && pattern[i + 2] is ']'):
                    return "An empty set means something else to every reader; escape the ']'.";
                case '[':
                    inSet = true;
                    break;
                case ']':
                    inSet = false;
                    break;
                case '(' when !inSet && next is '?' && (i + 2 >= pattern.Length || pattern[i + 2] is not ':'):
                    return "Groups are (…) and (?:…); what else begins with '(?' does not mean the same to every reader.";
            }
        }

        return null;
    }

    private static string? RefusalAsWhole(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return null;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return "This pattern cannot be read: " + exception.Message;
        }
    }
}
