using Paddock.Core.Audit;
using Paddock.Store.Dialects;

namespace Paddock.Store.Audit;

/// <summary>Entries as rows. They come into the log later, by the sequencer.</summary>
internal static class EntrySql
{
    public const string Insert =
        """
        INSERT INTO audit_entries (id, made_at, act, ref, entry) VALUES (@Id, @MadeAt, @Act, @Ref, @Entry)
        """;

    /// <summary>Puts entries into the transaction of the change that they tell of.</summary>
    public static async Task AddAsync(Session session, AuditEntry entry) => await session.ExecuteAsync(
        Insert, new { Id = session.Dialect.Id(entry.Id), MadeAt = entry.MadeAt.ToMicros(), entry.Act, entry.Ref, Entry = entry.Bytes.ToArray() });
}
