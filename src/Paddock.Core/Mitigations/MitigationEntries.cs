using Paddock.Core.Audit;

namespace Paddock.Core.Mitigations;

/// <summary>What became of a mitigation.</summary>
public enum MitigationChange
{
    Begun,

    /// <summary>Somebody, or the run that made it, has taken it back.</summary>
    Ended,

    /// <summary>Its time has run out.</summary>
    Expired,
}

/// <summary>What the audit log says of mitigations: run, step and kind of measure open, what somebody named or wrote sealed.</summary>
public static class MitigationEntries
{
    public static AuditEvent Of(Mitigation mitigation, MitigationChange what, AuditActor by) => new()
    {
        Act = AuditActs.Mitigation + what.ToString().ToLowerInvariant(),
        Actor = what is MitigationChange.Expired ? AuditActor.Clock : by,
        Ref = mitigation.Id,
        Facts = what is not MitigationChange.Begun ? [] :
        [
            AuditFact.Of("measure", MeasureNames.Of(mitigation.Measure)), AuditFact.Of("run", mitigation.Run), AuditFact.Of("until", mitigation.ExpiresAt),
            AuditFact.Sealed("step", mitigation.Step), AuditFact.Sealed("of", mitigation.Measure.Says), AuditFact.Sealed("reason", mitigation.Reason),
        ],
    };
}
