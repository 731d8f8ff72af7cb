using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <summary>A person or service account as it is shown.</summary>
/// <param name="Kind">user or service.</param>
/// <param name="Roles">What the person may do in the control plane once signed in.</param>
public sealed record UserView(string Id, string Name, string Kind, IReadOnlyList<string> Teams, IReadOnlyList<string> Roles, bool Disabled, DateTimeOffset CreatedAt, int LiveKeys, int Sessions)
{
    /// <summary>Without any key or session.</summary>
    public static UserView Of(Principal principal) => Of(principal, 0, 0);

    public static UserView Of(Principal principal, IdentityDirectory directory, DateTimeOffset now)
    {
        var live = directory.Keys.Where(key => key.Owner == principal.Id && key.IsLive(now)).ToLookup(key => key.IsSession);
        return Of(principal, live[false].Count(), live[true].Count());
    }

    public static UserView Of(Principal principal, int liveKeys, int sessions) =>
        new(principal.Id.Value, principal.Name, KindOf(principal), principal.Teams, RoleNames.Of(principal.Roles), principal.Disabled, principal.CreatedAt, liveKeys, sessions);

    public static string KindOf(Principal principal) => principal.Kind is PrincipalKind.User ? "user" : "service";
}
