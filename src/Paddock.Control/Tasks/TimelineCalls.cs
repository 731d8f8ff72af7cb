using System.Collections.Immutable;
using System.Text.Json;
using Paddock.Control.Approvals;
using Paddock.Control.Policies;
using Paddock.Core.Approvals;
using Paddock.Core.Audit;
using Paddock.Core.Identity;
using Paddock.Core.Policies;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Snapshot;

namespace Paddock.Control.Tasks;

/// <summary>Puts beside each tool call of a page what its rule says, who let it pass, and what the audit log has of it.</summary>
public sealed class TimelineCalls(FindPolicies releases, ISnapshots snapshots, IApprovals approvals, IEntryReader entries, IIdentities identities)
{
    private const int ApprovalsAtOnce = 200, MostPages = 5, MostEntries = 20;

    /// <summary>A call is decided a moment before it is asked for.</summary>
    private static readonly TimeSpan moment = TimeSpan.FromMinutes(1);

    /// <summary>Whether a call took somebody's yes, or would have.</summary>
    internal static bool IsAsked(StoredDecision one) =>
        one.Effect is Effect.RequireApproval || one.Outcome is DecisionOutcome.Held or DecisionOutcome.Approved or DecisionOutcome.Expired or DecisionOutcome.NotApproved or DecisionOutcome.Overridden;

    /// <param name="principal">Whose calls they are.</param>
    internal async Task<Dictionary<string, ToolCallView>> DrawAsync(Actor actor, string principal, IReadOnlyList<StoredDecision> decisions, CancellationToken cancellationToken)
    {
        var words = await WordsAsync(decisions, cancellationToken);
        var requests = await RequestsAsync(actor, principal, [.. decisions.Where(IsAsked)], cancellationToken);
        var views = new Dictionary<string, ToolCallView>(StringComparer.Ordinal);
        foreach (var one in decisions)
        {
            var (isAuditor, isAsked) = (actor.May(ControlRoles.Auditor), IsAsked(one));
            var proofs = isAuditor || isAsked ? (await entries.ListAsync(new() { Ref = one.Id, Limit = MostEntries }, cancellationToken)).Entries.Reverse().ToList() : [];
            var approval = isAsked ? await UsedAsync(proofs, cancellationToken) ?? requests.FirstOrDefault(its => its.Brief.DecisionId == one.Id) : null;
            views[one.Id] = ToolCallView.Of(
                one, one.Rule is { } rule ? words.GetValueOrDefault((one.ReleaseDigest, rule)) : default, approval is null ? null : ViewOf(approval), isAuditor ? [.. proofs.Select(TimelineProof.Of)] : null);
        }

        return views;
    }

    /// <summary>The approval by which a call was let pass: its intent names it, also when the request was another call's that asked for the same.</summary>
    private async Task<Approval?> UsedAsync(IReadOnlyList<KeptEntry> proofs, CancellationToken cancellationToken)
    {
        foreach (var intent in proofs.Where(static entry => entry.Act == AuditActs.ToolIntent))
        {
            using var entry = JsonDocument.Parse(intent.Bytes);
            if (entry.RootElement.TryGetProperty("appr", out var named) && named.GetArrayLength() > 0 && ApprovalId.TryParse(named[0].GetString(), out var id))
            {
                return await approvals.FindAsync(id, cancellationToken);
            }
        }

        return null;
    }

    /// <summary>What the rules say for themselves, each as the release had it by which it decided.</summary>
    private async Task<Dictionary<(string Release, string Rule), (string? Because, string? Fix)>> WordsAsync(IReadOnlyList<StoredDecision> decisions, CancellationToken cancellationToken)
    {
        var words = new Dictionary<(string, string), (string?, string?)>();
        foreach (var release in decisions.Where(static one => one.Rule is not null).GroupBy(static one => one.ReleaseDigest, StringComparer.Ordinal))
        {
            var policies = snapshots.Current.Digest.Value == release.Key ? snapshots.Current.Policies : (await releases.FindAsync(release.Key, cancellationToken))?.Policies;
            foreach (var rule in release.Select(static one => one.Rule!).Distinct(StringComparer.Ordinal)) // those without one were passed over
            {
                var bound = policies?.Rules.FirstOrDefault(its => its.Name == rule);
                words[(release.Key, rule)] = (bound?.Rule.Because, bound?.Rule.Fix);
            }
        }

        return words;
    }

    /// <summary>Requests of the person around the time of these calls.</summary>
    private async Task<ImmutableArray<Approval>> RequestsAsync(Actor actor, string principal, IReadOnlyList<StoredDecision> decisions, CancellationToken cancellationToken)
    {
        if (decisions.Count == 0)
        {
            return [];
        }

        var (oldest, newest) = (decisions.Min(static one => one.At) - moment, decisions.Max(static one => one.At));
        var found = ImmutableArray.CreateBuilder<Approval>();
        ApprovalId? before = ApprovalId.Create(Guid.CreateVersion7(newest + moment));
        for (var page = 0; page < MostPages && before is not null; page++)
        {
            var rows = await approvals.ListAsync(new() { Requester = principal, VisibleTo = actor.Id, Before = before, Limit = ApprovalsAtOnce }, cancellationToken);
            found.AddRange(rows);
            before = rows.Length == ApprovalsAtOnce && rows[^1].CreatedAt > oldest ? rows[^1].Id : null;
        }

        return found.ToImmutable();
    }

    private TimelineApproval ViewOf(Approval approval) => new(
        approval.Id.Value, TaskWords.Of(approval.State), approval.CreatedAt, approval.DecidedBy is { } by ? TaskView.NameOf(by, identities.Current) : null, approval.DecidedAt, approval.Reason,
        [.. approval.Votes.Select(VoteView.Of)]);
}
