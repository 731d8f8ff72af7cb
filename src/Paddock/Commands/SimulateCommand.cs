using System.CommandLine;
using System.Runtime.InteropServices;
using Paddock.Settings;
using Paddock.Simulator;

namespace Paddock.Commands;

/// <summary><c>paddock simulate</c>: a provider without a model, to try things out against.</summary>
internal static class SimulateCommand
{
    private static readonly Option<string> Urls = new("--urls") { Description = "Where to listen, on loopback. Default http://127.0.0.1:5090.", DefaultValueFactory = static _ => "http://127.0.0.1:5090" };

    private static readonly Option<string?> Run = new("--command") { Description = "The line that the model has an agent's shell run, to see what policies make of it. Default: one that writes paddock-proof.txt." };

    public static Command Build()
    {
        var command = new Command("simulate", "Run a simulated provider of all three wires.") { Urls, Run };
        command.SetAction(static (parsed, cancellationToken) => CommandRunner.GuardAsync(parsed, () => RunAsync(parsed, cancellationToken)));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (!ListenAddress.TryParse(parsed.GetRequiredValue(Urls), out var address, out var fault) || address is not { IsHttps: false, IsLoopback: true })
        {
            throw new SettingsException($"--urls: {(fault.Length > 0 && address is null ? fault : "The simulator listens on loopback, with plain http.")}");
        }

        var stopped = new TaskCompletionSource();
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, stopped));
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, stopped));
        var options = new SimulatorOptions { Port = address.Port };
        await using var provider = await SimulatedProvider.StartAsync(parsed.GetValue(Run) is { } line ? options with { Command = line } : options, cancellationToken);
        var url = provider.BaseUrl.AbsoluteUri.TrimEnd('/');
        await parsed.InvocationConfiguration.Output.WriteLineAsync($"""
            A simulated provider listens on {url}. What it answered is at {url}/sim/truth. To let Paddock use it:
              OPENAI_BASE_URL={url}/v1 ANTHROPIC_BASE_URL={url} paddock serve
            """);
        await stopped.Task.WaitAsync(cancellationToken);
        return CommandLine.Done;
    }

    private static void Stop(PosixSignalContext context, TaskCompletionSource stopped)
    {
        context.Cancel = true;
        stopped.TrySetResult();
    }
}
