using Paddock.Core.Identity;
using Paddock.Core.Models;
using Paddock.Core.Modes;
using Paddock.Core.Snapshot;

namespace Paddock.Gateway.Catalog;

/// <summary>The models a caller may ask for.</summary>
internal sealed class ModelCatalog(ISnapshots snapshots, ProviderModels providers, IPriceBook prices, TimeProvider time) : IModelCatalog
{
    public async ValueTask<IReadOnlyList<CatalogModel>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        var snapshot = snapshots.For(caller.Principal.Id.Value, null);
        var limits = snapshot.Profiles.LimitsOf(caller.Principal);
        var models = snapshot.Models.Count > 0 ? FromDocuments(snapshot, caller) : await FromProvidersAsync(snapshot, cancellationToken);
        return [.. models.UnionBy(FromRoutes(snapshot, limits), static model => model.Id).Where(IsFor).OrderBy(static model => model.Id, StringComparer.Ordinal)];

        bool IsFor(CatalogModel model) => ModelResolver.MatchesKey(caller.Key.Scopes, model.Id) && limits?.Allows(model.Id, caller.Key.Scopes.PinnedMode) is not false;
    }

    /// <summary>Routes that are offered by name: those in a class of the caller's team profile.</summary>
    private IEnumerable<CatalogModel> FromRoutes(GovernanceSnapshot snapshot, ProfileLimits? limits) =>
        (limits?.Profile.Models?.Classes ?? []).SelectMany(static each => each.Value).Distinct(StringComparer.Ordinal)
            .Where(name => !snapshot.Models.ContainsKey(name) && snapshot.Routes.ContainsKey(name))
            .Select(name => Listed(snapshot, snapshot.Routes[name].Targets[0], name, null));

    private IEnumerable<CatalogModel> FromDocuments(GovernanceSnapshot snapshot, Caller caller)
    {
        foreach (var model in snapshot.Models.Values.Where(model => ModelResolver.Allows(model, caller)))
        {
            var target = model.Route is { } route ? snapshot.Routes[route].Targets[0] : new RouteTarget(model.Provider!, model.UpstreamModel); // one of them is set
            yield return Listed(snapshot, target, model.Name, model);
        }
    }

    private CatalogModel Listed(GovernanceSnapshot snapshot, RouteTarget target, string name, Model? model)
    {
        var now = time.GetUtcNow();
        var provider = snapshot.ProvidersByName[target.Provider];
        var upstream = target.Model ?? model?.UpstreamModel ?? name;
        var listed = prices.ModelsOf(provider, now).FirstOrDefault(priced => priced.Id == upstream);
        var price = model?.Price ?? prices.Find(provider, upstream, now, 0)?.Price;
        return new(name, model?.DisplayName ?? listed?.DisplayName ?? name, provider.Name, model?.Description, model?.ContextWindow ?? listed?.ContextWindow, model?.MaxOutputTokens, price) { SeesImages = model?.SeesImages is true, Reasoning = model?.Reasoning ?? ModelReasoning.None };
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
