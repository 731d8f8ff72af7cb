using System.Collections.Immutable;
using Paddock.Core.Identity;

namespace Paddock.Core.Approvals;

/// <summary>Who asks, and who else has a part in it. None of them is asked for their own yes.</summary>
public sealed record ApprovalRequester
{
    public required PrincipalId Principal { get; init; }

    /// <summary>The key it was asked with; null where there is none.</summary>
    public KeyId? Key { get; init; }

    /// <summary>Whose key that is, when it is another's than <see cref="Principal"/>'s.</summary>
    public PrincipalId? KeyOwner { get; init; }

    /// <summary>Parties that are known beside them.</summary>
    public ImmutableDictionary<ApprovalParty, PrincipalId> Parties { get; init; } = ImmutableDictionary<ApprovalParty, PrincipalId>.Empty;

    /// <summary>Whether this is the requester, or owns the requesting key.</summary>
    public bool IsSelf(PrincipalId id) => id == Principal || id == KeyOwner;

    /// <summary>Who the party is; null when nobody knows.</summary>
    public PrincipalId? Find(ApprovalParty party, ApprovalKind kind) => party switch
    {
        _ when Parties.TryGetValue(party, out var known) => known,
        ApprovalParty.Requester => Principal,
        ApprovalParty.AgentOwner => KeyOwner ?? Principal,
        ApprovalParty.Author when kind is ApprovalKind.ToolCall => Principal,
        _ => null,
    };
}
