using Paddock.Core.Identity;

namespace Paddock.Core.Approvals;

/// <summary>A vote as somebody hands it in.</summary>
/// <param name="Grant">A yes to the offered grant, not to the one call.</param>
/// <param name="Key">The key or session that the voter came with.</param>
public sealed record Ballot(PrincipalId By, bool Approve, string? Reason = null, bool Grant = false, KeyId? Key = null);
