using System.Collections.Immutable;
using Paddock.Core.Identity;
using Paddock.Core.Models;

namespace Paddock.Core.Snapshot;

/// <summary>One place a call may go.</summary>
/// <param name="Model">The name sent upstream.</param>
public sealed record UpstreamTarget(Provider Provider, string Model);

/// <summary>What a snapshot says of a model that was asked for.</summary>
public abstract record ModelResolution
{
    private ModelResolution()
    {
    }

    /// <param name="Targets">In order of preference, at least one.</param>
    /// <param name="Route">The route that names them; null when a provider is named directly, or none at all.</param>
    /// <param name="Document">The <c>Model</c> document; null when no document names the model.</param>
    public sealed record Resolved(ImmutableArray<UpstreamTarget> Targets, ModelRoute? Route, Model? Document) : ModelResolution;

    public sealed record NotAllowed : ModelResolution;

    public sealed record Unknown : ModelResolution;

    public sealed record NoProvider : ModelResolution;
}

/// <summary>Finds where a model may be asked for: its <c>Model</c> document, else a route of that name, else the first provider speaking the wire.</summary>
public static class ModelResolver
{
    public static ModelResolution Resolve(GovernanceSnapshot snapshot, string model, Wire wire, Caller caller)
    {
        if (!MatchesKey(caller.Key.Scopes, model))
        {
            return new ModelResolution.NotAllowed();
        }

        var document = snapshot.Models.GetValueOrDefault(model);
        if (document is not null && !Allows(document, caller))
        {
            return new ModelResolution.NotAllowed();
        }

        var route = snapshot.Routes.GetValueOrDefault(document is null ? model : document.Route ?? "");
        if (document is null && route is null && !snapshot.Defaults.AllowUnlistedModels)
        {
            return new ModelResolution.Unknown();
        }

        var targets = Candidates(snapshot, document?.UpstreamModel ?? model, document, route, wire);
        return targets.IsEmpty ? new ModelResolution.NoProvider() : new ModelResolution.Resolved(targets, route, document);
    }

    /// <summary>Whether the key's model patterns take this name; no patterns take every name.</summary>
    public static bool MatchesKey(KeyScopes scopes, string model) =>
        scopes.ModelPatterns.IsDefaultOrEmpty || scopes.ModelPatterns.Any(pattern => pattern.EndsWith('*') ? model.StartsWith(pattern[..^1], StringComparison.Ordinal) : pattern == model);

    /// <summary>Whether the document lets this caller use the model.</summary>
    public static bool Allows(Model model, Caller caller) =>
        (model.AllowTeams.IsEmpty && model.AllowUsers.IsEmpty)
        || model.AllowUsers.Contains(caller.Principal.Name, StringComparer.OrdinalIgnoreCase)
        || model.AllowTeams.Any(team => caller.Principal.Teams.Contains(team));

    private static ImmutableArray<UpstreamTarget> Candidates(GovernanceSnapshot snapshot, string upstream, Model? document, ModelRoute? route, Wire wire)
    {
        if (route is not null)
        {
            return [.. route.Targets.Select(target => new UpstreamTarget(snapshot.ProvidersByName[target.Provider], target.Model ?? upstream)).Where(target => target.Provider.Wires.Contains(wire))];
        }

        if (document?.Provider is { } named)
        {
            return Only(snapshot.ProvidersByName[named], upstream, wire);
        }

        foreach (var provider in snapshot.Providers)
        {
            if (provider.Wires.Contains(wire))
            {
                return [new(provider, upstream)];
            }
        }

        return [];
    }

    private static ImmutableArray<UpstreamTarget> Only(Provider provider, string upstream, Wire wire) =>
        provider.Wires.Contains(wire) ? [new(provider, upstream)] : [];
}
