using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <summary>A person or service account as it is shown.</summary>
/// <param name="Kind">user or service.</param>
public sealed record UserView(string Id, string Name, string Kind, IReadOnlyList<string> Teams, bool Disabled, DateTimeOffset CreatedAt, int LiveKeys)
{
    public static UserView Of(Principal principal, int liveKeys) =>
        new(principal.Id.Value, principal.Name, KindOf(principal), principal.Teams, principal.Disabled, principal.CreatedAt, liveKeys);

    public static string KindOf(Principal principal) => principal.Kind is PrincipalKind.User ? "user" : "service";
}
