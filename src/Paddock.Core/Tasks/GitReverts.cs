using Paddock.Core.Tools.Shell;

namespace Paddock.Core.Tasks;

/// <summary>How much a command takes back.</summary>
public enum GitRevert
{
    None,
    Files,
    /// <summary>All changes, or a commit.</summary>
    All,
}

/// <summary>Commands of git that take back changes which were made before. Documented in docs/metrics.md.</summary>
public static class GitReverts
{
    /// <summary>Options of git itself that take a word of their own.</summary>
    private static readonly string[] withValue = ["-C", "-c", "--git-dir", "--work-tree", "--namespace", "--exec-path", "--config-env"];

    /// <param name="line">Null = no command.</param>
    /// <returns>The most that one of its commands takes back.</returns>
    public static GitRevert In(ShellLine? line) => line is null ? GitRevert.None : line.Commands.Select(Of).DefaultIfEmpty().Max();

    private static GitRevert Of(ShellCommand command)
    {
        if (command.Argv is not [var program, ..] || !IsGit(program))
        {
            return GitRevert.None;
        }

        var at = 1;
        while (at < command.Argv.Count && command.Argv[at].StartsWith('-'))
        {
            at += withValue.Contains(command.Argv[at], StringComparer.Ordinal) ? 2 : 1;
        }

        return at < command.Argv.Count ? Of(command.Argv[at], [.. command.Argv.Skip(at + 1)]) : GitRevert.None;
    }

    private static GitRevert Of(string verb, List<string> words) => verb switch
    {
        "revert" when !Has(words, "--abort", "--quit", "--skip") => GitRevert.All,
        "reset" when Has(words, "--hard", "--merge", "--keep") => GitRevert.All,
        "restore" when Has(words, "--staged", "-S") && !Has(words, "--worktree", "-W") => GitRevert.None,
        "restore" => Has(words, ".", ":/") ? GitRevert.All : GitRevert.Files,
        "checkout" when Has(words, "-b", "-B", "--orphan") => GitRevert.None,
        "checkout" when Has(words, ".", ":/", "-f", "--force") => GitRevert.All,
        "checkout" when words.IndexOf("--") is >= 0 and var at && at < words.Count - 1 => GitRevert.Files,
        _ => GitRevert.None,
    };

    private static bool Has(List<string> words, params ReadOnlySpan<string> any)
    {
        foreach (var one in any)
        {
            if (words.Contains(one))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsGit(string program) => program is "git" or "git.exe" || program.EndsWith("/git", StringComparison.Ordinal);
}
