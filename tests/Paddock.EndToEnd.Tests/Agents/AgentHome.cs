using System.Diagnostics;

namespace Paddock.EndToEnd.Tests.Agents;

/// <summary>
/// A place of its own for one run of one agent: home, work folder, an environment with nothing else in it. Whatever the run leaves
/// behind (Cline keeps a daemon) bears its mark in the environment, and is ended by its process id.
/// </summary>
internal sealed class AgentHome : IDisposable
{
    private const string Mark = "PADDOCK_TEST_RUN";

    private readonly string mark = Guid.NewGuid().ToString("N");
    private readonly string root = Directory.CreateTempSubdirectory("paddock-agent-").FullName;

    public AgentHome()
    {
        Directory.CreateDirectory(Home);
        Directory.CreateDirectory(Work);
        Directory.CreateDirectory(Path.Combine(root, "tmp"));
    }

    public string Home => Path.Combine(root, "home");

    public string Work => Path.Combine(root, "work");

    /// <summary>Writes a file below the home folder.</summary>
    public void WriteHome(string path, string text) => Write(Path.Combine(Home, path), text);

    /// <summary>Writes a file below the work folder.</summary>
    public void WriteWork(string path, string text) => Write(Path.Combine(Work, path), text);

    /// <summary>Writes a file where the agent does not look, and returns its folder.</summary>
    public string WriteBeside(string path, string text)
    {
        Write(Path.Combine(root, path), text);
        return Path.Combine(root, Path.GetDirectoryName(path)!); // the path names a file in a folder
    }

    /// <summary>Runs a program in the work folder, in a session of its own, to its end.</summary>
    /// <exception cref="TimeoutException">It did not end in time and was killed; the message holds what it printed.</exception>
    public async Task<ProgramEnd> RunAsync(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, TimeSpan limit, CancellationToken cancellationToken)
    {
        var output = Path.Combine(root, $"output-{Guid.NewGuid():N}.txt");
        // A file, not a pipe: a daemon that inherits a pipe would keep it open for ever.
        var start = new ProcessStartInfo("setsid", ["sh", "-c", "out=$1; shift; exec \"$@\" > \"$out\" 2>&1 < /dev/null", "sh", output, program, .. arguments]) { WorkingDirectory = Work, UseShellExecute = false };
        start.Environment.Clear();
        foreach (var (name, value) in Basics().Concat(environment))
        {
            start.Environment[name] = value;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(limit);
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        try
        {
            await process.WaitForExitAsync(patience.Token);
            return new(process.ExitCode, await File.ReadAllTextAsync(output, cancellationToken));
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {limit.TotalSeconds} s. It printed:\n{await File.ReadAllTextAsync(output, cancellationToken)}", exception);
        }
        finally
        {
            EndAll();
        }
    }

    public void Dispose()
    {
        EndAll();
        Directory.Delete(root, recursive: true);
    }

    private Dictionary<string, string> Basics() => new()
    {
        ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin",
        ["HOME"] = Home,
        ["TMPDIR"] = Path.Combine(root, "tmp"),
        ["TERM"] = "dumb",
        ["LANG"] = "C.UTF-8",
        [Mark] = mark,
    };

    /// <summary>Ends every process that bears the run's mark; no other.</summary>
    private void EndAll()
    {
        foreach (var process in Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _)).Select(name => int.Parse(name!)).Where(IsOurs)) // a number is no null
        {
            try
            {
                using var found = Process.GetProcessById(process);
                found.Kill();
                found.WaitForExit();
            }
            catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
            {
                // It has ended meanwhile.
            }
        }
    }

    private bool IsOurs(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/environ").Split('\0').Contains($"{Mark}={mark}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false; // ended meanwhile, or somebody else's
        }
    }

    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!); // never a root
        File.WriteAllText(path, text);
    }
}

/// <param name="Output">What it printed, errors included.</param>
internal sealed record ProgramEnd(int ExitCode, string Output);
