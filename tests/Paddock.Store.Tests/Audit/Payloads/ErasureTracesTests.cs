using System.Text;
using Microsoft.Data.Sqlite;
using Paddock.Core.Audit.Payloads;
using Paddock.Store.Audit.Payloads;

namespace Paddock.Store.Tests.Audit.Payloads;

/// <summary>Looks through every file of the data directory, byte by byte.</summary>
public sealed class ErasureTracesTests
{
    private const string Written = "write to jane.doe+dev@mail.example.co.uk about the merger of the two zebras";

    /// <summary>In bytes; a nonce has no more.</summary>
    private const int MarkLength = 12;

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
    [Theory]
    [InlineData(3)] // a store that deleted rows would fail here
    public async Task No_page_of_SQLite_keeps_a_copy_of_one_among_many_that_come_and_go(int seed)
    {
        await using var store = await StoreUnderTest.StartAsync(Engine.Sqlite);
        var random = new Random(seed);
        var there = new OrderedDictionary<PayloadId, List<byte[]>>(); // oldest first
        var gone = new List<byte[]>();
        for (var round = 0; round < 12; round++)
        {
            for (var i = 0; i < 80; i++)
            {
                var kept = await store.KeptAsync($"{round} {i} {new string('x', LengthOf(random))}");
                there[kept.Id] = await SealedAsync(store, kept.Id);
            }

            // At last all but the newest, so that there are rows to be deleted too.
            List<PayloadId> erased = [.. there.Keys.Where((_, i) => random.Next(5) < 2 || (round >= 8 && i < there.Count - 40))];
            await store.RedactAsync([.. erased]);
            await store.SettleAsync();
            gone.AddRange(erased.SelectMany(id => there.Remove(id, out var marks) ? marks : []));
            FoundIn(store, gone).ShouldBe(0);
            ShouldAllBeThere(store, there);
            store.Skip(TimeSpan.FromDays(8)); // what was redacted is forgotten, and its rows go
            await store.SettleAsync();
        }

        (await store.QueryAsync<long>("SELECT COUNT(*) FROM audit_sealed")).ShouldHaveSingleItem().ShouldBeInRange(1, 900);
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

    /// <summary>Small ones, of which a page holds many, and ones that go on in pages of their own.</summary>
    private static int LengthOf(Random random) => random.Next(8) switch
    {
        0 => random.Next(8_000, 20_000),
        1 or 2 => random.Next(6_000),
        _ => random.Next(200),
    };

    /// <summary>But for the few that the end of a page cuts in two.</summary>
    private static void ShouldAllBeThere(StoreUnderTest store, OrderedDictionary<PayloadId, List<byte[]>> traces)
    {
        var marks = traces.Values.SelectMany(marks => marks).ToList();
        FoundIn(store, marks).ShouldBeInRange(marks.Count * 98 / 100, marks.Count);
    }

    /// <summary>Salt, nonce and parts of what is sealed, one of each page that it fills, as the database has them.</summary>
    private static async Task<List<byte[]>> SealedAsync(StoreUnderTest store, PayloadId id)
    {
        var marks = new List<byte[]>();
        foreach (var column in new[] { "salt", "nonce", "content" })
        {
            var bytes = (await store.QueryAsync<byte[]>($"SELECT {column} FROM audit_sealed WHERE seq = (SELECT seq FROM audit_payloads WHERE id = '{id}')")).ShouldHaveSingleItem();
            for (var at = 0; at < bytes.Length - MarkLength; at += 3_000)
            {
                marks.Add(bytes[at..(at + MarkLength)]);
            }

            marks.Add(bytes[^MarkLength..]);
        }

        return marks;
    }

    /// <summary>How many of the marks are in any file.</summary>
    private static int FoundIn(StoreUnderTest store, List<byte[]> marks)
    {
        var wanted = marks.ToLookup(static mark => BitConverter.ToUInt64(mark));
        var found = new HashSet<byte[]>();
        foreach (var path in Directory.EnumerateFiles(store.Options.DataDirectory, "*", SearchOption.AllDirectories))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[file.Length];
            var text = bytes.AsSpan(0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
            for (; text.Length >= sizeof(ulong); text = text[1..])
            {
                foreach (var mark in wanted[BitConverter.ToUInt64(text)])
                {
                    if (text.StartsWith(mark))
                    {
                        found.Add(mark);
                    }
                }
            }
        }

        return found.Count;
    }
}
