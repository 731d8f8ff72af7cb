using Paddock.Core.Identity;

namespace Paddock.Core.Approvals;

/// <summary>What may be done with an approval.</summary>
public abstract record ApprovalCommand
{
    private ApprovalCommand()
    {
    }

    /// <param name="Grant">A yes to the offered grant, not to the one call.</param>
    /// <param name="SeenAt">When the request was first shown to the voter.</param>
    public sealed record Vote(Approver By, bool Approve, string? Reason, bool Grant = false, DateTimeOffset? SeenAt = null) : ApprovalCommand;

    /// <summary>Time has passed.</summary>
    public sealed record Lapse : ApprovalCommand;

    /// <summary>The requester takes back what nobody has decided yet.</summary>
    public sealed record Cancel(PrincipalId By, string? Reason) : ApprovalCommand;

    /// <summary>Somebody takes back what was approved.</summary>
    /// <param name="By">A principal id, or <c>system:…</c>.</param>
    public sealed record Revoke(string By, string? Reason) : ApprovalCommand;

    /// <summary>A call uses it.</summary>
    /// <param name="Find">The voters as they are now; null for one who is gone.</param>
    public sealed record Consume(ApprovalUse Use, Func<PrincipalId, Approver?> Find) : ApprovalCommand;
}
