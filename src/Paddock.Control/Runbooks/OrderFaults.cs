using Paddock.Control.Identity;
using Paddock.Core.Identity;
using Paddock.Core.Mitigations;
using Paddock.Core.Runbooks;
using Paddock.Core.Snapshot;

namespace Paddock.Control.Runbooks;

/// <summary>Says what an order names that is not there, in the release in force or the directory: it would change nothing, or stop everything.</summary>
internal static class OrderFaults
{
    /// <returns>Null when it can be done.</returns>
    public static string? Of(StepOrder order, GovernanceSnapshot snapshot, IdentityDirectory directory) => order switch
    {
        StepOrder.Mitigate one => Of(one.Measure, snapshot),
        StepOrder.Stop { User: { } user } when FindPrincipal.In(directory, user) is null => NoUser(user),
        StepOrder.Stop { Provider: { } provider } when !snapshot.ProvidersByName.ContainsKey(provider) => Missing("provider", provider),
        _ => null,
    };

    public static string NoUser(string name) => $"There is no user '{name}'.";

    private static string? Of(Measure measure, GovernanceSnapshot snapshot) => measure switch
    {
        Measure.AvoidProvider one when !snapshot.ProvidersByName.ContainsKey(one.Provider) => Missing("provider", one.Provider),
        Measure.AvoidProvider one when !snapshot.Routes.Values.Any(route => route.Targets.Any(target => target.Provider == one.Provider) && route.Targets.Any(target => target.Provider != one.Provider)) =>
            $"No route could ask another than provider '{one.Provider}': write a ModelRoute with a second target.",
        Measure.PreferProvider one when snapshot.Routes.GetValueOrDefault(one.Route) is not { } route => Missing("route", one.Route),
        Measure.PreferProvider one when !snapshot.Routes[one.Route].Targets.Any(target => target.Provider == one.Provider) => $"Route '{one.Route}' has no target at provider '{one.Provider}'.",
        Measure.Ask one when !snapshot.Chains.ContainsKey(one.Chain) => Missing("approval chain", one.Chain),
        Measure.Tighten one when !snapshot.Policies.Rules.Any(rule => rule.Policy.Name == one.Policy) => $"No policy '{one.Policy}' is bound in the release in force.",
        Measure.RestCredential one when snapshot.ProvidersByName.GetValueOrDefault(one.Provider) is not { } provider => Missing("provider", one.Provider),
        Measure.RestCredential one when !snapshot.ProvidersByName[one.Provider].Credentials.Any(credential => credential.Source == one.Source) => $"Provider '{one.Provider}' has no credential '{one.Source}'.",
        _ => null,
    };

    private static string Missing(string what, string name) => $"The release in force has no {what} '{name}'.";
}
