using System.Collections.Frozen;
using Paddock.Core.Modes;
using Paddock.Core.Policies;
using Paddock.Core.Releases;

namespace Paddock.Core.Snapshot;

/// <summary>Compiles a release into the shape a call needs.</summary>
public static class SnapshotBuilder
{
    public static GovernanceSnapshot Build(ReleaseContent release)
    {
        var profiles = new TeamProfiles(release.Profiles, release.Modes);
        var rules = ModeRules.Of(profiles);
        return new()
        {
            Digest = release.Digest,
            Providers = release.Providers,
            ProvidersByName = release.Providers.ToFrozenDictionary(provider => provider.Name, StringComparer.Ordinal),
            Routes = release.Routes.ToFrozenDictionary(route => route.Name, StringComparer.Ordinal),
            Models = release.Models.ToFrozenDictionary(model => model.Name, StringComparer.Ordinal),
            Budgets = release.Budgets,
            Chains = release.Chains.ToFrozenDictionary(chain => chain.Name, StringComparer.Ordinal),
            Profiles = profiles,
            Policies = new([.. release.Policies, .. rules.Policies], [.. release.Bindings, .. rules.Bindings], release.Defaults.Tools),
            Retention = release.Retention,
            Slos = ShippedAlerts.InForce(release.Slos),
            AlertRules = ShippedAlerts.InForce(release.AlertRules),
            Runbooks = ShippedRunbooks.InForce(release.Runbooks),
            Defaults = release.Defaults,
        };
    }
}
