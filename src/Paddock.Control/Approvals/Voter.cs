using Paddock.Core.Approvals;
using Paddock.Core.Identity;

namespace Paddock.Control.Approvals;

/// <summary>
/// The person behind a caller. What comes with a key that an agent may hold is no person's word: such a key reaches models or tools,
/// or is pinned to an agent. So an agent that finds its way to this API still has no vote.
/// </summary>
internal static class Voter
{
    public const string AgentsKey = "This key can be an agent's (it calls models or tools). Decide with a key that has control roles only.";

    /// <summary>Null when it is nobody who votes; <paramref name="obstacle"/> then says why.</summary>
    public static Approver? Of(Actor actor, IdentityDirectory directory, DateTimeOffset now, out string? obstacle)
    {
        obstacle = ApprovalWords.Of(ApprovalRefusal.NotAPerson);
        if (actor.Key is not { } key || directory.Find(key) is not { } caller || caller.Principal.Id.Value != actor.Id || Approver.From(directory, caller.Principal.Id, now) is not { IsPerson: true } person)
        {
            return null;
        }

        obstacle = caller.Key.Scopes is { Models: false, Tools: false, PinnedAgent: null } ? null : AgentsKey;
        return obstacle is null ? person : null;
    }

    /// <summary>Why the caller could not approve this now; null when they could.</summary>
    public static string? ObstacleOf(Approval approval, Actor actor, IdentityDirectory directory, DateTimeOffset now)
    {
        if (Of(actor, directory, now, out var obstacle) is not { } person)
        {
            return obstacle;
        }

        // What reason will be given is not known yet.
        return ApprovalMachine.Apply(approval, new ApprovalCommand.Vote(person, Approve: true, "reason"), now) is ApprovalOutcome.Refused refused ? ApprovalWords.Of(refused.Reason) : null;
    }
}
