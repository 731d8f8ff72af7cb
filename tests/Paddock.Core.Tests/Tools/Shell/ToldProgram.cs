using System.Diagnostics;

namespace Paddock.Core.Tests.Tools.Shell;

/// <summary>A program that tells the words it gets, one to a line.</summary>
internal sealed class ToldProgram : IDisposable
{
    public const string Name = "told";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("told-program-");

    public ToldProgram()
    {
        var path = Path.Combine(folder.FullName, Name);
        File.WriteAllText(path, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <param name="line">For PowerShell.</param>
    /// <returns>All words of all calls in the line.</returns>
    public async Task<string[]> RunAsync(string line, CancellationToken cancellationToken)
    {
        var script = Path.Combine(folder.FullName, "line.ps1");
        await File.WriteAllTextAsync(script, line, cancellationToken);
        var start = PowerShell.Start("-File", script);
        (start.WorkingDirectory, start.UseShellExecute, start.RedirectStandardOutput) = (folder.FullName, false, true);
        start.Environment["PATH"] = folder.FullName;
        using var process = Process.Start(start) ?? throw new InvalidOperationException("PowerShell did not start.");
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public void Dispose() => folder.Delete(recursive: true);
}
