using Paddock.Core.Approvals;
using Paddock.Store.Backups;
using Paddock.Store.Dialects;
using Paddock.Store.Tests.Approvals;
using Paddock.Store.Tests.Identity;

namespace Paddock.Store.Tests.Backups;

public class BackupTablesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, EachEngine]
    public async Task Every_table_and_column_is_in_the_backup_or_left_out_on_purpose(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var tables = await store.QueryAsync<string>(engine is Engine.Postgres
            ? "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
            : "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");

        tables.Order().ShouldBe(BackupTables.All.Select(table => table.Name).Concat(BackupTables.NotCopied).Order());
        foreach (var table in BackupTables.All)
        {
            var columns = await store.Get<IDatabase>().ReadAsync(session => session.ColumnsAsync(table.Name), Cancellation);
            columns.Order().ShouldBe(table.Columns.Select(column => column.Name).Order(), table.Name);
        }
    }

    [Theory]
    [InlineData(Engine.Sqlite, Engine.Postgres)]
    [InlineData(Engine.Postgres, Engine.Sqlite)]
    public async Task Sessions_of_that_time_do_not_come_back_and_keys_do(Engine from, Engine to)
    {
        await using var store = await StoreUnderTest.StartAsync(from);
        var (ada, key) = await People.AddAsync(store, "ada");
        await store.Identity.AddSessionAsync(People.Session(ada), "10.0.0.1", Cancellation);
        var file = Path.Combine(store.Options.DataDirectory, "backup");
        await store.Maintenance.BackupAsync(file, Cancellation);
        await using var other = await StoreUnderTest.BuildAsync(to);

        await other.Maintenance.RestoreAsync(file, replaces: false, Cancellation);
        await other.Maintenance.StartAsync(Cancellation);

        other.Live.Current.Keys.ShouldHaveSingleItem().Id.ShouldBe(key.Id);
        (await other.QueryAsync<string>("SELECT id FROM api_keys")).ShouldBe([key.Id.Value]);
    }

    [Theory]
    [InlineData(Engine.Sqlite, Engine.Postgres)]
    [InlineData(Engine.Postgres, Engine.Sqlite)]
    public async Task Approvals_survive_a_change_of_database(Engine from, Engine to)
    {
        await using var store = await StoreUnderTest.StartAsync(from);
        var people = await Asking.InAsync(store);
        var approved = await people.ApproveAsync((await people.AskAsync()).Id);
        await store.Approvals.NoteSeenAsync([approved.Id], people.Bob.Id, Cancellation);
        await people.UseAsync(approved);
        var waiting = await people.AskAsync();
        var file = Path.Combine(store.Options.DataDirectory, "backup");
        await store.Maintenance.BackupAsync(file, Cancellation);
        await using var other = await StoreUnderTest.BuildAsync(to);

        await other.Maintenance.RestoreAsync(file, replaces: false, Cancellation);
        await other.Maintenance.StartAsync(Cancellation);

        (await other.Approvals.FindAsync(approved.Id, Cancellation)).ShouldBeEquivalentTo(await store.Approvals.FindAsync(approved.Id, Cancellation));
        (await other.Approvals.ListAsync(new() { State = ApprovalState.Pending }, Cancellation)).ShouldHaveSingleItem().Id.ShouldBe(waiting.Id);
        (await other.QueryAsync<string>("SELECT approval_id FROM tool_intents")).ShouldBe([approved.Id.Value]);
    }
}
