using Paddock.Core.Audit;
using Paddock.Core.Audit.Payloads;

namespace Paddock.Store.Tests.Audit.Payloads;

/// <summary>Redaction, shredding and what stands against both; on both databases.</summary>
public sealed class PayloadErasingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, EachEngine]
    public async Task What_was_redacted_is_gone_but_for_its_hash_and_the_log_names_it(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var (one, other) = (await store.KeptAsync("one"), await store.KeptAsync("other"));

        (await store.RedactAsync(one.Id)).ShouldBe(new(1, 0));
        (await store.RedactAsync(one.Id)).ShouldBe(new(0, 0));

        (await store.ReadAsync(one.Id)).ShouldBe(new PayloadReading.Redacted(StoreUnderTest.Noon));
        (await store.TextAsync(other.Id)).ShouldBe("other");
        (await store.QueryAsync<long>(
            "SELECT COUNT(*) FROM audit_payloads WHERE redacted_at IS NOT NULL AND cls IS NULL AND task_id IS NULL AND principal_id IS NULL AND length IS NULL AND commitment IS NULL"))
            .ShouldBe([1]);
        (await store.QueryAsync<string>($"SELECT ref FROM audit_entries WHERE act = '{AuditActs.Redacted}'")).ShouldBe([one.Id.Value]);
    }

    [Theory, EachEngine]
    public async Task Nor_does_it_at_the_turn_of_the_month_whose_key_is_another(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        store.Skip(TimeSpan.FromDays(25)); // to the 29th
        var (kept, redacted) = (await store.KeptAsync("mail grete@corp.example"), await store.KeptAsync("history"));
        await store.RedactAsync(redacted.Id);

        store.Skip(TimeSpan.FromDays(4));

        (await store.KeepAsync(PayloadsUnderTest.Capture("history"))).ShouldBeOfType<PayloadMark.Unkept>().Why.ShouldBe(UnkeptReason.Redacted);
        (await store.KeptAsync("mail grete@corp.example")).Id.ShouldBe(kept.Id, "once per task");
        (await store.KeptAsync("new")).Key.Month.Month.ShouldBe(4);
    }

    [Theory, EachEngine]
    public async Task An_agent_that_sends_its_history_does_not_bring_back_what_was_redacted_this_week(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var kept = await store.KeptAsync("history");
        await store.RedactAsync(kept.Id);

        (await store.KeepAsync(PayloadsUnderTest.Capture("history"))).ShouldBeOfType<PayloadMark.Unkept>().Why.ShouldBe(UnkeptReason.Redacted);

        store.Skip(TimeSpan.FromDays(7) + TimeSpan.FromMinutes(1));
        await store.LookAsync();
        (await store.QueryAsync<long>("SELECT COUNT(*) FROM audit_payloads")).ShouldBe([0]);
        (await store.KeptAsync("history")).Id.ShouldNotBe(kept.Id);
    }

    [Theory, EachEngine]
    public async Task A_large_selection_is_redacted_in_parts_each_with_its_entry(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        for (var i = 0; i < 501; i++)
        {
            await store.KeptAsync($"message {i}");
        }

        (await store.Get<IPayloads>().CountAsync(new() { Task = "tsk_1" }, Cancellation)).ShouldBe(new(501, 0));
        (await store.RedactAsync(new PayloadSelection { Task = "tsk_1" })).ShouldBe(new(501, 0));
        (await store.ActsAsync()).ShouldBe([AuditActs.Redacted, AuditActs.Redacted]);
        await Should.ThrowAsync<ArgumentException>(() => store.RedactAsync(new PayloadSelection()));
    }

    [Theory, EachEngine]
    public async Task A_legal_hold_stands_against_both_until_it_ends(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var kept = await store.KeptAsync("held");
        var free = await store.KeptAsync("free", task: "tsk_2", cls: "other", principal: "usr_2");
        foreach (var scope in new[] { HoldScope.Everything, HoldScope.OfTask("tsk_1"), HoldScope.OfPrincipal("usr_1"), HoldScope.OfClass("content") })
        {
            var hold = await store.HoldAsync(scope);

            (await store.RedactAsync(kept.Id)).ShouldBe(new(0, 1), scope.ToString());
            (await store.ShredAsync(kept.Key)).ShouldBe(Shredding.Held, scope.ToString());
            (await store.Get<IPayloads>().FindAsync(kept.Id, Cancellation)).ShouldNotBeNull().IsHeld.ShouldBeTrue();
            (await store.Get<IPayloads>().FindAsync(free.Id, Cancellation)).ShouldNotBeNull().IsHeld.ShouldBe(scope == HoldScope.Everything);

            var ended = (await store.Get<IPayloads>().EndHoldAsync(hold.Id, PayloadsUnderTest.Officer, "closed", Cancellation)).ShouldNotBeNull();
            ended.ShouldBe(hold with { EndedAt = StoreUnderTest.Noon, EndedBy = "usr_officer", EndReason = "closed" });
            (await store.Get<IPayloads>().EndHoldAsync(hold.Id, PayloadsUnderTest.Officer, "closed", Cancellation)).ShouldBeNull();
        }

        (await store.RedactAsync(new PayloadSelection { KeptBefore = StoreUnderTest.Noon.AddDays(1) })).ShouldBe(new(2, 0));
        (await store.Get<IPayloads>().ListHoldsAsync(Cancellation)).Length.ShouldBe(4);
        (await store.ActsAsync()).ShouldBe([.. Enumerable.Repeat(AuditActs.Held, 4), .. Enumerable.Repeat(AuditActs.HoldEnded, 4), AuditActs.Redacted]);
    }

    [Theory, EachEngine]
    public async Task Who_shreds_a_key_takes_all_that_it_seals_and_the_next_content_has_another(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var (kept, other) = (await store.KeptAsync("secret"), await store.KeptAsync("other", cls: "other"));

        (await store.ShredAsync(kept.Key)).ShouldBe(Shredding.Done);
        (await store.ShredAsync(kept.Key)).ShouldBe(Shredding.DoneBefore);

        (await store.Get<IKeyStore>().FindAsync(kept.Key, Cancellation)).ShouldBeOfType<KeyLookup.Destroyed>();
        (await store.ReadAsync(kept.Id)).ShouldBeOfType<PayloadReading.Missing>();
        (await store.TextAsync(other.Id)).ShouldBe("other");
        (await store.KeptAsync("secret")).Key.ShouldNotBe(kept.Key);
        (await store.QueryAsync<string>($"SELECT ref FROM audit_entries WHERE act = '{AuditActs.Shredded}'")).ShouldBe([kept.Key.Value]);
    }

    [Theory, EachEngine]
    public async Task What_a_crash_left_of_a_shredding_is_ended_by_the_next_look(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var kept = await store.KeptAsync("secret");
        await store.ExecuteAsync($"INSERT INTO audit_shredded (key_id, shredded_at, shredded_by) VALUES ('{kept.Key}', 1, 'usr_1')");

        await store.LookAsync();

        (await store.Get<IKeyStore>().FindAsync(kept.Key, Cancellation)).ShouldBeOfType<KeyLookup.Destroyed>();
        (await store.QueryAsync<long>("SELECT COUNT(*) FROM audit_payloads")).ShouldBe([0]);
    }

    [Fact]
    public async Task A_replica_with_a_copy_of_the_keys_destroys_its_own_and_seals_nothing_by_it_meanwhile()
    {
        await using var store = await StoreUnderTest.StartAsync(Engine.Postgres);
        var kept = await store.KeptAsync("secret");
        var directory = CopyKeys(store);
        await using var other = await store.AnotherAsync(options => options with { DataDirectory = directory });
        (await other.TextAsync(kept.Id)).ShouldBe("secret");
        (await other.KeptAsync("secret")).Id.ShouldBe(kept.Id);

        (await store.ShredAsync(kept.Key)).ShouldBe(Shredding.Done);
        (await other.KeptAsync("more")).Key.ShouldNotBe(kept.Key);
        await other.LookAsync();

        (await other.Get<IKeyStore>().FindAsync(kept.Key, Cancellation)).ShouldBeOfType<KeyLookup.Destroyed>();
        Directory.EnumerateFiles(directory, kept.Key + ".key", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Theory, EachEngine]
    public async Task A_backup_has_holds_and_shredded_keys_and_no_content(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        await store.KeptAsync("content");
        var hold = await store.HoldAsync(HoldScope.OfTask("tsk_9"));
        await store.ShredAsync((await store.KeptAsync("other", cls: "other")).Key);
        var file = Path.Combine(store.Options.DataDirectory, "backup");
        await store.Maintenance.BackupAsync(file, Cancellation);
        await using var next = await StoreUnderTest.BuildAsync(engine);

        await next.Maintenance.RestoreAsync(file, replaces: false, Cancellation);
        await next.Maintenance.StartAsync(Cancellation);

        (await next.Get<IPayloads>().ListHoldsAsync(Cancellation)).ShouldHaveSingleItem().ShouldBe(hold);
        (await next.QueryAsync<long>("SELECT COUNT(*) FROM audit_shredded")).ShouldBe([1]);
        (await next.QueryAsync<long>("SELECT COUNT(*) FROM audit_payloads")).ShouldBe([0]);
        await next.KeptAsync("content");
    }

    private static string CopyKeys(StoreUnderTest store)
    {
        var directory = Directory.CreateTempSubdirectory("paddock-store-").FullName;
        var keys = Path.Combine(store.Options.DataDirectory, "keys");
        foreach (var file in Directory.EnumerateFiles(keys, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(directory, "keys", Path.GetRelativePath(keys, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return directory;
    }
}
