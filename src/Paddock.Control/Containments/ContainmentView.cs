using System.Text.Json;
using Paddock.Core.Containments;
using Paddock.Core.Identity;

namespace Paddock.Control.Containments;

/// <summary>A containment as operators see it. What is null it does not ask for.</summary>
/// <param name="State">in_force, expired, lifted.</param>
/// <param name="User">Name; <paramref name="UserId"/> is stable.</param>
/// <param name="Key">Prefix; <paramref name="KeyId"/> is stable.</param>
/// <param name="Selects">All of it in one line.</param>
public sealed record ContainmentView(
    string Id, string State, string Selects, string? User, string? UserId, string? Key, string? KeyId, string? Agent, string? Task, string? Model, string? Provider, string? Tool,
    string Reason, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, string? LiftedBy, DateTimeOffset? LiftedAt, string? LiftReason)
{
    public static ContainmentView Of(Containment containment, IdentityDirectory directory, DateTimeOffset now)
    {
        var selector = containment.Selector;
        return new(
            containment.Id.Value, JsonNamingPolicy.SnakeCaseLower.ConvertName(containment.StateAt(now).ToString()),
            string.Join(", ", ContainmentNames.Of(selector, directory).Select(one => $"{one.Key} {one.Value}")),
            selector.User is { } user ? ContainmentNames.UserOf(user.Value, directory) : null, selector.User?.Value,
            selector.Key is { } key ? directory.Find(key)?.Key.Prefix : null, selector.Key?.Value,
            selector.Agent, selector.Task, selector.Model, selector.Provider, selector.Tool,
            containment.Reason, ContainmentNames.UserOf(containment.CreatedBy, directory), containment.CreatedAt, containment.ExpiresAt,
            containment.LiftedBy is { } by ? ContainmentNames.UserOf(by, directory) : null, containment.LiftedAt, containment.LiftReason);
    }
}

/// <summary>A containment just made.</summary>
/// <param name="Calls">Model calls that ran on this server at that moment and match: they end, or, when a tool is contained, their calls of it are refused.</param>
/// <param name="Hints">What whoever made it may have overlooked.</param>
public sealed record NewContainment(ContainmentView Containment, int Calls, IReadOnlyList<string> Hints);
