using System.Diagnostics;
using Paddock.EndToEnd.Tests.Hosting;
using Paddock.Testing;

namespace Paddock.EndToEnd.Tests.Audit;

/// <summary>A verifier of transparency logs that shares nothing with Paddock: <c>verifier/main.go</c>, built once with Debian's Go.</summary>
internal static class GoVerifier
{
    private static readonly Lazy<string> program = new(Build);

    /// <param name="old">File with a checkpoint from which the log must have grown; null = none.</param>
    /// <returns>Code 0 when the log was accepted.</returns>
    public static async Task<CommandResult> VerifyAsync(string tree, string vkey, string? old = null)
    {
        using var process = Start(program.Value, [tree, vkey, .. old is null ? Array.Empty<string>() : [old]], []);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new(process.ExitCode, await output, await errors);
    }

    private static string Build()
    {
        var home = Path.Combine(AppContext.BaseDirectory, "verifier");
        var built = Path.Combine(home, "verifier");
        using var process = Start(
            "go",
            ["build", "-o", built, RepositoryFolder.Of("tests", "Paddock.EndToEnd.Tests", "Audit", "verifier", "main.go")],
            new() { ["GO111MODULE"] = "off", ["GOPATH"] = "/usr/share/gocode", ["GOCACHE"] = Path.Combine(home, "cache"), ["GOFLAGS"] = "", ["CGO_ENABLED"] = "0" });
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? built : throw new InvalidOperationException($"The verifier does not build; `./build setup` installs what it needs. {errors}");
    }

    private static Process Start(string file, IReadOnlyList<string> arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(file, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start) ?? throw new InvalidOperationException($"{file} did not start.");
    }
}
