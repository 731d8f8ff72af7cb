using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Paddock.EndToEnd.Tests.Audit;

/// <summary>The audit entries of an installation on SQLite, read from its file while a server may run.</summary>
internal static class WrittenEntries
{
    /// <summary>In the order they were made, but for the one that opens the log, which comes in its own time.</summary>
    public static List<JsonElement> In(string data)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(data, "paddock.db"), Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT entry FROM audit_entries WHERE act <> 'audit.shard_opened' ORDER BY made_at, id";
        using var reader = command.ExecuteReader();
        var entries = new List<JsonElement>();
        while (reader.Read())
        {
            entries.Add(JsonDocument.Parse(Encoding.UTF8.GetString((byte[])reader[0])).RootElement);
        }

        return entries;
    }

    public static string Act(this JsonElement entry) => entry.GetProperty("act").GetString() ?? "";

    public static string Actor(this JsonElement entry) => entry.GetProperty("actor").GetProperty("id").GetString() ?? "";
}
