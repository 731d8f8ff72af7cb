using System.Diagnostics;

namespace Paddock.EndToEnd.Tests.Agents;

/// <summary>The agent's folder as a repository with something to push; each <c>git push</c> there is counted, also one that has nothing new.</summary>
internal sealed class PushedRepository
{
    private readonly string log;

    public PushedRepository(AgentHome home)
    {
        var beside = home.WriteBeside("remote/pushes.log", "");
        log = Path.Combine(beside, "pushes.log");
        Git(beside, "init", "--quiet", "--bare", "--initial-branch=main", "store.git");
        Git(home.Work, "init", "--quiet", "--initial-branch=main");
        Git(home.Work, "-c", "user.name=t", "-c", "user.email=t@t.example", "commit", "--quiet", "--allow-empty", "--message", "one");
        Git(home.Work, "remote", "add", "origin", Path.Combine(beside, "store.git"));
        var hook = Path.Combine(home.Work, ".git", "hooks", "pre-push");
        File.WriteAllText(hook, $"#!/bin/sh\necho pushed >> '{log}'\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Whether a push arrived, also where the repository's own hook does not run (seen with Gemini CLI).</summary>
    public bool HasArrived => File.Exists(Path.Combine(Path.GetDirectoryName(log)!, "store.git", "refs", "heads", "main")); // never a root

    public int Pushes => File.ReadAllLines(log).Length;

    private static void Git(string folder, params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardError = true }) ?? throw new InvalidOperationException("git did not start.");
        git.WaitForExit();
        git.ExitCode.ShouldBe(0, git.StandardError.ReadToEnd());
    }
}
