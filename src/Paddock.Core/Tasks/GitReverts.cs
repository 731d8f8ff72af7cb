using Paddock.Core.Tools.Shell;

namespace Paddock.Core.Tasks;

/// <summary>Commands of git that take changes back which were made before. Documented in docs/metrics.md.</summary>
public static class GitReverts
{
    /// <summary>Options of git itself that take a word of their own.</summary>
    private static readonly string[] withValue = ["-C", "-c", "--git-dir", "--work-tree", "--namespace", "--exec-path", "--config-env"];

    public static bool IsOne(ShellCommand command)
    {
        if (command.Argv is not [var program, ..] || !IsGit(program))
        {
            return false;
        }

        var at = 1;
        while (at < command.Argv.Count && command.Argv[at].StartsWith('-'))
        {
            at += withValue.Contains(command.Argv[at], StringComparer.Ordinal) ? 2 : 1;
        }

        var rest = command.Argv.Skip(at + 1).ToList();
        return at < command.Argv.Count && command.Argv[at] switch
        {
            "revert" => !rest.Exists(static word => word is "--abort" or "--quit" or "--skip"),
            "reset" => rest.Contains("--hard") || rest.Contains("--merge") || rest.Contains("--keep"),
            "restore" => !rest.Contains("--staged") || rest.Contains("--worktree") || rest.Contains("-W"),
            "checkout" => IsOfFiles(rest),
            _ => false,
        };
    }

    /// <summary><c>git checkout</c> takes files back where it names them: behind <c>--</c>, or all of them.</summary>
    private static bool IsOfFiles(List<string> words) => !words.Exists(static word => word is "-b" or "-B" or "--orphan") && (words.IndexOf("--") is >= 0 and var at && at < words.Count - 1 || words.Contains(".") || words.Contains("-f") || words.Contains("--force"));

    private static bool IsGit(string program) => program is "git" or "git.exe" || program.EndsWith("/git", StringComparison.Ordinal);
}
