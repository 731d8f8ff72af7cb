using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Paddock.EndToEnd.Tests.Audit;

/// <summary>What the database says was about to be let go.</summary>
internal static class RecordedIntents
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <returns>The tasks of all intents, as often as they are there.</returns>
    public static async Task<List<string>> TasksAsync(string data, string? postgres)
    {
        var tasks = new List<string>();
        foreach (var entry in await QueryAsync(data, postgres, "SELECT entry FROM audit_entries WHERE act = 'tool.intent'"))
        {
            using var json = JsonDocument.Parse((byte[])entry);
            tasks.Add(json.RootElement.GetProperty("corr").GetString()!); // each has a session of its own
        }

        return tasks;
    }

    public static async Task<List<string>> ActsAsync(string data, string? postgres) => [.. (await QueryAsync(data, postgres, "SELECT act FROM audit_entries")).Cast<string>()];

    /// <summary>The id of the user of a name.</summary>
    public static async Task<string> PrincipalAsync(string name, string data, string? postgres) => (string)(await QueryAsync(data, postgres, $"SELECT id FROM principals WHERE name = '{name}'")).Single();

    /// <summary>How many entries are not in the log yet.</summary>
    public static async Task<long> OutsideTheLogAsync(string data) =>
        Convert.ToInt64((await QueryAsync(data, null, "SELECT count(*) FROM audit_entries WHERE seq IS NULL")).Single(), CultureInfo.InvariantCulture);

    private static async Task<List<object>> QueryAsync(string data, string? postgres, string sql)
    {
        await using DbConnection connection = postgres is null ? new SqliteConnection($"Data Source={Path.Combine(data, "paddock.db")};Mode=ReadOnly;Pooling=False") : new NpgsqlConnection(postgres);
        await connection.OpenAsync(Cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var rows = new List<object>();
        while (await reader.ReadAsync(Cancellation))
        {
            rows.Add(reader[0]);
        }

        return rows;
    }
}
