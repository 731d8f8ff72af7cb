using System.Collections.Frozen;
using Paddock.Core.Models;
using Paddock.Core.Snapshot;

namespace Paddock.Core.Mitigations;

/// <summary>A release as mitigations ask for it to be served. Its digest stays: nothing of what was released has changed.</summary>
internal static class MitigatedSnapshot
{
    public static GovernanceSnapshot Of(GovernanceSnapshot released, MitigationSet set)
    {
        if (set.All.IsEmpty)
        {
            return released;
        }

        var providers = released.Providers.Select(provider => Rested(provider, set)).ToList();
        return released with
        {
            Providers = [.. providers],
            ProvidersByName = providers.ToFrozenDictionary(static provider => provider.Name, StringComparer.Ordinal),
            Routes = MitigatedRoutes.Of(released.Routes, set),
            Policies = released.Policies.With([.. MitigatedRules.Of(set)], binding => MitigatedRules.Firm(binding, set)),
            Mitigations = set,
        };
    }

    /// <summary>One whose only credential rests has none, and is asked without: it refuses, and the route goes on.</summary>
    private static Provider Rested(Provider provider, MitigationSet set)
    {
        var resting = set.Of<Measure.RestCredential>().Where(one => one.Measure.Provider == provider.Name).Select(static one => one.Measure.Source).ToList();
        return resting.Count == 0 ? provider : provider with { Credentials = [.. provider.Credentials.Where(one => !resting.Contains(one.Source, StringComparer.Ordinal))] };
    }
}
