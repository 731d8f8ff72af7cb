using Paddock.Core.Tools.Shell;

namespace Paddock.Core.Tests.Tools.Shell;

/// <summary>The commands of a plain line, as we see them and as another parser does.</summary>
internal static class SeenCommands
{
    /// <returns>Where the two differ; null when they do not.</returns>
    public static string? Difference(IReadOnlyList<ShellCommand> ours, IReadOnlyList<string[]> others)
    {
        // What rules that forbid are told besides stands between; all that stands in the line itself must be in both.
        var at = 0;
        foreach (var theirs in others)
        {
            var direct = at;
            while (direct < ours.Count && ours[direct].Role != CommandRole.Direct)
            {
                direct++;
            }

            var found = direct < ours.Count && ours[direct].Argv.SequenceEqual(theirs) ? direct : at;
            while (found < direct && !ours[found].Argv.SequenceEqual(theirs))
            {
                found++;
            }

            if (found == ours.Count)
            {
                return $"we do not see {Show(theirs)}";
            }

            if (found == direct && !ours[found].Argv.SequenceEqual(theirs))
            {
                return $"we see {Show(ours[found].Argv)}, they see {Show(theirs)}";
            }

            at = found + 1;
        }

        return ours.Skip(at).FirstOrDefault(c => c.Role == CommandRole.Direct) is { } more ? $"only we see {Show(more.Argv)}" : null;
    }

    private static string Show(IEnumerable<string> words) => string.Join(' ', words.Select(w => $"‹{w}›"));
}
