using Paddock.Core.Containments;
using Paddock.Core.Identity;
using Paddock.Store.Dialects;

namespace Paddock.Store.Containments;

/// <summary>A containment as a row.</summary>
internal sealed class ContainmentRow
{
    public const string Columns =
        """
        id, user_id AS UserId, key_id AS KeyId, agent, task, model, provider, tool, reason, created_by AS CreatedBy, created_at AS CreatedAt, expires_at AS ExpiresAt,
        lifted_at AS LiftedAt, lifted_by AS LiftedBy, lift_reason AS LiftReason
        """;

    public string Id { get; init; } = "";

    public string? UserId { get; init; }

    public string? KeyId { get; init; }

    public string? Agent { get; init; }

    public string? Task { get; init; }

    public string? Model { get; init; }

    public string? Provider { get; init; }

    public string? Tool { get; init; }

    public string Reason { get; init; } = "";

    public string CreatedBy { get; init; } = "";

    public long CreatedAt { get; init; }

    public long ExpiresAt { get; init; }

    public long? LiftedAt { get; init; }

    public string? LiftedBy { get; init; }

    public string? LiftReason { get; init; }

    public static ContainmentRow From(Containment containment) => new()
    {
        Id = containment.Id.Value,
        UserId = containment.Selector.User?.Value,
        KeyId = containment.Selector.Key?.Value,
        Agent = containment.Selector.Agent,
        Task = containment.Selector.Task,
        Model = containment.Selector.Model,
        Provider = containment.Selector.Provider,
        Tool = containment.Selector.Tool,
        Reason = containment.Reason,
        CreatedBy = containment.CreatedBy,
        CreatedAt = containment.CreatedAt.ToMicros(),
        ExpiresAt = containment.ExpiresAt.ToMicros(),
        LiftedAt = containment.LiftedAt?.ToMicros(),
        LiftedBy = containment.LiftedBy,
        LiftReason = containment.LiftReason,
    };

    public Containment ToContainment() => new()
    {
        Id = ContainmentId.Parse(Id),
        Selector = new()
        {
            User = UserId is null ? null : PrincipalId.Parse(UserId),
            Key = KeyId is null ? null : Core.Identity.KeyId.Parse(KeyId),
            Agent = Agent,
            Task = Task,
            Model = Model,
            Provider = Provider,
            Tool = Tool,
        },
        Reason = Reason,
        CreatedBy = CreatedBy,
        CreatedAt = CreatedAt.ToTime(),
        ExpiresAt = ExpiresAt.ToTime(),
        LiftedAt = LiftedAt?.ToTime(),
        LiftedBy = LiftedBy,
        LiftReason = LiftReason,
    };
}
