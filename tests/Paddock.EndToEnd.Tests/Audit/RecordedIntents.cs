using System.Data.Common;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Paddock.EndToEnd.Tests.Audit;

/// <summary>What the database says was about to be let go.</summary>
internal static class RecordedIntents
{
    /// <returns>The tasks of all intents, as often as they are there.</returns>
    public static async Task<List<string>> TasksAsync(string data, string? postgres)
    {
        await using DbConnection connection = postgres is null ? new SqliteConnection($"Data Source={Path.Combine(data, "paddock.db")};Mode=ReadOnly;Pooling=False") : new NpgsqlConnection(postgres);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT entry FROM audit_entries WHERE act = 'tool.intent'";
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var tasks = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            using var entry = JsonDocument.Parse((byte[])reader[0]);
            tasks.Add(entry.RootElement.GetProperty("corr").GetString()!); // each has a session of its own
        }

        return tasks;
    }
}
