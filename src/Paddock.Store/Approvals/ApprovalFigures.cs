using System.Collections.Immutable;
using Paddock.Core.Approvals;
using Paddock.Core.Identity;
using Paddock.Store.Audit;
using Paddock.Store.Dialects;

namespace Paddock.Store.Approvals;

/// <summary>Counts how approvals are decided.</summary>
internal sealed class ApprovalFigures(RecordedDatabase database)
{
    public Task<ShapeCount> CountAsync(SubjectDigest shape, DateTimeOffset since, CancellationToken cancellationToken) => database.ReadAsync(
        async session => (await session.QueryAsync<ShapeRow>(
            """
            SELECT count(CASE WHEN approve THEN 1 END) AS Approved, count(CASE WHEN approve THEN NULL ELSE 1 END) AS Denied, count(DISTINCT requester) AS Requesters
            FROM (SELECT requester, state <> 'denied' AS approve FROM approvals
                  WHERE shape = @Value AND created_at >= @Since AND (state IN ('approved', 'consumed', 'denied') OR uses > 0)) AS decided
            """,
            new { shape.Value, Since = since.ToMicros() })).Select(row => new ShapeCount((int)row.Approved, (int)row.Denied, (int)row.Requesters)).Single(),
        cancellationToken);

    /// <summary>Votes are few: what people click is counted here, not in SQL, where a median reads differently in each database.</summary>
    public Task<ImmutableArray<ApproverFigures>> ListAsync(DateTimeOffset since, CancellationToken cancellationToken) => database.ReadAsync<ImmutableArray<ApproverFigures>>(
        async session =>
        {
            var votes = await session.QueryAsync<VoteRow>(
                """
                SELECT approval_id AS ApprovalId, seq, voter, name, step, approve, reason, voted_at AS VotedAt, grants, escalated, waited, seen_at AS SeenAt
                FROM approval_votes WHERE voted_at >= @Since AND step >= 0 ORDER BY voted_at
                """,
                new { Since = since.ToMicros() });
            return [.. votes.Select(row => row.ToVote()).GroupBy(vote => vote.By).Select(Figures).OrderByDescending(figures => figures.Approved + figures.Denied)];
        },
        cancellationToken);

    private static ApproverFigures Figures(IGrouping<PrincipalId, ApprovalVote> votes)
    {
        var waits = votes.Select(vote => vote.Waited).Order().ToArray();
        return new(votes.Key, votes.Last().Name, votes.Count(vote => vote.Approve), votes.Count(vote => !vote.Approve), votes.Count(vote => vote.IsHasty), waits[waits.Length / 2]);
    }

    private sealed class ShapeRow
    {
        public long Approved { get; init; }

        public long Denied { get; init; }

        public long Requesters { get; init; }
    }
}
