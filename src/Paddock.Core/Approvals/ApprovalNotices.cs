using System.Globalization;
using Paddock.Core.Notifications;

namespace Paddock.Core.Approvals;

/// <summary>What people are told of an approval. Never its command or arguments: a chat is no place for them.</summary>
public static class ApprovalNotices
{
    /// <param name="requester">Name of who asks.</param>
    /// <param name="decider">Name of who decided; null when nobody did.</param>
    /// <returns>Null when there is nothing to tell. What only its requester can let pass is told when they did: nobody else is wanted before.</returns>
    public static Notification? Of(Approval approval, ApprovalChange what, string requester, string? decider, ApprovalLinks links, DateTimeOffset at)
    {
        var asked = $"{ChatText.Of(approval.Brief.Tool)} of {ChatText.Of(approval.Brief.Agent)} for {ChatText.Of(requester)} ({ChatText.Of(approval.Brief.Rule)})";
        var by = decider is null ? "" : $" by {ChatText.Of(decider)}";
        (string Event, string Text)? told = what switch
        {
            ApprovalChange.Requested => ("approval.requested", $"Approval wanted: {asked}. It waits until {approval.ExpiresAt.ToString("HH:mm", CultureInfo.InvariantCulture)} UTC."),
            ApprovalChange.Escalated => ("approval.escalated", $"Approval still wanted, now of more people: {asked}."),
            ApprovalChange.Approved => ("approval.approved", $"Approved{by}: {asked}."),
            ApprovalChange.Denied => ("approval.denied", $"Denied{by}: {asked}."),
            ApprovalChange.Expired => ("approval.expired", $"Expired without {(approval.HasAllVotes ? "being used" : "a decision")}: {asked}."),
            ApprovalChange.Revoked => ("approval.revoked", $"Approval taken back{by}: {asked}."),
            ApprovalChange.Cancelled => ("approval.cancelled", $"Request taken back: {asked}."),
            _ => null,
        };
        return told is not var (name, text) || (!approval.AsksOthers && what is not (ApprovalChange.Approved or ApprovalChange.Revoked)) ? null : new()
        {
            Event = name,
            At = at,
            Text = text,
            Link = links.Of(approval.Id),
            Facts =
            [
                new("approval", approval.Id.Value), new("state", approval.State.ToString().ToLowerInvariant()), new("requester", requester), new("agent", approval.Brief.Agent),
                new("tool", approval.Brief.Tool), new("rule", approval.Brief.Rule), new("task", approval.Brief.Task ?? ""), new("digest", approval.Digest.Value), new("decidedBy", decider ?? ""),
            ],
        };
    }
}
