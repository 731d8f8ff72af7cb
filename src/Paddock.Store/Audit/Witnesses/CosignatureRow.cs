using Paddock.Store.Dialects;

namespace Paddock.Store.Audit.Witnesses;

/// <summary>The newest cosignature of a witness for a shard.</summary>
/// <param name="Witness">Its verifier key.</param>
/// <param name="At">When it was made, as it says; Unix microseconds.</param>
/// <param name="Note">The checkpoint as the log signed it.</param>
/// <param name="Line">Signature line of a note.</param>
internal sealed record CosignatureRow(long Shard, string Witness, long Size, long At, string Note, string Line)
{
    private const string Columns = "shard AS Shard, witness AS Witness, size AS Size, at AS At, note AS Note, line AS Line";

    public static Task<List<CosignatureRow>> OfShardAsync(Session session, long shard) =>
        session.QueryAsync<CosignatureRow>($"SELECT {Columns} FROM audit_cosignatures WHERE shard = @shard ORDER BY size DESC, witness", new { shard });

    public static Task<List<CosignatureRow>> OfWitnessAsync(Session session, string witness) =>
        session.QueryAsync<CosignatureRow>($"SELECT {Columns} FROM audit_cosignatures WHERE witness = @witness ORDER BY shard", new { witness });

    /// <summary>When somebody outside last kept a checkpoint.</summary>
    public static Task<long?> LastAsync(Session session) => session.ScalarAsync<long?>("SELECT MAX(at) FROM audit_cosignatures");

    /// <summary>Takes the place of an older one.</summary>
    public Task KeepAsync(Session session) => session.ExecuteAsync(
        """
        INSERT INTO audit_cosignatures (shard, witness, size, at, note, line) VALUES (@Shard, @Witness, @Size, @At, @Note, @Line)
        ON CONFLICT (shard, witness) DO UPDATE SET size = excluded.size, at = excluded.at, note = excluded.note, line = excluded.line WHERE audit_cosignatures.size <= excluded.size
        """,
        this);
}
