using System.Text;
using Microsoft.Data.Sqlite;
using Paddock.Core.Approvals;
using Paddock.Core.Identity;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Policies.Facts;
using Paddock.Store.Tests.Approvals;
using Paddock.Store.Tests.Policies;
using Paddock.Testing;

namespace Paddock.Store.Tests.Identity;

/// <summary>A person whose name was erased is an id and a pseudonym, wherever one looks; on both databases.</summary>
public class ErasureTests
{
    private const string Name = "Zelda.Quint";
    private const string Pseudonym = "erased-1";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, EachEngine]
    public async Task Nothing_that_the_installation_wrote_has_the_name_any_more_and_no_entry_ever_had(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var (id, asked) = await LiveAsync(store);
        (await TextsAsync(store)).Count(HasName).ShouldBeGreaterThan(4, "or there is nothing to be erased");
        (await EntriesAsync(store)).ShouldNotContain(entry => HasName(entry));

        (await store.Identity.EraseAsync(id, Pseudonym, Acting.Operator, Cancellation)).ShouldBeTrue();

        (await TextsAsync(store)).Where(HasName).ShouldBeEmpty();
        (await EntriesAsync(store)).ShouldNotContain(entry => HasName(entry));
        (await EntriesAsync(store)).Count(entry => entry.Contains("\"principal.erased\"", StringComparison.Ordinal)).ShouldBe(1);
        var approval = (await store.Approvals.FindAsync(asked, Cancellation)).ShouldNotBeNull();
        approval.Votes.Select(vote => (vote.By, vote.Name)).ShouldBe([(id, Pseudonym)]);
        approval.Chain.Steps[0].AnyOf.Users.ShouldBe([Pseudonym, "bob"]);
        approval.Reason.ShouldBe($"{Pseudonym} may no longer approve this.");
        (await store.QueryAsync<string>("SELECT inputs FROM decisions")).ShouldHaveSingleItem().ShouldContain(Pseudonym);
        var left = (await store.Identity.LoadAsync(Cancellation)).Principals.Single(one => one.Id == id);
        (left.Name, left.Disabled, left.Teams.Length).ShouldBe((Pseudonym, true, 0));
    }

    [Fact]
    public async Task On_SQLite_the_name_is_in_no_file_of_the_data_directory_either()
    {
        await using var store = await StoreUnderTest.StartAsync(Engine.Sqlite);
        var (id, _) = await LiveAsync(store);
        await store.Identity.EraseAsync(id, Pseudonym, Acting.Operator, Cancellation);
        await store.StopAsync();
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(store.Options.DataDirectory, "paddock.db")};Pooling=False"))
        {
            await connection.OpenAsync(Cancellation);
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)"; // as happens by itself, once the WAL has grown
            await command.ExecuteNonQueryAsync(Cancellation);
        }

        foreach (var file in Directory.EnumerateFiles(store.Options.DataDirectory, "*", SearchOption.AllDirectories))
        {
            HasName(Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Cancellation))).ShouldBeFalse(file);
        }
    }

    [Theory, EachEngine]
    public async Task Who_is_not_disabled_or_not_there_or_would_take_anothers_name_is_not_erased(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var (ada, _) = await People.AddAsync(store, "ada");
        var (bob, _) = await People.AddAsync(store, "bob");
        await store.Identity.UpdatePrincipalAsync(bob.Id, [], disabled: true, Acting.Operator, Cancellation);

        (await store.Identity.EraseAsync(ada.Id, Pseudonym, Acting.Operator, Cancellation)).ShouldBeFalse();
        (await store.Identity.EraseAsync(People.User("nobody").Id, Pseudonym, Acting.Operator, Cancellation)).ShouldBeFalse();
        (await store.Identity.EraseAsync(bob.Id, "ada", Acting.Operator, Cancellation)).ShouldBeFalse();
        (await store.Identity.LoadAsync(Cancellation)).Principals.Select(one => one.Name).Order().ShouldBe(["ada", "bob"]);
    }

    /// <summary>A person who has keys, decides, is judged, and leaves.</summary>
    private static async Task<(PrincipalId Id, ApprovalId Asked)> LiveAsync(StoreUnderTest store)
    {
        var people = await Asking.InAsync(store);
        var (person, _) = await People.AddAsync(store, Name);
        await store.Identity.UpdatePrincipalAsync(person.Id, ["leads"], disabled: false, Acting.Operator, Cancellation);
        var asked = await people.AskAsync(people.Request() with { Chain = new() { Name = "leads", Steps = [new() { AnyOf = new() { Users = [Name.ToUpperInvariant(), "bob"] } }] } });
        await people.ApproveAsync(asked.Id, person);
        var facts = new FactValues();
        facts.Set(Fact.UserId, Name);
        store.Get<IDecisions>().TryAppend(Judged.Call(1, change: decision => decision with { Principal = person.Id.Value, Inputs = InputKeeper.Keep(new(facts, new(Core.Tools.ToolClass.Command), default)) }));
        await store.Get<IDecisions>().FlushAsync(Cancellation);
        await store.Identity.UpdatePrincipalAsync(person.Id, ["leads"], disabled: true, Acting.Operator, Cancellation);
        await people.UseAsync(asked); // ends it: who approved has left
        return (person.Id, asked.Id);
    }

    private static bool HasName(string text) => text.Contains(Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>All texts of all tables, whatever they are.</summary>
    private static async Task<List<string>> TextsAsync(StoreUnderTest store)
    {
        var tables = await store.QueryAsync<string>(store.Options.PostgresConnection is null
            ? "SELECT 'SELECT ' || group_concat('coalesce(CAST(' || p.name || ' AS TEXT), '''')', ' || '' '' || ') || ' FROM ' || m.name FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' GROUP BY m.name"
            : "SELECT 'SELECT t::text FROM ' || table_name || ' t' FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'");
        var texts = new List<string>();
        foreach (var table in tables)
        {
            texts.AddRange(await store.QueryAsync<string>(table));
        }

        return texts;
    }

    private static async Task<List<string>> EntriesAsync(StoreUnderTest store) => (await store.QueryAsync<byte[]>("SELECT entry FROM audit_entries")).ConvertAll(Encoding.UTF8.GetString);
}
