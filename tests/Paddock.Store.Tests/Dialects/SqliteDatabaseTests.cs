using Microsoft.Data.Sqlite;
using Paddock.Store.Dialects;
using SQLitePCL;

namespace Paddock.Store.Tests.Dialects;

public sealed class SqliteDatabaseTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("paddock-store-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task No_statement_outlives_the_work_that_ran_it()
    {
        await using var database = new SqliteDatabase(Path.Combine(directory, "paddock.db"));

        var left = await database.WriteAsync(
            async session =>
            {
                ((SqliteConnection)session.Connection).Handle!.enable_sqlite3_next_stmt(true);
                await session.ExecuteAsync("CREATE TABLE things (name TEXT)");
                await session.ExecuteAsync("INSERT INTO things VALUES (@name)", new { name = "a" });
                await session.QueryAsync<string>("SELECT name FROM things");
                await session.ScalarAsync<string>("SELECT name FROM things");
                await session.ReadRowsAsync("SELECT name FROM things", null, static row => row.GetString(0));
                await session.ForEachRowAsync("SELECT name FROM things", static _ => { });
                return Statements((SqliteConnection)session.Connection);
            },
            Cancellation);

        left.ShouldBeEmpty();
    }

    /// <summary>Without it the next program that looks into the file believes to be the last, and takes the write-ahead log away from under us.</summary>
    [Fact]
    public async Task The_file_stays_locked_when_further_connections_are_opened()
    {
        var file = Path.Combine(directory, "paddock.db");
        await using var database = new SqliteDatabase(file);
        await database.WriteAsync(static session => session.ExecuteAsync("CREATE TABLE things (name TEXT)"), Cancellation);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => database.ReadAsync(static session => session.QueryAsync<string>("SELECT name FROM things"), Cancellation)));

        var locks = await File.ReadAllLinesAsync("/proc/locks", Cancellation);

        locks.ShouldContain(line => line.Contains($" {Environment.ProcessId} ", StringComparison.Ordinal) && line.Contains($":{InodeOf(file)} ", StringComparison.Ordinal));
    }

    private static string InodeOf(string file)
    {
        var open = Directory.EnumerateFiles("/proc/self/fd").First(one => File.ResolveLinkTarget(one, returnFinalTarget: false)?.FullName == file);
        return File.ReadLines(open.Replace("/fd/", "/fdinfo/", StringComparison.Ordinal)).Single(static line => line.StartsWith("ino:", StringComparison.Ordinal))[4..].Trim();
    }

    private static List<string> Statements(SqliteConnection connection)
    {
        var texts = new List<string>();
        for (var statement = raw.sqlite3_next_stmt(connection.Handle, null); statement is not null; statement = raw.sqlite3_next_stmt(connection.Handle, statement))
        {
            texts.Add(raw.sqlite3_sql(statement).utf8_to_string());
        }

        return texts;
    }
}
