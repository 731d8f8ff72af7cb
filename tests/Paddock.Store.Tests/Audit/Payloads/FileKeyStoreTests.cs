using Paddock.Core.Audit.Payloads;
using Paddock.Store.Audit.Payloads;

namespace Paddock.Store.Tests.Audit.Payloads;

public sealed class FileKeyStoreTests : IDisposable
{
    private static readonly DateTimeOffset november = new(2026, 11, 23, 16, 0, 0, TimeSpan.Zero);
    private static readonly byte[] salt = new byte[32], nonce = new byte[12];

    private readonly string data = Directory.CreateTempSubdirectory("paddock-keys-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string KeyDirectory => Path.Combine(data, "keys", "data");

    [Fact]
    public async Task A_class_has_one_key_a_month_also_after_a_restart()
    {
        using var store = Store();
        var first = await store.CurrentAsync("names", november, Cancellation);

        (await store.CurrentAsync("names", november.AddDays(5), Cancellation)).ShouldBeSameAs(first);
        (await store.CurrentAsync("names", november.AddMonths(1), Cancellation)).Id.ShouldNotBe(first.Id);
        (await store.CurrentAsync("content", november, Cancellation)).Id.ShouldNotBe(first.Id);
        using var next = Store();
        var again = await next.CurrentAsync("names", november, Cancellation);
        again.Id.ShouldBe(first.Id);
        again.Hash("x", salt).ShouldBe(first.Hash("x", salt));
        (await next.ListAsync(Cancellation)).Length.ShouldBe(3);
    }

    [Fact]
    public async Task A_known_key_is_there_at_once()
    {
        using var store = Store();
        await store.CurrentAsync("names", november, Cancellation);

        var asked = store.CurrentAsync("names", november, Cancellation).AsTask();

        asked.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task Asked_by_many_at_once_it_makes_one_key()
    {
        using var store = Store();

        var keys = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => store.CurrentAsync("names", november, Cancellation).AsTask()));

        keys.Distinct().ShouldHaveSingleItem();
        Directory.GetFiles(KeyDirectory).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_one_process_has_sealed_another_one_opens_whoever_came_first()
    {
        using var one = Store();
        using var other = Store();
        var keys = await Task.WhenAll(one.CurrentAsync("content", november, Cancellation).AsTask(), other.CurrentAsync("content", november, Cancellation).AsTask());

        foreach (var (store, key) in new[] { (one, keys[1]), (other, keys[0]) })
        {
            var found = (await store.FindAsync(key.Id, Cancellation)).ShouldBeOfType<KeyLookup.Found>().Key;
            found.Open(salt, nonce, key.Seal(salt, nonce, "text"u8, "here"u8), "here"u8).ShouldBe("text"u8.ToArray());
        }
    }

    [Fact]
    public async Task A_destroyed_key_is_gone_for_every_process_and_a_new_one_takes_its_place()
    {
        using var one = Store();
        using var other = Store();
        var key = await one.CurrentAsync("content", november, Cancellation);
        await other.CurrentAsync("content", november, Cancellation);

        (await one.DestroyAsync(key.Id, Cancellation)).ShouldBeTrue();
        (await one.DestroyAsync(key.Id, Cancellation)).ShouldBeFalse();
        await other.LookAsync(Cancellation);

        (await one.FindAsync(key.Id, Cancellation)).ShouldBeOfType<KeyLookup.Destroyed>();
        (await other.FindAsync(key.Id, Cancellation)).ShouldBeOfType<KeyLookup.Destroyed>();
        var next = await other.CurrentAsync("content", november, Cancellation);
        next.Id.ShouldNotBe(key.Id);
        (await one.CurrentAsync("content", november, Cancellation)).Id.ShouldBe(next.Id);
        (await one.ListAsync(Cancellation)).ShouldBe([new(key.Id, true), new(next.Id, false)], ignoreOrder: true);
    }

    [Fact]
    public async Task A_destroyed_keys_file_that_comes_back_is_destroyed_again()
    {
        using var store = Store();
        var key = await store.CurrentAsync("content", november, Cancellation);
        var file = Path.Combine(KeyDirectory, key.Id + ".key");
        var copy = await File.ReadAllBytesAsync(file, Cancellation);
        await store.DestroyAsync(key.Id, Cancellation);

        await File.WriteAllBytesAsync(file, copy, Cancellation);
        using var next = Store();

        (await next.FindAsync(key.Id, Cancellation)).ShouldBeOfType<KeyLookup.Destroyed>();
        await next.LookAsync(Cancellation);
        File.Exists(file).ShouldBeFalse();
    }

    [Fact]
    public async Task A_key_that_is_elsewhere_is_missing_and_can_be_destroyed_beforehand()
    {
        using var store = Store();
        var id = DataKeyId.Create("content", november, new byte[8]);

        (await store.FindAsync(id, Cancellation)).ShouldBeOfType<KeyLookup.Missing>();
        (await store.DestroyAsync(id, Cancellation)).ShouldBeTrue();
        (await store.FindAsync(id, Cancellation)).ShouldBeOfType<KeyLookup.Destroyed>();
    }

    [Fact]
    public async Task Only_the_owner_can_read_what_lies_there_and_nothing_half_written_does()
    {
        using var store = Store();
        await store.CurrentAsync("names", november, Cancellation);

        var files = Directory.GetFiles(Path.Combine(data, "keys"), "*", SearchOption.AllDirectories);
        files.Select(Path.GetExtension).Order().ShouldBe(["", ".key"]);
        if (!OperatingSystem.IsWindows())
        {
            files.Select(File.GetUnixFileMode).ShouldAllBe(static mode => mode == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
            new DirectoryInfo(KeyDirectory).UnixFileMode.ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public async Task Without_the_master_key_there_is_no_data_key_and_no_new_master_key()
    {
        using (var store = Store())
        {
            await store.CurrentAsync("names", november, Cancellation);
        }

        File.Delete(Path.Combine(data, "keys", "master"));
        using var next = Store();

        (await Should.ThrowAsync<KeyStoreException>(() => next.CurrentAsync("names", november, Cancellation).AsTask())).Message.ShouldContain("is gone");
        File.Exists(Path.Combine(data, "keys", "master")).ShouldBeFalse();
    }

    [Fact]
    public async Task Another_master_key_is_told_from_a_damaged_file()
    {
        using var store = Store(new string('a', 64));
        var key = await store.CurrentAsync("names", november, Cancellation);
        using var other = Store(new string('b', 64));

        (await Should.ThrowAsync<KeyStoreException>(() => other.FindAsync(key.Id, Cancellation).AsTask())).Message.ShouldContain("another master key");
        File.Exists(Path.Combine(data, "keys", "master")).ShouldBeFalse("the one that was given is used");

        var file = Path.Combine(KeyDirectory, key.Id + ".key");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, Cancellation)).Replace("\"wrapped\":\"", "\"wrapped\":\"AAAA", StringComparison.Ordinal), Cancellation);
        using var again = Store(new string('a', 64));
        (await Should.ThrowAsync<KeyStoreException>(() => again.FindAsync(key.Id, Cancellation).AsTask())).Message.ShouldContain("damaged");
    }

    [Fact]
    public async Task A_wrapped_key_opens_under_its_own_id_only()
    {
        using var store = Store();
        var key = await store.CurrentAsync("names", november, Cancellation);
        var other = DataKeyId.Create("names", november, new byte[8]);
        var text = await File.ReadAllTextAsync(Path.Combine(KeyDirectory, key.Id + ".key"), Cancellation);
        await File.WriteAllTextAsync(Path.Combine(KeyDirectory, other + ".key"), text.Replace(key.Id.Value, other.Value, StringComparison.Ordinal), Cancellation);

        await Should.ThrowAsync<KeyStoreException>(() => store.FindAsync(other, Cancellation).AsTask());
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("0123456789abcdef")]
    public async Task A_master_key_that_is_none_is_refused_without_being_shown(string given)
    {
        using var store = Store(given);

        (await Should.ThrowAsync<KeyStoreException>(() => store.CurrentAsync("names", november, Cancellation).AsTask())).Message.ShouldNotContain(given);
    }

    [Fact]
    public async Task A_directory_that_cannot_be_used_is_told_as_such()
    {
        await File.WriteAllTextAsync(Path.Combine(data, "keys"), "a file where a directory should be", Cancellation);
        using var store = Store(new string('a', 64));

        await Should.ThrowAsync<KeyStoreException>(() => store.CurrentAsync("names", november, Cancellation).AsTask());
    }

    public void Dispose() => Directory.Delete(data, recursive: true);

    private FileKeyStore Store(string? master = null) => new(KeyDirectory, new MasterKey(master, Path.Combine(data, "keys", "master"), KeyDirectory));
}
