using Paddock.Core.Approvals;
using Paddock.Store.Dialects;

namespace Paddock.Store.Approvals;

/// <summary>The statements on approvals, the same on both databases.</summary>
internal static class ApprovalSql
{
    private const string Insert =
        """
        INSERT INTO approvals (id, kind, state, revision, request_key, grant_key, digest, shape, requester, asks_others, document, created_at, expires_at, due_at, use_within, step_since,
          escalated, granted, uses, max_uses, decided_at, decided_by, reason, consumed_at)
        VALUES (@Id, @Kind, @State, @Revision, @RequestKey, @GrantKey, @Digest, @Shape, @Requester, @AsksOthers, @Document, @CreatedAt, @ExpiresAt, @DueAt, @UseWithin, @StepSince,
          @Escalated, @Granted, @Uses, @MaxUses, @DecidedAt, @DecidedBy, @Reason, @ConsumedAt)
        ON CONFLICT (request_key) WHERE state = 'pending' DO NOTHING
        """;

    private const string Update =
        """
        UPDATE approvals SET state = @State, revision = @Revision + 1, expires_at = @ExpiresAt, due_at = @DueAt, step_since = @StepSince, escalated = @Escalated,
          granted = @Granted, uses = @Uses, max_uses = @MaxUses, decided_at = @DecidedAt, decided_by = @DecidedBy, reason = @Reason, consumed_at = @ConsumedAt
        WHERE id = @Id AND revision = @Revision
        """;

    private const string InsertVote =
        """
        INSERT INTO approval_votes (approval_id, seq, voter, name, step, approve, reason, voted_at, grants, escalated, waited, seen_at)
        VALUES (@ApprovalId, @Seq, @Voter, @Name, @Step, @Approve, @Reason, @VotedAt, @Grants, @Escalated, @Waited, @SeenAt)
        """;

    private const string SelectVotes =
        """
        SELECT approval_id AS ApprovalId, seq, voter, name, step, approve, reason, voted_at AS VotedAt, grants, escalated, waited, seen_at AS SeenAt
        FROM approval_votes WHERE
        """;

    /// <summary>Approvals with their votes, in the order of the rows.</summary>
    /// <param name="rest">What follows FROM approvals.</param>
    public static async Task<List<StoredApproval>> SelectAsync(Session session, string rest, object parameters)
    {
        var rows = await session.QueryAsync<ApprovalRow>($"SELECT {ApprovalRow.Columns} FROM approvals {rest}", parameters);
        if (rows.Count == 0)
        {
            return [];
        }

        var votes = (await session.QueryAsync<VoteRow>($"{SelectVotes} {session.Dialect.AmongIds("approval_id")} ORDER BY approval_id, seq", new { ids = rows.Select(row => row.Id).ToArray() })).ToLookup(vote => vote.ApprovalId);
        return [.. rows.Select(row => new StoredApproval(row.ToApproval([.. votes[row.Id].Select(vote => vote.ToVote())]), row.Revision, row.RequestKey, row.GrantKey))];
    }

    public static async Task<StoredApproval?> FindAsync(Session session, ApprovalId id) => (await SelectAsync(session, "WHERE id = @Value", new { id.Value })).FirstOrDefault();

    /// <returns>False when an equal request waits already.</returns>
    public static async Task<bool> AddAsync(Session session, Approval approval, string requestKey, string? grantKey) =>
        await session.ExecuteAsync(Insert, ApprovalRow.From(approval, revision: 1, requestKey, grantKey)) == 1;

    /// <summary>Writes what an approval has become, with the votes that are new.</summary>
    /// <exception cref="StaleApprovalException">Somebody else has changed it since it was read.</exception>
    public static async Task<StoredApproval> SaveAsync(Session session, StoredApproval before, Approval after)
    {
        if (await session.ExecuteAsync(Update, ApprovalRow.From(after, before.Revision, before.RequestKey, before.GrantKey)) != 1)
        {
            throw new StaleApprovalException();
        }

        for (var seq = before.Approval.Votes.Length; seq < after.Votes.Length; seq++)
        {
            await session.ExecuteAsync(InsertVote, VoteRow.From(after.Id, seq, after.Votes[seq]));
        }

        return before with { Approval = after, Revision = before.Revision + 1 };
    }
}
