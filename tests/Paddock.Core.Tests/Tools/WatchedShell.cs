using System.Diagnostics;

namespace Paddock.Core.Tests.Tools;

/// <summary>A real shell in an empty folder, where every program that could be run only leaves its name.</summary>
internal sealed class WatchedShell : IDisposable
{
    private static readonly string[] programs = ["touch", "rm", "curl", "tee", "cat", "sh", "env", "date", "id", "time", "x", "on", "off", "end", "git", "ls", "begin", "source", "function", "passwd"];

    private readonly string shell;
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("watched-shell-");
    private readonly DirectoryInfo work;
    private readonly string record;

    public WatchedShell(string name)
    {
        shell = Find(name) ?? throw new InvalidOperationException($"There is no {name} here.");
        work = root.CreateSubdirectory("work");
        root.CreateSubdirectory("bin");
        root.CreateSubdirectory("home");
        record = Path.Combine(root.FullName, "ran");
        foreach (var program in programs)
        {
            var path = Path.Combine(root.FullName, "bin", program);
            File.WriteAllText(path, $"#!/bin/sh\necho {program} >> '{record}'\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
    }

    /// <summary>The programs that were run and the files that were made.</summary>
    public IReadOnlyList<string> Ran => [.. (File.Exists(record) ? File.ReadAllLines(record) : []).Concat(work.GetFileSystemInfos().Select(file => file.Name)).Order(StringComparer.Ordinal)];

    /// <returns>The full path; null when it is not installed. PowerShell is where <c>./build setup</c> puts it, as a program of .NET.</returns>
    public static string? Find(string name) => name == "pwsh"
        ? PowerShell.Program
        : Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    public async Task<(string Error, string Output, int Code)> RunAsync(string script)
    {
        var start = Path.GetFileName(shell) switch
        {
            "pwsh.dll" => PowerShell.Start("-c", script),
            "fish" => new ProcessStartInfo(shell, ["--no-config", "-c", script]),
            _ => new(shell, ["-c", script]),
        };
        (start.WorkingDirectory, start.UseShellExecute, start.RedirectStandardOutput, start.RedirectStandardError) = (work.FullName, false, true, true);
        start.Environment.Clear();
        start.Environment["PATH"] = Path.Combine(root.FullName, "bin");
        start.Environment["HOME"] = Path.Combine(root.FullName, "home");
        start.Environment["LANG"] = "C.UTF-8";
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{shell} did not start.");
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (await error, output.ReplaceLineEndings("\n"), process.ExitCode);
    }

    public void Dispose() => root.Delete(recursive: true);
}
