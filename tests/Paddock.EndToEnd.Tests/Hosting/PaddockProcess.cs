using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Paddock.Commands;

namespace Paddock.EndToEnd.Tests.Hosting;

/// <summary>One run of the executable. Of the tests' own environment it sees nothing but where things are installed.</summary>
internal sealed class PaddockProcess : IAsyncDisposable
{
    private const int Terminate = 15;
    private const int Kill = 9;
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly ConcurrentQueue<string> said = new();
    private readonly Task output;
    private readonly Task errors;
    private readonly TaskCompletionSource<string> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PaddockProcess(Process process)
    {
        this.process = process;
        output = ReadAsync(process.StandardOutput);
        errors = ReadAsync(process.StandardError);
    }

    public int Id => process.Id;

    /// <summary>Everything it said so far, results and log.</summary>
    public string Said => string.Join('\n', said);

    /// <summary>Starts <c>paddock serve</c> on a free port of loopback, unless the arguments say where.</summary>
    public static async Task<(PaddockProcess Server, string Url)> ServeAsync(
        string data, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment, CancellationToken cancellationToken)
    {
        string[] urls = arguments.Any(argument => argument.EndsWith("urls", StringComparison.Ordinal)) ? [] : ["--urls", "http://127.0.0.1:0"];
        var server = new PaddockProcess(Start(["serve", "--data", data, .. urls, .. arguments], environment));
        var first = await Task.WhenAny(server.listening.Task, server.output).WaitAsync(patience, cancellationToken);
        if (first == server.listening.Task)
        {
            return (server, await server.listening.Task);
        }

        await server.WaitAsync(cancellationToken);
        throw new InvalidOperationException("paddock serve ended before it listened:\n" + server.Said);
    }

    /// <summary>Starts a command that goes on until it is stopped.</summary>
    public static PaddockProcess Run(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null) => new(Start(arguments, environment));

    /// <summary>Runs a command to its end: as a process where it is the server or is to see an environment, else in this one, which costs a hundredth of the processor's time.</summary>
    public static async Task<CommandResult> RunAsync(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment, CancellationToken cancellationToken)
    {
        if (environment is null && arguments is not ["serve", ..])
        {
            return await Task.Run(() => RunHereAsync(arguments, cancellationToken), cancellationToken).WaitAsync(patience, cancellationToken);
        }

        using var command = Start(arguments, environment);
        try
        {
            var (output, errors) = (command.StandardOutput.ReadToEndAsync(cancellationToken), command.StandardError.ReadToEndAsync(cancellationToken));
            await command.WaitForExitAsync(cancellationToken).WaitAsync(patience, cancellationToken);
            return new(command.ExitCode, await output, await errors);
        }
        finally
        {
            if (!command.HasExited)
            {
                command.Kill();
            }
        }
    }

    public void AskToStop() => _ = Signal(process.Id, Terminate);

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> WaitAsync(CancellationToken cancellationToken)
    {
        await process.WaitForExitAsync(cancellationToken).WaitAsync(patience, cancellationToken);
        await Task.WhenAll(output, errors);
        return process.ExitCode;
    }

    /// <summary>As a machine that loses power would end it, but for what the operating system holds.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _ = Signal(process.Id, Kill);
        await WaitAsync(cancellationToken);
    }

    /// <summary>Completes when it has said something.</summary>
    public Task SaysAsync(string text, CancellationToken cancellationToken) => Eventually.IsAsync(() => Task.FromResult(Said.Contains(text, StringComparison.Ordinal)), () => $"It never said '{text}', but:\n{Said}", cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            AskToStop();
            await WaitAsync(CancellationToken.None);
        }

        process.Dispose();
    }

    private static async Task<CommandResult> RunHereAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var code = await CommandLine.RunAsync(arguments, TextWriter.Synchronized(output), TextWriter.Synchronized(errors), cancellationToken);
        return new(code, output.ToString(), errors.ToString());
    }

    private async Task ReadAsync(StreamReader reader)
    {
        const string before = " listens on ";
        while (await reader.ReadLineAsync() is { } line)
        {
            said.Enqueue(line);
            if (reader == process.StandardOutput && line.IndexOf(before, StringComparison.Ordinal) is >= 0 and var at)
            {
                listening.TrySetResult(line[(at + before.Length)..].Split(',')[0].Trim());
            }
        }
    }

    private static Process Start(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "paddock.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name is not ("PATH" or "HOME" or "DOTNET_ROOT" or "TMPDIR")).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["DOTNET_TieredPGO"] = "0"; // it lives for seconds: measuring its methods costs an eighth of its start
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start) ?? throw new InvalidOperationException("paddock did not start.");
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Signal(int process, int signal);
}
