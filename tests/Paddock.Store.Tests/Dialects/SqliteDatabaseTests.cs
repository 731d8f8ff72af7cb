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
