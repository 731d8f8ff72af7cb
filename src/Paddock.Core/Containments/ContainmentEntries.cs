using Paddock.Core.Audit;

namespace Paddock.Core.Containments;

/// <summary>What the audit log says of containments: user and key by their ids, all that somebody wrote sealed.</summary>
public static class ContainmentEntries
{
    /// <param name="containment">As it is since.</param>
    /// <param name="by">Nobody has to be named for one that has expired.</param>
    public static AuditEvent Of(Containment containment, ContainmentChange what, AuditActor by) => new()
    {
        Act = AuditActs.Containment + what.ToString().ToLowerInvariant(),
        Actor = what is ContainmentChange.Expired ? AuditActor.Clock : by,
        Ref = containment.Id.Value,
        Facts = what switch
        {
            ContainmentChange.Contained => [AuditFact.Of("selects", [.. Selected(containment.Selector)]), AuditFact.Of("until", containment.ExpiresAt), AuditFact.Sealed("reason", containment.Reason)],
            ContainmentChange.Lifted => [AuditFact.Sealed("reason", containment.LiftReason ?? "")],
            _ => [],
        },
    };

    private static IEnumerable<AuditFact> Selected(ContainmentSelector selector)
    {
        if (selector.User is { } user)
        {
            yield return AuditFact.Of("user", user.Value);
        }

        if (selector.Key is { } key)
        {
            yield return AuditFact.Of("key", key.Value);
        }

        (string Name, string? Text)[] named = [("agent", selector.Agent), ("task", selector.Task), ("model", selector.Model), ("provider", selector.Provider), ("tool", selector.Tool)];
        foreach (var (name, text) in named)
        {
            if (text is not null)
            {
                yield return AuditFact.Sealed(name, text);
            }
        }
    }
}
