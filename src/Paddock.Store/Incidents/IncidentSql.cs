using System.Collections.Immutable;
using System.Data.Common;
using Paddock.Core.Incidents;
using Paddock.Store.Dialects;

namespace Paddock.Store.Incidents;

/// <summary>The statements on incidents and their timelines, the same on both databases.</summary>
internal static class IncidentSql
{
    private const string Columns = "id, revision, title, severity, status, owner, eta, created_by, began_at, updated_at, changed_at, resolved_at, closed_at, rule, document";

    private const string IsOpen = "status IN ('triggered', 'acknowledged', 'mitigated')";

    public static Task<int> AddAsync(Session session, Incident incident) => session.ExecuteAsync(
        $"""
        INSERT INTO incidents ({Columns})
        VALUES (@Id, @Revision, @Title, @Severity, @Status, @Owner, @Eta, @CreatedBy, @BeganAt, @UpdatedAt, @ChangedAt, @ResolvedAt, @ClosedAt, @Rule, @Document) ON CONFLICT (id) DO NOTHING
        """,
        Row(incident));

    /// <summary>Only of the one that the change was made from.</summary>
    public static Task<int> UpdateAsync(Session session, Incident incident) => session.ExecuteAsync(
        """
        UPDATE incidents SET revision = @Revision, title = @Title, severity = @Severity, status = @Status, owner = @Owner, eta = @Eta, updated_at = @UpdatedAt, changed_at = @ChangedAt,
          resolved_at = @ResolvedAt, closed_at = @ClosedAt, document = @Document
        WHERE id = @Id AND revision = @Revision - 1
        """,
        Row(incident));

    /// <summary>Numbers are given one after the other while the incident's row is held, so that two entries have never the same.</summary>
    /// <returns>0 when there is one of its key already, or no such incident.</returns>
    public static async Task<int> NoteAsync(Session session, string incident, IncidentEntry entry)
    {
        if (await session.ExecuteAsync("UPDATE incidents SET revision = revision WHERE id = @incident", new { incident }) == 0)
        {
            return 0;
        }

        return await session.ExecuteAsync(
            """
            INSERT INTO incident_entries (incident_id, number, at, by_id, kind, says, facts, entry_key)
            SELECT @incident, coalesce(max(number), 0) + 1, @At, @By, @Kind, @Text, @Facts, @Key FROM incident_entries WHERE incident_id = @incident
            ON CONFLICT DO NOTHING
            """,
            new { incident, At = entry.At.ToMicros(), entry.By, Kind = Word(entry.Kind), entry.Text, Facts = IncidentDocument.Of(entry.Facts), entry.Key });
    }

    public static async Task<Incident?> FindAsync(Session session, string id) => (await session.ReadRowsAsync($"SELECT {Columns} FROM incidents WHERE id = @id", new { id }, Read)).FirstOrDefault();

    public static async Task<ImmutableArray<Incident>> ListAsync(Session session, IncidentQuery query)
    {
        var where = (query.Open ? $" AND {IsOpen}" : "") + (query.ChangedSince is null ? "" : $" AND ({IsOpen} OR changed_at >= @Since)")
            + (query.Before is null ? "" : " AND EXISTS (SELECT 1 FROM incidents before WHERE before.id = @Before AND (incidents.began_at < before.began_at OR (incidents.began_at = before.began_at AND incidents.id < before.id)))");
        return
        [
            .. await session.ReadRowsAsync(
                $"SELECT {Columns} FROM incidents WHERE true{where} ORDER BY began_at DESC, id DESC LIMIT @Limit", new { query.Before, Since = query.ChangedSince?.ToMicros() ?? 0, Limit = Math.Clamp(query.Limit, 1, 1_000) }, Read),
        ];
    }

    public static async Task<ImmutableArray<IncidentEntry>> TimelineAsync(Session session, string incident) =>
    [
        .. await session.ReadRowsAsync(
            "SELECT number, at, by_id, kind, says, facts, entry_key FROM incident_entries WHERE incident_id = @incident ORDER BY number", new { incident },
            static row => new IncidentEntry
            {
                Number = (int)row.GetInt64(0),
                At = row.GetInt64(1).ToTime(),
                By = row.GetString(2),
                Kind = Enum.Parse<IncidentEntryKind>(row.GetString(3), ignoreCase: true),
                Text = row.GetString(4),
                Facts = IncidentDocument.Facts(row.GetString(5)),
                Key = Text(row, 6),
            }),
    ];

    private static object Row(Incident one) => new
    {
        one.Id,
        one.Revision,
        one.Title,
        Severity = (int)one.Severity,
        Status = Word(one.Status),
        one.Owner,
        Eta = one.Eta.ToMicros(),
        one.CreatedBy,
        BeganAt = one.BeganAt.ToMicros(),
        UpdatedAt = one.UpdatedAt.ToMicros(),
        ChangedAt = one.ChangedAt.ToMicros(),
        ResolvedAt = one.ResolvedAt?.ToMicros(),
        ClosedAt = one.ClosedAt?.ToMicros(),
        one.Rule,
        Document = IncidentDocument.Of(one),
    };

    private static Incident Read(DbDataReader row)
    {
        var document = IncidentDocument.Read(row.GetString(14));
        return new()
        {
            Id = row.GetString(0),
            Revision = (int)row.GetInt64(1),
            Title = row.GetString(2),
            Severity = (IncidentSeverity)row.GetInt64(3),
            Status = Enum.Parse<IncidentStatus>(row.GetString(4), ignoreCase: true),
            Owner = row.GetString(5),
            Eta = row.GetInt64(6).ToTime(),
            CreatedBy = row.GetString(7),
            BeganAt = row.GetInt64(8).ToTime(),
            UpdatedAt = row.GetInt64(9).ToTime(),
            ChangedAt = row.GetInt64(10).ToTime(),
            ResolvedAt = Time(row, 11),
            ClosedAt = Time(row, 12),
            Rule = Text(row, 13),
            Subjects = document.Subjects,
            Scopes = document.Scopes,
            Alerts = document.Alerts,
            Releases = document.Releases,
            Notice = document.Notice,
            Postmortem = document.Postmortem,
            LoweredBy = document.LoweredBy,
        };
    }

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string? Text(DbDataReader row, int at) => row.IsDBNull(at) ? null : row.GetString(at);

    private static DateTimeOffset? Time(DbDataReader row, int at) => row.IsDBNull(at) ? null : row.GetInt64(at).ToTime();
}
