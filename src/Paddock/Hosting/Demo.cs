using Microsoft.Extensions.DependencyInjection;
using Paddock.Control.Identity;
using Paddock.Core.Identity;
using Paddock.Core.Releases;
using Paddock.Simulator;
using Paddock.Simulator.Developers;

namespace Paddock.Hosting;

/// <summary><c>--demo</c>: simulated providers on loopback, a release that names them, a key for models only, and developers at a gentle pace. Needs no network.</summary>
internal sealed class Demo : IAsyncDisposable
{
    private readonly CancellationTokenSource end = new();
    private readonly SimulatedProvider provider;
    private Task<TeamSummary>? team;

    private Demo(SimulatedProvider provider) => this.provider = provider;

    /// <summary>The key made for the demo; shown once.</summary>
    public string? Key { get; private set; }

    public static async Task<Demo> StartAsync(CancellationToken cancellationToken) => new(await SimulatedProvider.StartAsync(new(), cancellationToken));

    /// <summary>The documents that name the simulated providers.</summary>
    public IReadOnlyList<SourceFile> Release() =>
    [
        new("demo.yaml", $$"""
            apiVersion: paddock/v1alpha1
            kind: Provider
            metadata: {name: simulated-openai, owner: demo}
            spec:
              wires: [openai-chat, openai-responses]
              baseUrl: {{provider.BaseUrl.AbsoluteUri.TrimEnd('/')}}/v1
              auth: {scheme: none}
            ---
            apiVersion: paddock/v1alpha1
            kind: Provider
            metadata: {name: simulated-anthropic, owner: demo}
            spec:
              wires: [anthropic-messages]
              baseUrl: {{provider.BaseUrl.AbsoluteUri.TrimEnd('/')}}
              auth: {scheme: none}
            """),
    ];

    /// <summary>Makes the key and lets the developers work.</summary>
    public async Task BeginAsync(PaddockServer server, CancellationToken cancellationToken)
    {
        var made = await server.Services.GetRequiredService<CreateKey>().RunAsync(
            new("system:demo", ControlRoles.Admin), new() { Name = "demo", User = "demo" }, cancellationToken);
        Key = made is Outcome<NewKey>.Done { Value: var key } ? key.Token : throw new InvalidOperationException("The demo's key could not be made.");
        team = SimulatedTeam.RunAsync(new() { BaseUrl = new(server.Urls[0] + "/v1"), Key = Key, Think = TimeSpan.FromSeconds(3) }, end.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        if (team is not null)
        {
            await team;
        }

        await provider.DisposeAsync();
        end.Dispose();
    }
}
