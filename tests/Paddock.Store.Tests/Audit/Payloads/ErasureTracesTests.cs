using System.Text;
using Microsoft.Data.Sqlite;
using Paddock.Core.Audit.Payloads;
using Paddock.Store.Audit.Payloads;

namespace Paddock.Store.Tests.Audit.Payloads;

/// <summary>Looks through every file of the data directory, byte by byte.</summary>
public sealed class ErasureTracesTests
{
    private const string Written = "write to jane.doe+dev@mail.example.co.uk about the merger of the two zebras";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, EachEngine]
    public async Task Nothing_of_a_payload_is_in_any_file_after_redaction(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var kept = await store.KeptAsync(Written);
        var marks = await MarksAsync(store, kept.Id);
        var sealedMarks = await SealedAsync(store, kept.Id);
        FoundIn(store, sealedMarks).ShouldBe(engine is Engine.Sqlite ? sealedMarks.Count : 0);

        await store.RedactAsync(kept.Id);
        await store.SettleAsync();

        FoundIn(store, marks).ShouldBe(0);
        FoundIn(store, sealedMarks).ShouldBe(0);
    }

    [Theory, EachEngine]
    public async Task Nothing_of_a_payload_nor_its_key_is_in_any_file_after_shredding(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var kept = await store.KeptAsync(Written);
        var marks = await MarksAsync(store, kept.Id);
        var sealedMarks = await SealedAsync(store, kept.Id);
        var key = Directory.EnumerateFiles(store.Options.DataDirectory, kept.Key + ".key", SearchOption.AllDirectories).ShouldHaveSingleItem();
        marks.Add(await File.ReadAllBytesAsync(key, Cancellation));

        await store.ShredAsync(kept.Key);
        await store.SettleAsync();

        FoundIn(store, marks).ShouldBe(0);
        FoundIn(store, sealedMarks).ShouldBe(0);
    }

    /// <summary>SQLite moves rows between pages when neighbours come and go; a copy that stayed behind would outlive the row.</summary>
    [Fact]
    public async Task No_page_of_SQLite_keeps_a_copy_of_one_among_many_that_come_and_go()
    {
        await using var store = await StoreUnderTest.StartAsync(Engine.Sqlite);
        var ids = new List<PayloadId>();
        for (var i = 0; i < 300; i++)
        {
            ids.Add((await store.KeptAsync($"{i} {new string('x', i % 7 == 0 ? 30_000 : i * 37 % 3000)}")).Id);
        }

        var traces = new Dictionary<PayloadId, List<byte[]>>();
        foreach (var id in ids)
        {
            traces[id] = await SealedAsync(store, id);
        }

        var thirds = ids.Select((id, i) => (id, i)).ToLookup(one => one.i * 7919 % 3, one => one.id);
        foreach (var third in thirds)
        {
            await store.RedactAsync([.. third]);
            await store.SettleAsync();
            FoundIn(store, [.. third.SelectMany(id => traces[id])]).ShouldBe(0);
            store.Time.Advance(TimeSpan.FromDays(8)); // what was redacted is forgotten, and its rows go
            await store.SettleAsync();
        }

        FoundIn(store, [.. traces.Values.SelectMany(all => all)]).ShouldBe(0);
    }

    [Fact]
    public async Task A_reader_of_SQLite_keeps_the_log_and_when_it_is_gone_so_is_the_log()
    {
        await using var store = await StoreUnderTest.StartAsync(Engine.Sqlite);
        var kept = await store.KeptAsync(Written);
        var marks = await SealedAsync(store, kept.Id);
        await using (var reader = new SqliteConnection($"Data Source={store.Options.DatabaseFile};Mode=ReadOnly;Pooling=false"))
        {
            await reader.OpenAsync(Cancellation);
            await using var transaction = reader.BeginTransaction(deferred: true);
            await using var command = reader.CreateCommand();
            command.CommandText = "SELECT COUNT(*) FROM audit_payloads";
            await command.ExecuteScalarAsync(Cancellation);

            await store.RedactAsync(kept.Id);
            await store.LookAsync();
            store.Get<ErasureTraces>().AreLeft.ShouldBeTrue();
        }

        await store.SettleAsync();
        FoundIn(store, marks).ShouldBe(0);
    }

    /// <summary>What must never be in a file, redacted or not: text, masked text, and their base64.</summary>
    private static async Task<List<byte[]>> MarksAsync(StoreUnderTest store, PayloadId id)
    {
        var masked = await store.TextAsync(id);
        masked.ShouldContain("[personal:email:");
        var marks = new[] { Written, masked, "merger of the two zebras" }.SelectMany(text => new[] { Encoding.UTF8.GetBytes(text), Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=')[..^1]) }).ToList();
        FoundIn(store, marks).ShouldBe(0);
        return marks;
    }

    /// <summary>Salt, nonce and the beginning of what is sealed, as the database has them.</summary>
    private static async Task<List<byte[]>> SealedAsync(StoreUnderTest store, PayloadId id)
    {
        var marks = new List<byte[]>();
        foreach (var column in new[] { "salt", "nonce", "content" })
        {
            var bytes = (await store.QueryAsync<byte[]>($"SELECT {column} FROM audit_sealed WHERE seq = (SELECT seq FROM audit_payloads WHERE id = '{id}')")).ShouldHaveSingleItem();
            marks.Add(bytes[..Math.Min(bytes.Length, 16)]);
        }

        return marks;
    }

    /// <summary>How many of the marks are in any file.</summary>
    private static int FoundIn(StoreUnderTest store, List<byte[]> marks)
    {
        var found = new HashSet<byte[]>();
        foreach (var path in Directory.EnumerateFiles(store.Options.DataDirectory, "*", SearchOption.AllDirectories))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[file.Length];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            found.UnionWith(marks.Where(mark => bytes.AsSpan(0, length).IndexOf(mark) >= 0));
        }

        return found.Count;
    }
}
