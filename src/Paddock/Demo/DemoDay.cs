using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Paddock.Control;
using Paddock.Control.Identity;
using Paddock.Control.Runbooks;
using Paddock.Core.Releases;
using Paddock.Hosting;
using Paddock.Simulator;
using Paddock.Simulator.Developers;

namespace Paddock.Demo;

/// <summary><c>--demo</c>: simulated providers on loopback, a release that names them, a key for models only, and developers at a gentle pace. Needs no network.</summary>
internal sealed class DemoDay : IAsyncDisposable
{
    private const string Name = "demo";
    private static readonly TimeSpan think = TimeSpan.FromSeconds(3);
    private static readonly Actor actor = Actor.Local with { Id = "system:demo" };

    private readonly CancellationTokenSource end = new();
    private readonly SimulatedProvider provider;
    private readonly SimulatedProvider backup;
    private Task<TeamSummary>? team;
    private Task drill = Task.CompletedTask;

    private DemoDay(SimulatedProvider provider, SimulatedProvider backup) => (this.provider, this.backup) = (provider, backup);

    /// <summary>How to have the first provider fail, and be well again.</summary>
    public string Trouble => $"curl -X POST {provider.BaseUrl.AbsoluteUri.TrimEnd('/')}/sim/trouble/unavailable (and …/none)";

    public static async Task<DemoDay> StartAsync(CancellationToken cancellationToken) =>
        new(await SimulatedProvider.StartAsync(new(), cancellationToken), await SimulatedProvider.StartAsync(new(), cancellationToken));

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
            ---
            apiVersion: paddock/v1alpha1
            kind: Provider
            metadata: {name: simulated-backup, owner: demo}
            spec:
              wires: [openai-chat, openai-responses]
              baseUrl: {{backup.BaseUrl.AbsoluteUri.TrimEnd('/')}}/v1
              auth: {scheme: none}
            ---
            apiVersion: paddock/v1alpha1
            kind: ModelRoute
            metadata: {name: paddock-fake, owner: demo}
            spec:
              targets: [{provider: simulated-openai}, {provider: simulated-backup}]
            """),
        .. DemoWatch.Documents,
    ];

    /// <summary>Makes the key and lets the developers work until the server is asked to stop.</summary>
    /// <returns>The key, to be shown once.</returns>
    public async Task<string> BeginAsync(PaddockServer server, CancellationToken cancellationToken)
    {
        await RevokeEarlierAsync(server.Services, cancellationToken);
        var made = await server.Services.GetRequiredService<CreateKey>().RunAsync(actor, new() { Name = Name, User = Name }, cancellationToken);
        var key = made is Outcome<NewKey>.Done { Value: var done } ? done.Token : throw new InvalidOperationException("The demo's key could not be made.");
        server.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(end.Cancel);
        await DemoWatch.StaffAsync(server.Services, actor, cancellationToken);
        drill = server.Services.GetRequiredService<RunDrill>().RunAsync(actor, DemoWatch.Runbook, end.Token); // so that it may act unasked
        team = SimulatedTeam.RunAsync(new() { BaseUrl = new(server.AgentsUrls[0] + "/v1"), Key = key, Think = think }, end.Token);
        return key;
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await drill.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (team is not null)
        {
            await ((Task)team).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await provider.DisposeAsync();
        await backup.DisposeAsync();
        end.Dispose();
    }

    /// <summary>A demo's key ends with it, or at the latest when the next one begins.</summary>
    private static async Task RevokeEarlierAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        if (await services.GetRequiredService<ListKeys>().RunAsync(actor, cancellationToken) is Outcome<KeyList>.Done { Value: var list })
        {
            foreach (var key in list.Keys.Where(key => key is { Name: Name, User: Name, RevokedAt: null }))
            {
                await services.GetRequiredService<RevokeKey>().RunAsync(actor, key.Id, cancellationToken);
            }
        }
    }
}
