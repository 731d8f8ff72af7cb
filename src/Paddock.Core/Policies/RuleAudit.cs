using Paddock.Core.Audit.Payloads;

namespace Paddock.Core.Policies;

/// <summary>How much of a call the audit log and the content beside it hold, from little to much.</summary>
public enum AuditLevel
{
    /// <summary>Nothing of a call that was simply allowed. Impossible for calls that change something.</summary>
    None,

    /// <summary>An entry, with commitments in the place of content.</summary>
    Metadata,

    /// <summary>Also the call's arguments, and the messages that the model was given.</summary>
    Request,

    /// <summary>Also what the agent says came of it.</summary>
    RequestResponse,
}

/// <summary>What a rule asks to be kept of the calls it matches, whatever becomes of them.</summary>
/// <param name="Class">Class of the content (<see cref="KeyClasses"/>): keys, retention and erasure go by it.</param>
public sealed record RuleAudit(AuditLevel Level, string Class = KeyClasses.Content)
{
    /// <summary>Of calls that change something, where no rule asks for more.</summary>
    public static readonly RuleAudit OfMutating = new(AuditLevel.Metadata);

    /// <summary>Of other calls.</summary>
    public static readonly RuleAudit OfReading = new(AuditLevel.None);

    public bool KeepsRequest => Level >= AuditLevel.Request;

    public bool KeepsResponse => Level >= AuditLevel.RequestResponse;
}
