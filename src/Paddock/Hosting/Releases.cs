using System.Collections.Frozen;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Core.Budgets;
using Paddock.Core.Models;
using Paddock.Core.Releases;
using Paddock.Core.Snapshot;
using Paddock.Settings;

namespace Paddock.Hosting;

internal static class Releases
{
    public static IServiceCollection AddReleases(this IServiceCollection services) => services
        .AddSingleton<ISnapshots, Holder>().AddSingleton<IPriceBook, NoPrices>().AddSingleton<IBudgets, Free>();

    public static Task StartReleasesAsync(this IServiceProvider services, ServeSettings settings, CancellationToken cancellationToken)
    {
        var providers = new List<Provider>();
        if (Environment.GetEnvironmentVariable("OPENAI_BASE_URL") is { Length: > 0 } openai)
        {
            providers.Add(new() { Name = "openai", BaseUrl = new(openai), Wires = [Wire.OpenAiChat, Wire.OpenAiResponses], Credentials = [new("env:OPENAI_API_KEY")] });
        }

        if (Environment.GetEnvironmentVariable("ANTHROPIC_BASE_URL") is { Length: > 0 } anthropic)
        {
            providers.Add(new() { Name = "anthropic", BaseUrl = new(anthropic), Wires = [Wire.AnthropicMessages], Auth = new(AuthScheme.ApiKey), Credentials = [new("env:ANTHROPIC_API_KEY")] });
        }

        services.GetRequiredService<ISnapshots>().Publish(new()
        {
            Digest = ReleaseDigest.Parse("sha256:" + new string('0', 64)), Providers = [.. providers], ProvidersByName = providers.ToFrozenDictionary(p => p.Name),
            Models = FrozenDictionary<string, Model>.Empty, Routes = FrozenDictionary<string, ModelRoute>.Empty, Budgets = [], Defaults = new(),
        });
        return Task.CompletedTask;
    }

    private sealed class Holder : ISnapshots
    {
        public GovernanceSnapshot Current { get; private set; } = null!;
        public GovernanceSnapshot For(string principalId, string? task) => Current;
        public void Publish(GovernanceSnapshot snapshot) => Current = snapshot;
    }

    private sealed class NoPrices : IPriceBook
    {
        public string Version => "none";
        public PricedBy? Find(Provider provider, string model, DateTimeOffset at, long inputTokens) => null;
        public IReadOnlyList<PricedModel> ModelsOf(Provider provider, DateTimeOffset at) => [];
    }

    private sealed class Free : IBudgets
    {
        public HoldOutcome TryHold(GovernanceSnapshot snapshot, BudgetSubject subject, in HoldAmount amount, DateTimeOffset now) => throw new NotSupportedException();
    }
}
