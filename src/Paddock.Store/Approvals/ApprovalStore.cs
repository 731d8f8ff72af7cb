using System.Collections.Immutable;
using Paddock.Core.Approvals;
using Paddock.Core.Audit;
using Paddock.Core.Identity;
using Paddock.Store.Audit;
using Paddock.Store.Dialects;

namespace Paddock.Store.Approvals;

/// <summary>Approvals as rows.</summary>
internal sealed class ApprovalStore(RecordedDatabase database, ApprovalChanges changes, ApprovalSignals signals, ApprovalFigures figures, IIdentities identities, EntryBook entries, TimeProvider time) : IApprovals
{
    /// <summary>So many requests of one requester wait at most: an agent that loops must not drown an inbox.</summary>
    private const int MostPending = 50;

    public Task<AskOutcome> AskAsync(ApprovalRequest request, CancellationToken cancellationToken)
    {
        if (ApprovalMachine.Check(request) is { } refusal)
        {
            return Task.FromResult<AskOutcome>(new AskOutcome.Refused(refusal));
        }

        var (requestKey, grantKey) = (ApprovalKeys.OfRequest(request), ApprovalKeys.OfGrant(request));
        return changes.RunAsync<AskOutcome>(
            async (session, made, now) =>
            {
                if (await EqualAsync(session, requestKey, grantKey, made, now) is { } equal)
                {
                    return new AskOutcome.Joined(equal);
                }

                if (await PendingAsync(session, request) >= MostPending)
                {
                    return new AskOutcome.Refused(ApprovalRefusal.TooManyPending);
                }

                switch (ApprovalMachine.Open(request, ApprovalId.Create(Guid.CreateVersion7(now)), now))
                {
                    case ApprovalOutcome.Changed { Approval: var opened }:
                        if (!await ApprovalSql.AddAsync(session, opened, requestKey, grantKey))
                        {
                            throw new StaleApprovalException(); // an equal one was added at the same moment: join it
                        }

                        await ApprovalChanges.AddedAsync(session, opened, made);
                        return new AskOutcome.Created(opened);
                    case ApprovalOutcome.Refused refused:
                        return new AskOutcome.Refused(refused.Reason);
                    default:
                        throw new InvalidOperationException("An outcome is one of its cases.");
                }
            },
            cancellationToken);
    }

    public Task<ApprovalResult> VoteAsync(ApprovalId id, Ballot ballot, CancellationToken cancellationToken) => changes.ApplyAsync(
        id,
        AuditActor.Of(ballot.By.Value, ballot.Key?.Value),
        async (session, _) =>
        {
            var seen = await session.ScalarAsync<long?>("SELECT seen_at FROM approval_views WHERE approval_id = @Id AND principal_id = @By", new { Id = id.Value, By = ballot.By.Value });
            return Approver.From(identities.Current, ballot.By, time.GetUtcNow()) is { } approver
                ? new ApprovalCommand.Vote(approver, ballot.Approve, ballot.Reason, ballot.Grant, seen?.ToTime())
                : null;
        },
        also: null,
        cancellationToken);

    public Task<ApprovalResult> CancelAsync(ApprovalId id, AuditActor by, string? reason, CancellationToken cancellationToken) =>
        changes.ApplyAsync(id, by, (_, _) => Task.FromResult<ApprovalCommand?>(new ApprovalCommand.Cancel(PrincipalId.Parse(by.Id), reason)), also: null, cancellationToken);

    public Task<ApprovalResult> RevokeAsync(ApprovalId id, AuditActor by, string? reason, CancellationToken cancellationToken) =>
        changes.ApplyAsync(id, by, (_, _) => Task.FromResult<ApprovalCommand?>(new ApprovalCommand.Revoke(by.Id, reason)), also: null, cancellationToken);

    public async Task<ApprovalResult> ConsumeAsync(ApprovalId id, ApprovalUse use, ToolIntent intent, CancellationToken cancellationToken)
    {
        var directory = identities.Current;
        var result = await changes.ApplyAsync(
            id,
            AuditActor.Of(use.Subject.Principal),
            (_, _) => Task.FromResult<ApprovalCommand?>(new ApprovalCommand.Consume(use, voter => Approver.From(directory, voter, time.GetUtcNow()))),
            (session, changed) => changed.What is ApprovalChange.Used ? WriteIntentAsync(session, id, intent, time.GetUtcNow()) : Task.CompletedTask,
            cancellationToken);
        // An approval that was taken back because its voters may no longer is no use of it.
        return result is ApprovalResult.Done { Approval: { State: ApprovalState.Revoked } revoked } ? new ApprovalResult.Refused(ApprovalRefusal.NotApproved, revoked) : result;
    }

