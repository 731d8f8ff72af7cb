using Microsoft.Extensions.DependencyInjection;
using Paddock.Core.Audit;
using Paddock.Store.Audit;
using Paddock.Store.Ledger;

namespace Paddock.Store.Tests.Audit;

/// <summary>What lies in files comes over, whatever befalls one of them, and nobody who writes waits for it.</summary>
public sealed class ShippingTests
{
    private static readonly TimeSpan second = TimeSpan.FromSeconds(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Where_the_file_is_first_no_call_waits_for_a_database_that_does_not_answer_nor_for_those_who_read_it()
    {
        var slow = new SlowDatabase { Waits = true };
        await using var store = await StoreUnderTest.StartAsync(Engine.Sqlite, wire: services => { new FaultyDevices().On(Engine.Sqlite)(services); slow.Wrap(services); });
        await store.Get<IAuditLog>().AppendAsync(Happened("dec_1"), Cancellation);
        await slow.Reached;
        store.Time.Advance(second); // it is away then
        await UntilAsync(store, static store => !store.Get<AuditDevices>().IsDatabaseThere);
        var readers = Enumerable.Range(0, 5).Select(_ => store.Get<IEntryReader>().ListAsync(new() { Limit = 1 }, Cancellation)).ToList();

        store.Time.Advance(second); // a look comes before the call
        await store.Get<IAuditLog>().AppendAsync(Happened("dec_2"), Cancellation).WaitAsync(TimeSpan.FromSeconds(10), Cancellation);

        slow.Answer();
        await Task.WhenAll(readers);
    }

    [Theory, EachEngine]
    public async Task That_the_glass_was_broken_comes_into_the_database_without_another_entry(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine, wire: new FaultyDevices().On(engine));

        (await store.Get<IBreakGlass>().OpenAsync(AuditActor.Of("usr_1", "key_1"), "A release must go out", TimeSpan.FromMinutes(30), Cancellation)).ShouldBeTrue();

        await UntilAsync(store, static store => !store.Get<EntryReserve>().HasEntries);
        (await store.QueryAsync<string>($"SELECT act FROM audit_entries WHERE act = '{AuditActs.BreakGlass}'")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_or_given_up_keeps_no_later_one_from_the_database_and_comes_over_once_it_can()
    {
        var bad = new BadFiles();
        Leave(bad.Files, "dec_0");
        bad.IsBad = true;
        await using var store = await StoreUnderTest.StartAsync(Engine.Sqlite, wire: services => services.AddSingleton(new EntrySpool(bad, 1 << 20)));

        await store.Get<IAuditLog>().AppendAsync(Happened("dec_1"), Cancellation);
        await store.Get<AuditWriter>().FlushAsync(Cancellation);
        await store.Get<IAuditLog>().AppendAsync(Happened("dec_2"), Cancellation);
        await store.Get<AuditWriter>().FlushAsync(Cancellation);
        (await RefsAsync(store)).ShouldBe(["dec_1", "dec_2"]);

        bad.IsBad = false;
        await UntilAsync(store, static store => store.Get<EntrySpool>().Bytes == 0);
        (await RefsAsync(store)).ShouldBe(["dec_0", "dec_1", "dec_2"]);
    }

    [Fact]
    public async Task While_the_database_is_away_rounds_leave_no_files_behind()
    {
        var devices = new FaultyDevices();
        await using var store = await StoreUnderTest.StartAsync(Engine.Sqlite, wire: devices.On(Engine.Sqlite));
        devices.DatabaseAway = true;

        for (var i = 0; i < 20; i++)
        {
            await store.Get<IAuditLog>().AppendAsync(Happened($"dec_{i}"), Cancellation);
            await store.Get<AuditWriter>().FlushAsync(Cancellation);
        }

        devices.Segments().Count.ShouldBeLessThanOrEqualTo(3);
    }

    [Fact]
    public async Task A_backup_has_the_intents_of_the_decisions_that_it_has()
    {
        var devices = new FaultyDevices();
        await using var store = await StoreUnderTest.StartAsync(Engine.Sqlite, wire: devices.On(Engine.Sqlite));
        devices.DatabaseAway = true;
        await store.Get<IAuditLog>().AppendAsync(Happened("dec_1"), Cancellation); // it rests in the file
        await store.Get<AuditWriter>().FlushAsync(Cancellation);
        devices.DatabaseAway = false;

        await store.Maintenance.BackupAsync(Path.Combine(store.Options.DataDirectory, "now.paddock"), Cancellation);

        (await RefsAsync(store)).ShouldBe(["dec_1"]);
    }

    [Fact]
    public async Task What_lies_in_the_file_is_known_to_wait_and_is_no_gap_between_two_accounts()
    {
        var devices = new FaultyDevices();
        await using var store = await StoreUnderTest.StartAsync(Engine.Sqlite, wire: devices.On(Engine.Sqlite));
        await store.Get<AuditWriter>().AppendAsync(Happened("dec_0000"), Cancellation); // the log begins before all else
        await store.Get<AuditWriter>().FlushAsync(Cancellation);
        store.Decisions.TryAppend(Policies.Judged.Call(1)).ShouldBeTrue();
        await store.Decisions.FlushAsync(Cancellation);
        devices.DatabaseAway = true;
        await store.Get<AuditWriter>().AppendAsync(Happened("dec_0001"), Cancellation);

        (await store.Get<IEntryReader>().OldestWaitingAsync(Cancellation)).ShouldBe(StoreUnderTest.Noon);
        var found = await store.Get<IReconciliation>().RunAsync(StoreUnderTest.Noon.AddHours(-1), StoreUnderTest.Noon.AddHours(1), Cancellation);
        found.SelectMany(static pair => pair.Examples).ShouldBeEmpty();
    }

    private static AuditEvent Happened(string about) => new() { Act = AuditActs.ToolIntent, Actor = AuditActor.Of("system:test"), Ref = about };

    private static Task<List<string>> RefsAsync(StoreUnderTest store) => store.QueryAsync<string>("SELECT ref FROM audit_entries WHERE ref IS NOT NULL ORDER BY ref");

    private static void Leave(JournalFiles files, string about)
    {
        using var earlier = new EntrySpool(files, 1 << 20);
        earlier.Append([new(Guid.CreateVersion7(), StoreUnderTest.Noon, AuditActs.ToolIntent, about, new byte[20])]);
    }

    private static async Task UntilAsync(StoreUnderTest store, Func<StoreUnderTest, bool> isSo)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        while (!isSo(store))
        {
            store.Time.Advance(TimeSpan.FromMilliseconds(250));
            await store.QueryAsync<long>("SELECT 1"); // lets others run
            limit.Token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Files of which the first cannot be read, and none be removed or renamed.</summary>
    private sealed class BadFiles : IJournalFiles
    {
        public volatile bool IsBad;

        public JournalFiles Files { get; } = new(Directory.CreateTempSubdirectory("paddock-spool-").FullName);

        public IReadOnlyList<long> Segments() => Files.Segments();

        public IJournalFile Create(long segment) => Files.Create(segment);

        public IJournalFile OpenRead(long segment) => new Bad(this, segment, Files.OpenRead(segment));

        public IJournalFile OpenWrite(long segment) => Files.OpenWrite(segment);

        public void Rename(long segment, long next) => Do(() => Files.Rename(segment, next));

        public void Delete(long segment) => Do(() => Files.Delete(segment));

        public void SyncDirectory() => Files.SyncDirectory();

        private void Do(Action change)
        {
            if (IsBad)
            {
                throw new IOException("The file is in use.");
            }

            change();
        }

        private sealed class Bad(BadFiles owner, long number, IJournalFile file) : IJournalFile
        {
            public long Length => file.Length;

            public void Write(ReadOnlySpan<byte> bytes, long offset) => file.Write(bytes, offset);

            public int Read(Span<byte> bytes, long offset) => number == 1 && owner.IsBad ? throw new IOException("Input/output error") : file.Read(bytes, offset);

            public void Truncate(long length) => file.Truncate(length);

            public void Sync() => file.Sync();

            public void Dispose() => file.Dispose();
        }
    }
}
