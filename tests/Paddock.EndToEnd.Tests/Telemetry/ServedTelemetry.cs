using System.Collections.Immutable;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Paddock.Control;
using Paddock.Control.Identity;
using Paddock.Core.Identity;
using Paddock.Core.Ledger;
using Paddock.Core.Tasks;
using Paddock.Hosting;
using Paddock.Settings;
using Paddock.Simulator;

namespace Paddock.EndToEnd.Tests.Telemetry;

/// <summary>A server in this process, with a provider for every wire, that agents call and tell of themselves.</summary>
internal sealed class ServedTelemetry : IAsyncDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("paddock-telemetry-").FullName;
    private PaddockServer server = null!; // started before anybody sees it
    private SimulatedProvider models = null!; // as the server

    public string Url => server.AgentsUrls[0];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Release => Path.Combine(root, "release");

    public static async Task<ServedTelemetry> StartAsync()
    {
        var served = new ServedTelemetry { models = await SimulatedProvider.StartAsync(new(), Cancellation) };
        Directory.CreateDirectory(served.Release);
        await File.WriteAllTextAsync(Path.Combine(served.Release, "providers.yaml"), $$"""
            apiVersion: paddock/v1alpha1
            kind: Provider
            metadata: {name: openai, owner: tests}
            spec:
              wires: [openai-chat, openai-responses]
              baseUrl: {{new Uri(served.models.BaseUrl, "/v1")}}
              auth: {scheme: none}
            ---
            apiVersion: paddock/v1alpha1
            kind: Provider
            metadata: {name: anthropic, owner: tests}
            spec:
              wires: [anthropic-messages]
              baseUrl: {{served.models.BaseUrl}}
              auth: {scheme: none}
            """, Cancellation);
        await served.ServeAsync();
        return served;
    }

    /// <summary>Ends the server, and starts another on the same data.</summary>
    public async Task RestartAsync()
    {
        await server.DisposeAsync();
        await ServeAsync();
    }

    public async Task<string> KeyAsync(string user) =>
        (await server.Services.GetRequiredService<CreateKey>().RunAsync(Actor.Local, new() { Name = "laptop", User = user }, Cancellation)).ShouldBeOfType<Outcome<NewKey>.Done>().Value.Token;

    /// <summary>The id of somebody.</summary>
    public string PrincipalOf(string user) => server.Services.GetRequiredService<IIdentities>().Current.Principals.Single(one => one.Name == user).Id.Value;

    public async Task<ImmutableArray<CallOpening>> CallsAsync(string agent) =>
        [.. (await server.Services.GetRequiredService<ILedgerReader>().ListAsync(new() { Agent = agent }, Cancellation)).Select(static one => one.Opening)];

    public Task<ImmutableArray<AgentEvent>> EventsAsync(string task) => server.Services.GetRequiredService<IAgentEvents>().ListAsync(task, 0, 1000, Cancellation);

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await models.DisposeAsync();
        Directory.Delete(root, recursive: true);
    }

    private async Task ServeAsync() => server = await PaddockServer.StartAsync(
        new ServeSettings { DataDirectory = Path.Combine(root, "data"), Listeners = [new(new(IsHttps: false, IPAddress.Loopback, 0), ListenerSides.Both, [])], ReleaseDirectory = Release, LogLevel = LogLevel.Error },
        configure: null,
        Cancellation);
}