    public async Task<Approval?> WaitAsync(ApprovalId id, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Listening begins before looking: a change in between is heard.
            using var listener = signals.Listen(id);
            var found = await FindAsync(id, cancellationToken);
            if (found is not { State: ApprovalState.Pending })
            {
                return found;
            }

            if (time.GetUtcNow() >= found.DueAt)
            {
                await changes.ApplyAsync(id, AuditActor.Clock, (_, _) => Task.FromResult<ApprovalCommand?>(new ApprovalCommand.Lapse()), also: null, cancellationToken);
                continue;
            }

            await listener.Changed.WaitAsync(cancellationToken);
        }
    }

    public Task<Approval?> FindAsync(ApprovalId id, CancellationToken cancellationToken) =>
        database.ReadAsync(async session => (await ApprovalSql.FindAsync(session, id))?.Approval, cancellationToken);

    public Task<ImmutableArray<Approval>> ListAsync(ApprovalQuery query, CancellationToken cancellationToken) => database.ReadAsync<ImmutableArray<Approval>>(
        async session =>
        {
            string[] conditions =
            [
                query.State is null ? "" : "state = @State", query.Requester is null ? "" : "requester = @Requester", query.Before is null ? "" : "id < @Before",
                query.VisibleTo is null ? "" : "(asks_others OR requester = @VisibleTo OR uses > 0 OR state IN ('approved', 'consumed'))",
            ];
            var where = conditions.All(condition => condition.Length == 0) ? "" : "WHERE " + string.Join(" AND ", conditions.Where(condition => condition.Length > 0));
            var rows = await ApprovalSql.SelectAsync(
                session, $"{where} ORDER BY id DESC LIMIT @Limit",
                new { State = query.State is { } state ? ApprovalRow.Name(state) : null, query.Requester, query.VisibleTo, Before = query.Before?.Value, query.Limit });
            return [.. rows.Select(row => row.Approval)];
        },
        cancellationToken);

    public Task NoteSeenAsync(IReadOnlyCollection<ApprovalId> ids, PrincipalId by, CancellationToken cancellationToken) => database.NoteAsync(
        async session =>
        {
            foreach (var id in ids)
            {
                await session.ExecuteAsync(
                    """
                    INSERT INTO approval_views (approval_id, principal_id, seen_at) SELECT id, @By, @At FROM approvals WHERE id = @Id
                    ON CONFLICT (approval_id, principal_id) DO NOTHING
                    """,
                    new { Id = id.Value, By = by.Value, At = time.GetUtcNow().ToMicros() });
            }

            return true;
        },
        cancellationToken);

    public Task<ShapeCount> CountAsync(SubjectDigest shape, DateTimeOffset since, CancellationToken cancellationToken) => figures.CountAsync(shape, since, cancellationToken);

    public Task<ImmutableArray<ApproverFigures>> FiguresAsync(DateTimeOffset since, CancellationToken cancellationToken) => figures.ListAsync(since, cancellationToken);

    /// <summary>An equal request that waits, may be used, or was denied for as long as it would have waited.</summary>
    private async Task<Approval?> EqualAsync(Session session, string requestKey, string? grantKey, ApprovalChanges.Made made, DateTimeOffset now)
    {
        var rows = await ApprovalSql.SelectAsync(
            session,
            """
            WHERE (request_key = @requestKey AND state IN ('pending', 'approved', 'denied') AND expires_at > @At) OR (grant_key = @grantKey AND state = 'approved' AND granted)
            ORDER BY id DESC
            """,
            new { requestKey, grantKey = grantKey ?? "", At = now.ToMicros() });
        foreach (var row in rows)
        {
            var current = (await changes.LapsedAsync(session, row, made, now)).Approval;
            if (current.IsOpen || current.State is ApprovalState.Denied)
            {
                return current;
            }
        }

        return null;
    }

    /// <summary>What asks others and what only its asker can let pass are counted apart: many soft refusals must not shut out a request.</summary>
    private static Task<long> PendingAsync(Session session, ApprovalRequest request) => session.ScalarAsync<long>(
        "SELECT count(*) FROM approvals WHERE requester = @Value AND state = 'pending' AND asks_others = @AsksOthers",
        new { request.Requester.Principal.Value, AsksOthers = request.Chain.Steps.Length > 0 });

    private async Task WriteIntentAsync(Session session, ApprovalId id, ToolIntent intent, DateTimeOffset now)
    {
        var written = await session.ExecuteAsync(
            """
            INSERT INTO tool_intents (id, approval_id, call_digest, task, tool, intended_at) VALUES (@Id, @Approval, @Digest, @Task, @Tool, @At)
            ON CONFLICT (id) DO NOTHING
            """,
            new { intent.Id, Approval = id.Value, Digest = intent.CallDigest.Value, intent.Task, intent.Tool, At = now.ToMicros() });
        if (written != 1)
        {
            throw new InvalidOperationException($"There is an intent {intent.Id} already; the approval was not used.");
        }

        await entries.AddAsync(session, intent.Entry);
    }
}
