using System.Diagnostics;
using System.Text.Json;
using Paddock.Testing;

namespace Paddock.Core.Tests.Tools.Shell;

/// <summary>A running PowerShell that says what its own parser takes a line for.</summary>
internal sealed class PowerShellOracle : IDisposable
{
    private readonly Process process;

    private PowerShellOracle(Process process, IReadOnlyDictionary<string, string> aliases) => (this.process, Aliases) = (process, aliases);

    /// <summary>What its aliases stand for.</summary>
    public IReadOnlyDictionary<string, string> Aliases { get; }

    public static async Task<PowerShellOracle> StartAsync(CancellationToken cancellationToken)
    {
        var script = RepositoryFolder.Of("tests", "Paddock.Core.Tests", "Tools", "Shell", "powershell-words.ps1");
        var start = PowerShell.Start("-File", script);
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.UseShellExecute) = (true, true, false);
        var started = Process.Start(start) ?? throw new InvalidOperationException("PowerShell did not start.");
        return new(started, await AnswerAsync<Dictionary<string, string>>(started.StandardOutput, cancellationToken));
    }

    /// <returns>In the order of the lines.</returns>
    public async Task<IReadOnlyList<PowerShellAnswer>> ReadAsync(IEnumerable<string> lines, CancellationToken cancellationToken)
    {
        var answers = new List<PowerShellAnswer>();
        foreach (var line in lines)
        {
            await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(line).AsMemory(), cancellationToken);
            answers.Add(await AnswerAsync<PowerShellAnswer>(process.StandardOutput, cancellationToken));
        }

        return answers;
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    private static async Task<T> AnswerAsync<T>(StreamReader output, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize<T>(await output.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException("PowerShell ended."), JsonSerializerOptions.Web)
        ?? throw new InvalidOperationException("PowerShell said null.");
}

/// <param name="Commands">The argument lists in order; null when the line is more than plain commands, or no line at all.</param>
/// <param name="Why">What made it more.</param>
internal sealed record PowerShellAnswer(IReadOnlyList<string[]>? Commands, string? Why);
