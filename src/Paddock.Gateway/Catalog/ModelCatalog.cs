using Paddock.Core.Identity;
using Paddock.Core.Models;
using Paddock.Core.Snapshot;

namespace Paddock.Gateway.Catalog;

/// <summary>The models a caller may ask for.</summary>
internal sealed class ModelCatalog(ISnapshots snapshots, ProviderModels providers, IPriceBook prices, TimeProvider time) : IModelCatalog
{
    public async ValueTask<IReadOnlyList<CatalogModel>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        var snapshot = snapshots.For(caller.Principal.Id.Value, null);
        var models = snapshot.Models.Count > 0 ? FromDocuments(snapshot, caller) : await FromProvidersAsync(snapshot, cancellationToken);
        return [.. models.Where(model => ModelResolver.MatchesKey(caller.Key.Scopes, model.Id)).OrderBy(model => model.Id, StringComparer.Ordinal)];
    }

    private IEnumerable<CatalogModel> FromDocuments(GovernanceSnapshot snapshot, Caller caller)
    {
        var now = time.GetUtcNow();
        foreach (var model in snapshot.Models.Values.Where(model => ModelResolver.Allows(model, caller)))
        {
            var target = model.Route is { } route ? snapshot.Routes[route].Targets[0] : new RouteTarget(model.Provider!, model.UpstreamModel); // one of them is set
            var provider = snapshot.ProvidersByName[target.Provider];
            var upstream = target.Model ?? model.UpstreamModel ?? model.Name;
            var listed = prices.ModelsOf(provider, now).FirstOrDefault(priced => priced.Id == upstream);
            var price = model.Price ?? prices.Find(provider, upstream, now, 0)?.Price;
            yield return new(model.Name, model.DisplayName ?? listed?.DisplayName ?? model.Name, provider.Name, model.Description, model.ContextWindow ?? listed?.ContextWindow, model.MaxOutputTokens, price);
        }
    }

    private async Task<List<CatalogModel>> FromProvidersAsync(GovernanceSnapshot snapshot, CancellationToken cancellationToken)
    {
        var all = new Dictionary<string, CatalogModel>(StringComparer.Ordinal);
        // All at once: a client waits three seconds for the list, whoever is slow.
        foreach (var models in await Task.WhenAll(snapshot.Providers.Select(provider => FromProviderAsync(provider, cancellationToken))))
        {
            foreach (var model in models)
            {
                all.TryAdd(model.Id, model); // an unlisted model goes to the first provider, so the first one's entry is the true one
            }
        }

        return [.. all.Values];
    }

    private async Task<IEnumerable<CatalogModel>> FromProviderAsync(Provider provider, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var priced = prices.ModelsOf(provider, now).ToDictionary(model => model.Id, StringComparer.Ordinal);
        if (await providers.ListAsync(provider, cancellationToken) is not { } ids)
        {
            return priced.Values.Select(model => new CatalogModel(model.Id, model.DisplayName, provider.Name, null, model.ContextWindow, null, model.Price));
        }

        return ids.Select(id =>
        {
            var known = priced.GetValueOrDefault(id);
            return new CatalogModel(id, known?.DisplayName ?? id, provider.Name, null, known?.ContextWindow, null, known?.Price ?? prices.Find(provider, id, now, 0)?.Price);
        });
    }
}
