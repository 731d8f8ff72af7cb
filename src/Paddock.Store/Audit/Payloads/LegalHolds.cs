using System.Collections.Immutable;
using Paddock.Core.Audit;
using Paddock.Core.Audit.Payloads;
using Paddock.Store.Dialects;

namespace Paddock.Store.Audit.Payloads;

/// <summary>Legal holds as rows.</summary>
internal sealed class LegalHolds(RecordedDatabase database, TimeProvider time)
{
    private const string Columns =
        "id, kind, subject, reason, created_by AS CreatedBy, created_at AS CreatedAt, ended_at AS EndedAt, ended_by AS EndedBy, end_reason AS EndReason";

    /// <summary>Whether anything that a key seals is held.</summary>
    public static async Task<bool> IsHeldAsync(Session session, DataKeyId key) => await session.ScalarAsync<long>(
        $"""
        SELECT (SELECT COUNT(*) FROM audit_holds WHERE ended_at IS NULL AND (kind = 'everything' OR (kind = 'class' AND subject = @Class)))
          + (SELECT COUNT(*) FROM audit_payloads p WHERE p.key_id = @Value AND {PayloadSql.Held})
        """,
        new { key.Class, key.Value }) > 0;

    public Task<LegalHold> HoldAsync(HoldScope scope, AuditActor by, string reason, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var hold = new LegalHold(HoldId.Create(Guid.CreateVersion7(now)), scope, reason, by.Id, now);
        return database.ChangeAsync(
            async session =>
            {
                await PayloadSql.TakeTurnAsync(session);
                await session.ExecuteAsync(
                    "INSERT INTO audit_holds (id, kind, subject, reason, created_by, created_at) VALUES (@Id, @Kind, @Subject, @Reason, @CreatedBy, @CreatedAt)",
                    new { Id = hold.Id.Value, Kind = scope.Kind.ToString().ToLowerInvariant(), scope.Subject, hold.Reason, hold.CreatedBy, CreatedAt = now.ToMicros() });
                return Recorded.Of(hold, PayloadEntries.Held(hold, by));
            },
            cancellationToken);
    }

    public Task<LegalHold?> EndAsync(HoldId id, AuditActor by, string reason, CancellationToken cancellationToken) => database.ChangeAsync(
        async session =>
        {
            await PayloadSql.TakeTurnAsync(session);
            var ended = await session.ExecuteAsync(
                "UPDATE audit_holds SET ended_at = @now, ended_by = @By, end_reason = @reason WHERE id = @Value AND ended_at IS NULL",
                new { now = time.GetUtcNow().ToMicros(), By = by.Id, reason, id.Value });
            var hold = ended == 0 ? null : (await session.QueryAsync<HoldRow>($"SELECT {Columns} FROM audit_holds WHERE id = @Value", new { id.Value }))[0].ToHold();
            return Recorded.Of(hold, hold is null ? null : PayloadEntries.HoldEnded(hold, by, reason));
        },
        cancellationToken);

    public Task<ImmutableArray<LegalHold>> ListAsync(CancellationToken cancellationToken) => database.ReadAsync<ImmutableArray<LegalHold>>(
        static async session => [.. (await session.QueryAsync<HoldRow>($"SELECT {Columns} FROM audit_holds ORDER BY id")).Select(static row => row.ToHold())], cancellationToken);

    private sealed class HoldRow
    {
        public string Id { get; init; } = "";

        public string Kind { get; init; } = "";

        public string? Subject { get; init; }

        public string Reason { get; init; } = "";

        public string CreatedBy { get; init; } = "";

        public long CreatedAt { get; init; }

        public long? EndedAt { get; init; }

        public string? EndedBy { get; init; }

        public string? EndReason { get; init; }

        public LegalHold ToHold() => new(
            HoldId.Parse(Id), HoldScope.Of(Enum.Parse<HoldKind>(Kind, ignoreCase: true), Subject), Reason, CreatedBy, CreatedAt.ToTime(), EndedAt?.ToTime(), EndedBy, EndReason);
    }
}
