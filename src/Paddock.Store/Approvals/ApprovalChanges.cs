using System.Collections.Immutable;
using Paddock.Core.Approvals;
using Paddock.Core.Audit;
using Paddock.Core.Identity;
using Paddock.Core.Notifications;
using Paddock.Store.Audit;
using Paddock.Store.Dialects;

namespace Paddock.Store.Approvals;

/// <summary>
/// Changes approvals, one transaction per change, with an entry of the audit log for each that is made in it. What follows from a change (waking those who wait, telling people) comes after its
/// commit, so that nobody hears of what did not happen.
/// </summary>
internal sealed class ApprovalChanges(RecordedDatabase database, IIdentities identities, INotifications notifications, ApprovalLinks links, ApprovalSignals signals, ApprovalMetrics metrics, TimeProvider time)
{
    /// <summary>Each loser of a race saw another win; more than these cannot lose in a row unless something is broken.</summary>
    private const int MostTries = 100;

    /// <summary>What happened in one transaction.</summary>
    internal sealed class Made
    {
        public List<(Approval Approval, ApprovalChange What, AuditActor By)> Changes { get; } = [];
    }

    /// <summary>Runs a transaction; again when somebody else was faster.</summary>
    public async Task<T> RunAsync<T>(Func<Session, Made, DateTimeOffset, Task<T>> work, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            var made = new Made();
            var now = time.GetUtcNow();
            try
            {
                var result = await database.ChangeAsync(async session => new Recorded<T>(await work(session, made, now), EntriesOf(made)), cancellationToken);
                Tell(made, now);
                return result;
            }
            catch (StaleApprovalException) when (tries < MostTries)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>Applies a command to one approval, after whatever time has done to it.</summary>
    /// <param name="by">Whose command it is.</param>
    /// <param name="also">Written in the same transaction when the command changed something.</param>
    public Task<ApprovalResult> ApplyAsync(
        ApprovalId id, AuditActor by, Func<Session, Approval, Task<ApprovalCommand?>> command, Func<Session, ApprovalOutcome.Changed, Task>? also, CancellationToken cancellationToken) => RunAsync<ApprovalResult>(
        async (session, made, now) =>
        {
            if (await ApprovalSql.FindAsync(session, id) is not { } found)
            {
                return new ApprovalResult.Missing();
            }

            var stored = await LapsedAsync(session, found, made, now);
            if (await command(session, stored.Approval) is not { } wanted)
            {
                return new ApprovalResult.Refused(ApprovalRefusal.NotAPerson, stored.Approval);
            }

            switch (ApprovalMachine.Apply(stored.Approval, wanted, now))
            {
                case ApprovalOutcome.Changed changed:
                    await SaveAsync(session, stored, changed, by, made);
                    await (also?.Invoke(session, changed) ?? Task.CompletedTask);
                    return new ApprovalResult.Done(changed.Approval);
                case ApprovalOutcome.Refused refused:
                    return new ApprovalResult.Refused(refused.Reason, stored.Approval);
                default:
                    throw new InvalidOperationException("An outcome is one of its cases.");
            }
        },
        cancellationToken);

    /// <summary>What time has made of it, written down.</summary>
    public async Task<StoredApproval> LapsedAsync(Session session, StoredApproval stored, Made made, DateTimeOffset now) =>
        ApprovalMachine.Apply(stored.Approval, new ApprovalCommand.Lapse(), now) is ApprovalOutcome.Changed changed ? await SaveAsync(session, stored, changed, AuditActor.Clock, made) : stored;

    /// <summary>Notes that a request was made.</summary>
    public static async Task AddedAsync(Session session, Approval approval, Made made)
    {
        made.Changes.Add((approval, ApprovalChange.Requested, ApprovalEntries.ActorOf(approval.Requester)));
        await AnnounceAsync(session, approval.Id);
    }

    private static async Task<StoredApproval> SaveAsync(Session session, StoredApproval stored, ApprovalOutcome.Changed changed, AuditActor by, Made made)
    {
        var saved = await ApprovalSql.SaveAsync(session, stored, changed.Approval);
        made.Changes.Add((changed.Approval, changed.What, by));
        await AnnounceAsync(session, changed.Approval.Id);
        return saved;
    }

    private static ImmutableArray<AuditEvent> EntriesOf(Made made) => [.. made.Changes.Select(change => ApprovalEntries.Of(change.Approval, change.What, change.By))];

    /// <summary>Tells other processes at commit.</summary>
    private static async Task AnnounceAsync(Session session, ApprovalId id)
    {
        if (session.Dialect.NotifyApproval is { } notify)
        {
            await session.ExecuteAsync(notify, new { id.Value });
        }
    }

    private void Tell(Made made, DateTimeOffset now)
    {
        foreach (var (approval, what, _) in made.Changes)
        {
            signals.Raise(approval.Id.Value);
            metrics.Changed(approval, what);
            if (ApprovalNotices.Of(approval, what, NameOf(approval.Requester.Principal.Value), Decider(approval), links, now) is { } notification)
            {
                notifications.Post(notification);
            }
        }
    }

    private string? Decider(Approval approval) => approval.DecidedBy is { } by && !by.StartsWith("system:", StringComparison.Ordinal) ? NameOf(by) : null;

    private string NameOf(string principal) => identities.Current.Principals.FirstOrDefault(one => one.Id.Value == principal)?.Name ?? principal;
}
