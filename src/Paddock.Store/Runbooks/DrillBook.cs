using System.Collections.Immutable;
using System.Text.Json;
using Paddock.Core.Audit;
using Paddock.Core.Runbooks;
using Paddock.Store.Audit;
using Paddock.Store.Dialects;

namespace Paddock.Store.Runbooks;

/// <summary>What drills came to, as rows.</summary>
internal sealed class DrillBook(RecordedDatabase database) : IDrillBook
{
    private const string Columns = "id, runbook, digest, version, at, detected_us, mitigated_us, recovered_us, lines";

    public Task AddAsync(DrillResult result, AuditActor by, CancellationToken cancellationToken) => database.ChangeAsync(
        async session =>
        {
            var isNew = await session.ExecuteAsync(
                $"INSERT INTO drills ({Columns}) VALUES (@Id, @Runbook, @Digest, @Version, @At, @Detected, @Mitigated, @Recovered, @Lines) ON CONFLICT (id) DO NOTHING",
                new
                {
                    result.Id,
                    result.Runbook,
                    result.Digest,
                    result.Version,
                    At = result.At.ToMicros(),
                    Detected = Micros(result.Detected),
                    Mitigated = Micros(result.Mitigated),
                    Recovered = Micros(result.Recovered),
                    Lines = JsonSerializer.Serialize(result.Lines, RunDocuments.Default.ImmutableArrayDrillLine),
                }) == 1;
            return Recorded.Of(isNew, isNew ? RunEntries.Of(result, by) : null);
        },
        cancellationToken);

    public Task<ImmutableArray<DrillResult>> LastAsync(CancellationToken cancellationToken) => ReadAsync(
        $"SELECT {Columns} FROM drills d WHERE NOT EXISTS (SELECT 1 FROM drills e WHERE e.runbook = d.runbook AND (e.at > d.at OR (e.at = d.at AND e.id > d.id))) ORDER BY runbook", new { }, cancellationToken);

    public Task<ImmutableArray<DrillResult>> ListAsync(string runbook, int limit, CancellationToken cancellationToken) =>
        ReadAsync($"SELECT {Columns} FROM drills WHERE runbook = @runbook ORDER BY at DESC, id DESC LIMIT @limit", new { runbook, limit }, cancellationToken);

    private Task<ImmutableArray<DrillResult>> ReadAsync(string sql, object parameters, CancellationToken cancellationToken) => database.ReadAsync<ImmutableArray<DrillResult>>(
        async session =>
        [
            .. await session.ReadRowsAsync(
                sql, parameters,
                row => new DrillResult
                {
                    Id = row.GetString(0),
                    Runbook = row.GetString(1),
                    Digest = row.GetString(2),
                    Version = row.GetString(3),
                    At = row.GetInt64(4).ToTime(),
                    Detected = row.IsDBNull(5) ? null : Span(row.GetInt64(5)),
                    Mitigated = row.IsDBNull(6) ? null : Span(row.GetInt64(6)),
                    Recovered = row.IsDBNull(7) ? null : Span(row.GetInt64(7)),
                    Lines = JsonSerializer.Deserialize(row.GetString(8), RunDocuments.Default.ImmutableArrayDrillLine),
                }),
        ],
        cancellationToken);

    private static long? Micros(TimeSpan? span) => span is { } one ? (long)one.TotalMicroseconds : null;

    private static TimeSpan Span(long micros) => TimeSpan.FromMicroseconds(micros);
}
