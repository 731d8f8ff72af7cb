using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using Paddock.Core.Alerts;
using Paddock.Store.Dialects;
using Paddock.Store.Tasks;

namespace Paddock.Store.Alerts;

/// <summary>The statements on alerts and silences, the same on both databases.</summary>
internal static class AlertSql
{
    private const string Columns = "id:t rule:t subject:t severity:t began_at:i seen_at:i resolved_at:i says:t facts:t told_at:i silence_id:t";

    private static readonly string names = string.Join(", ", Columns.Split(' ').Select(static column => column[..^2]));

    public static async Task<ImmutableArray<Alert>> ListAsync(Session session, AlertQuery query)
    {
        var where = (query.Open ? " AND resolved_at IS NULL" : "") + (query.Rule is null ? "" : " AND rule = @Rule")
            + (query.Before is null ? "" : " AND EXISTS (SELECT 1 FROM alerts before WHERE before.id = @Before AND (alerts.began_at < before.began_at OR (alerts.began_at = before.began_at AND alerts.id < before.id)))");
        return [.. await session.ReadRowsAsync($"SELECT {names} FROM alerts WHERE true{where} ORDER BY began_at DESC, id DESC LIMIT @Limit", new { query.Rule, query.Before, Limit = Math.Clamp(query.Limit, 1, 1_000) }, Read)];
    }

    public static async Task UpsertAsync(Session session, IEnumerable<Alert> alerts) => await session.ExecuteAsync(
        $"""
        INSERT INTO alerts ({names}) SELECT {names} FROM {session.Dialect.Rows(Columns)} WHERE true
        ON CONFLICT (id) DO UPDATE SET severity = excluded.severity, seen_at = excluded.seen_at, resolved_at = excluded.resolved_at, says = excluded.says, facts = excluded.facts,
          told_at = excluded.told_at, silence_id = excluded.silence_id
        """,
        new { rows = RowsJson.Of(alerts, Write) });

    public static async Task<ImmutableArray<AlertSilence>> SilencesAsync(Session session, DateTimeOffset now) =>
    [
        .. await session.ReadRowsAsync(
            "SELECT id, rule, subject, reason, owner, created_at, expires_at FROM alert_silences WHERE ended_at IS NULL AND expires_at > @Now ORDER BY created_at, id", new { Now = now.ToMicros() },
            static row => new AlertSilence
            {
                Id = row.GetString(0),
                Rule = Text(row, 1),
                Subject = Text(row, 2),
                Reason = row.GetString(3),
                Owner = row.GetString(4),
                CreatedAt = row.GetInt64(5).ToTime(),
                ExpiresAt = row.GetInt64(6).ToTime(),
            }),
    ];

    public static Task<int> AddSilenceAsync(Session session, AlertSilence one) => session.ExecuteAsync(
        "INSERT INTO alert_silences (id, rule, subject, reason, owner, created_at, expires_at) VALUES (@Id, @Rule, @Subject, @Reason, @Owner, @Created, @Expires)",
        new { one.Id, one.Rule, one.Subject, one.Reason, one.Owner, Created = one.CreatedAt.ToMicros(), Expires = one.ExpiresAt.ToMicros() });

    public static Task<int> EndSilenceAsync(Session session, string id, string by, DateTimeOffset at) => session.ExecuteAsync(
        "UPDATE alert_silences SET ended_at = @At, ended_by = @by WHERE id = @id AND ended_at IS NULL AND expires_at > @At", new { id, by, At = at.ToMicros() });

    private static Alert Read(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        Rule = row.GetString(1),
        Subject = row.GetString(2),
        Severity = row.GetString(3) == "page" ? AlertSeverity.Page : AlertSeverity.Ticket,
        BeganAt = row.GetInt64(4).ToTime(),
        SeenAt = row.GetInt64(5).ToTime(),
        ResolvedAt = row.IsDBNull(6) ? null : row.GetInt64(6).ToTime(),
        Says = row.GetString(7),
        Facts = FactsOf(row.GetString(8)),
        ToldAt = row.IsDBNull(9) ? null : row.GetInt64(9).ToTime(),
        Silence = Text(row, 10),
    };

    private static void Write(Utf8JsonWriter json, Alert one)
    {
        json.WriteString("id", one.Id);
        json.WriteString("rule", one.Rule);
        json.WriteString("subject", one.Subject);
        json.WriteString("severity", one.Severity is AlertSeverity.Page ? "page" : "ticket");
        json.WriteNumber("began_at", one.BeganAt.ToMicros());
        json.WriteNumber("seen_at", one.SeenAt.ToMicros());
        WriteTime(json, "resolved_at", one.ResolvedAt);
        json.WriteString("says", one.Says);
        json.WriteString("facts", JsonOf(one.Facts));
        WriteTime(json, "told_at", one.ToldAt);
        json.WriteString("silence_id", one.Silence);
    }

    private static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } at)
        {
            json.WriteNumber(name, at.ToMicros());
        }
    }

    private static string JsonOf(ImmutableArray<KeyValuePair<string, string>> facts)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in facts)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static ImmutableArray<KeyValuePair<string, string>> FactsOf(string text)
    {
        using var document = JsonDocument.Parse(text);
        return [.. document.RootElement.EnumerateObject().Select(static member => KeyValuePair.Create(member.Name, member.Value.GetString() ?? ""))];
    }

    private static string? Text(DbDataReader row, int at) => row.IsDBNull(at) ? null : row.GetString(at);
}
