using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Paddock.Core.Scm;

/// <summary>Finds commits in what git prints.</summary>
public static partial class CommitMarks
{
    /// <summary>More in one result are no work of one task.</summary>
    private const int Most = 20;

    /// <summary>Longest output that is looked through, in characters: git prints the line first.</summary>
    private const int Longest = 32 << 10;

    /// <summary>The short hashes in the lines by which <c>git commit</c> says what it has made, such as <c>[main 1a2b3c4] Subject</c>.</summary>
    public static ImmutableArray<string> In(string output)
    {
        var found = ImmutableArray.CreateBuilder<string>();
        foreach (Match match in Made().Matches(output.Length > Longest ? output[..Longest] : output))
        {
            if (found.Count < Most && !found.Contains(match.Groups["hash"].Value))
            {
                found.Add(match.Groups["hash"].Value);
            }
        }

        return found.ToImmutable();
    }

    /// <summary>Hash in lower case: 7 to 64 hexadecimal digits; null when it is none.</summary>
    public static string? Hash(string? text) => text is { Length: >= 7 and <= 64 } && text.All(char.IsAsciiHexDigit) ? text.ToLowerInvariant() : null;

    /// <summary>Commits that a message says it takes back, as <c>git revert</c> writes it.</summary>
    public static ImmutableArray<string> Reverted(string? message) => message is null ? [] : [.. Revert().Matches(message.Length > Longest ? message[..Longest] : message).Select(static match => match.Groups["hash"].Value).Distinct(StringComparer.Ordinal).Take(Most)];

    /// <summary>Change requests of the same repository that a message says it takes back: <c>Reverts org/repo#12</c>, or <c>Reverts #12</c>.</summary>
    public static ImmutableArray<string> RevertedChanges(string? message, string repository) => message is null
        ? []
        :
        [
            .. RevertChange().Matches(message.Length > Longest ? message[..Longest] : message)
                .Where(match => match.Groups["repository"].Length == 0 || match.Groups["repository"].Value.Equals(repository, StringComparison.OrdinalIgnoreCase))
                .Select(match => $"{repository}#{match.Groups["number"].Value}").Distinct(StringComparer.Ordinal).Take(Most),
        ];

    [GeneratedRegex(@"^\[[^\]\r\n]{1,200} (?<hash>[0-9a-f]{7,64})\] ", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 500)]
    private static partial Regex Made();

    [GeneratedRegex(@"This reverts commit (?<hash>[0-9a-f]{7,64})\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 500)]
    private static partial Regex Revert();

    [GeneratedRegex(@"^Reverts (?<repository>[\w.-]{1,100}/[\w.-]{1,100})?#(?<number>\d{1,10})\b", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 500)]
    private static partial Regex RevertChange();
}
