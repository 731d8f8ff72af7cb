using System.Collections.Immutable;
using Paddock.Core.Identity;
using Paddock.Testing;

namespace Paddock.Store.Tests.Identity;

/// <summary>What IIdentityStore promises, on both databases.</summary>
public class IdentityStoreTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, EachEngine]
    public async Task An_empty_store_has_nobody_and_a_version(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);

        var directory = await store.Identity.LoadAsync(Cancellation);

        directory.Principals.ShouldBeEmpty();
        directory.Keys.ShouldBeEmpty();
        directory.Version.ShouldBeGreaterThan(0);
    }

    [Theory, EachEngine]
    public async Task A_principal_comes_back_as_it_was_with_its_teams_sorted(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var ada = People.User("ada") with { Teams = ["platform", "core"], Disabled = true };
        var robot = People.ServiceAccount("ci.robot");

        (await store.Identity.AddPrincipalAsync(ada, Acting.Operator, Cancellation)).ShouldBeTrue();
        (await store.Identity.AddPrincipalAsync(robot, Acting.Operator, Cancellation)).ShouldBeTrue();

        var loaded = (await store.Identity.LoadAsync(Cancellation)).Principals;
        loaded.Length.ShouldBe(2);
        loaded[0].Teams.ShouldBe(["core", "platform"]);
        (loaded[0] with { Teams = ada.Teams }).ShouldBe(ada);
        (loaded[1] with { Teams = robot.Teams }).ShouldBe(robot);
    }

    [Theory, EachEngine]
    public async Task A_name_is_taken_whatever_its_case(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        await store.Identity.AddPrincipalAsync(People.User("Ada"), Acting.Operator, Cancellation);

        var added = await store.Identity.AddPrincipalAsync(People.User("aDA") with { Teams = ["new-team"] }, Acting.Operator, Cancellation);

        added.ShouldBeFalse();
        (await store.Identity.LoadAsync(Cancellation)).Principals.ShouldHaveSingleItem().Name.ShouldBe("Ada");
    }

    [Theory, EachEngine]
    public async Task Updating_replaces_teams_and_the_disabled_flag(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var ada = People.User("ada") with { Teams = ["core"] };
        await store.Identity.AddPrincipalAsync(ada, Acting.Operator, Cancellation);

        (await store.Identity.UpdatePrincipalAsync(ada.Id, ["edge", "data"], disabled: true, Acting.Operator, Cancellation)).ShouldBeTrue();

        var loaded = (await store.Identity.LoadAsync(Cancellation)).Principals.ShouldHaveSingleItem();
        loaded.Teams.ShouldBe(["data", "edge"]);
        loaded.Disabled.ShouldBeTrue();
    }

    [Theory, EachEngine]
    public async Task Updating_someone_unknown_says_so(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);

        (await store.Identity.UpdatePrincipalAsync(People.User("ghost").Id, ImmutableArray.Create("core"), disabled: false, Acting.Operator, Cancellation)).ShouldBeFalse();
    }

    [Theory, EachEngine]
    public async Task A_key_comes_back_with_every_scope_and_time(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var ada = People.User("ada");
        await store.Identity.AddPrincipalAsync(ada, Acting.Operator, Cancellation);
        var key = People.Key(ada, "laptop") with
        {
            Scopes = new()
            {
                Models = true,
                ModelPatterns = ["gpt-5*", "claude-\"odd\",name"],
                Tools = true,
                Control = ControlRoles.Viewer | ControlRoles.Policy,
                PinnedAgent = "roo-code",
                PinnedMode = "architect",
                PinnedRepository = "git@example.com:core/engine.git",
                Environment = "prod",
            },
            ExpiresAt = StoreUnderTest.Noon.AddDays(30),
            LastUsedAt = StoreUnderTest.Noon.AddMinutes(-3),
        };

        await store.Identity.AddKeyAsync(key, Acting.Operator, Cancellation);

        var loaded = (await store.Identity.LoadAsync(Cancellation)).Find(key.Hash).ShouldNotBeNull().Key;
        loaded.Scopes.ModelPatterns.ShouldBe(key.Scopes.ModelPatterns);
        (loaded with { Scopes = loaded.Scopes with { ModelPatterns = key.Scopes.ModelPatterns } }).ShouldBe(key);
    }

    [Theory, EachEngine]
    public async Task A_key_with_no_scopes_comes_back_with_none(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var ada = People.User("ada");
        await store.Identity.AddPrincipalAsync(ada, Acting.Operator, Cancellation);
        var key = People.Key(ada, "bare");

        await store.Identity.AddKeyAsync(key, Acting.Operator, Cancellation);

        var loaded = (await store.Identity.LoadAsync(Cancellation)).Find(key.Id).ShouldNotBeNull().Key;
        (loaded with { Scopes = loaded.Scopes with { ModelPatterns = key.Scopes.ModelPatterns } }).ShouldBe(key);
    }

    [Theory, EachEngine]
    public async Task The_admin_role_is_kept_as_a_name_that_grows(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var ada = People.User("ada");
        await store.Identity.AddPrincipalAsync(ada, Acting.Operator, Cancellation);

        await store.Identity.AddKeyAsync(People.Key(ada, "root") with { Scopes = new() { Control = ControlRoles.Admin } }, Acting.Operator, Cancellation);

        (await store.QueryAsync<string>("SELECT control FROM api_keys")).ShouldBe(["admin"]);
        (await store.Identity.LoadAsync(Cancellation)).Keys[0].Scopes.Control.ShouldBe(ControlRoles.Admin);
    }

    [Theory, EachEngine]
    public async Task A_role_of_a_newer_version_grants_nothing(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var ada = People.User("ada");
        await store.Identity.AddPrincipalAsync(ada, Acting.Operator, Cancellation);
        await store.Identity.AddKeyAsync(People.Key(ada, "k"), Acting.Operator, Cancellation);

        await store.ExecuteAsync("UPDATE api_keys SET control = 'viewer,archivist,15'");

        (await store.Identity.LoadAsync(Cancellation)).Keys[0].Scopes.Control.ShouldBe(ControlRoles.Viewer);
    }

    [Theory, EachEngine]
    public async Task A_key_of_nobody_cannot_be_added(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);

        await Should.ThrowAsync<System.Data.Common.DbException>(() => store.Identity.AddKeyAsync(People.Key(People.User("ghost"), "k"), Acting.Operator, Cancellation));

        (await store.Identity.LoadAsync(Cancellation)).Keys.ShouldBeEmpty();
    }

    [Theory, EachEngine]
    public async Task Rotation_adds_the_new_key_and_ends_the_old_one_after_the_overlap(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var (ada, old) = await People.AddAsync(store, "ada");
        var replacement = People.Key(ada, "second") with { Replaces = old.Id };
        var end = StoreUnderTest.Noon.AddHours(24);

        (await store.Identity.RotateKeyAsync(replacement, end, Acting.Operator, Cancellation)).ShouldBeTrue();

        var directory = await store.Identity.LoadAsync(Cancellation);
        directory.Find(old.Id)!.Key.ExpiresAt.ShouldBe(end);
        directory.Find(replacement.Id)!.Key.Replaces.ShouldBe(old.Id);
    }

    [Theory, EachEngine]
    public async Task Rotation_never_lengthens_the_old_keys_life(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var (ada, old) = await People.AddAsync(store, "ada", key => key with { ExpiresAt = StoreUnderTest.Noon.AddHours(1) });

        await store.Identity.RotateKeyAsync(People.Key(ada, "second") with { Replaces = old.Id }, StoreUnderTest.Noon.AddHours(24), Acting.Operator, Cancellation);

        (await store.Identity.LoadAsync(Cancellation)).Find(old.Id)!.Key.ExpiresAt.ShouldBe(StoreUnderTest.Noon.AddHours(1));
    }

    [Theory, EachEngine]
    public async Task Rotating_a_revoked_or_unknown_key_changes_nothing(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var (ada, old) = await People.AddAsync(store, "ada");
        await store.Identity.RevokeKeyAsync(old.Id, StoreUnderTest.Noon, Acting.Operator, Cancellation);

        (await store.Identity.RotateKeyAsync(People.Key(ada, "a") with { Replaces = old.Id }, StoreUnderTest.Noon, Acting.Operator, Cancellation)).ShouldBeFalse();
        (await store.Identity.RotateKeyAsync(People.Key(ada, "b") with { Replaces = KeyId.Create(Guid.NewGuid()) }, StoreUnderTest.Noon, Acting.Operator, Cancellation)).ShouldBeFalse();

        var left = (await store.Identity.LoadAsync(Cancellation)).Keys.ShouldHaveSingleItem();
        left.Id.ShouldBe(old.Id);
        left.ExpiresAt.ShouldBeNull();
    }

    [Theory, EachEngine]
    public async Task A_key_is_revoked_once(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var (_, key) = await People.AddAsync(store, "ada");

        (await store.Identity.RevokeKeyAsync(key.Id, StoreUnderTest.Noon, Acting.Operator, Cancellation)).ShouldBeTrue();
        (await store.Identity.RevokeKeyAsync(key.Id, StoreUnderTest.Noon.AddDays(1), Acting.Operator, Cancellation)).ShouldBeFalse();
        (await store.Identity.RevokeKeyAsync(KeyId.Create(Guid.NewGuid()), StoreUnderTest.Noon, Acting.Operator, Cancellation)).ShouldBeFalse();

        (await store.Identity.LoadAsync(Cancellation)).Keys[0].RevokedAt.ShouldBe(StoreUnderTest.Noon);
    }

    [Theory, EachEngine]
    public async Task The_latest_use_stays_whatever_order_uses_are_written_in(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var (_, key) = await People.AddAsync(store, "ada");
        var late = StoreUnderTest.Noon.AddMinutes(5);

        await store.Identity.SetLastUsedAsync(new Dictionary<KeyId, DateTimeOffset> { [key.Id] = late }, Cancellation);
        await store.Identity.SetLastUsedAsync(new Dictionary<KeyId, DateTimeOffset> { [key.Id] = late.AddMinutes(-2), [KeyId.Create(Guid.NewGuid())] = late }, Cancellation);

        (await store.Identity.LoadAsync(Cancellation)).Keys[0].LastUsedAt.ShouldBe(late);
    }

    [Theory, EachEngine]
    public async Task Every_write_raises_the_version(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var versions = new List<long> { (await store.Identity.LoadAsync(Cancellation)).Version };
        async Task Note() => versions.Add((await store.Identity.LoadAsync(Cancellation)).Version);

        var (ada, key) = await People.AddAsync(store, "ada");
        await Note();
        await store.Identity.UpdatePrincipalAsync(ada.Id, ["t"], disabled: false, Acting.Operator, Cancellation);
        await Note();
        await store.Identity.RotateKeyAsync(People.Key(ada, "b") with { Replaces = key.Id }, StoreUnderTest.Noon, Acting.Operator, Cancellation);
        await Note();
        await store.Identity.RevokeKeyAsync(key.Id, StoreUnderTest.Noon, Acting.Operator, Cancellation);
        await Note();
        await store.Identity.SetLastUsedAsync(new Dictionary<KeyId, DateTimeOffset> { [key.Id] = StoreUnderTest.Noon }, Cancellation);
        await Note();

        versions.ShouldBeInOrder(SortDirection.Ascending);
        versions.Distinct().Count().ShouldBe(versions.Count);
    }

    [Theory, EachEngine]
    public async Task Everything_is_still_there_after_a_restart(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var (ada, key) = await People.AddAsync(store, "ada");
        await store.StopAsync();

        await using var next = await store.AnotherAsync();

        var caller = next.Live.Current.Find(key.Hash).ShouldNotBeNull();
        caller.Principal.Id.ShouldBe(ada.Id);
    }

    [Theory, EachEngine]
    public async Task Concurrent_changes_all_happen(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);

        await Task.WhenAll(Enumerable.Range(0, 24).Select(i => People.AddAsync(store, $"user{i}")));

        var directory = await store.Identity.LoadAsync(Cancellation);
        directory.Principals.Length.ShouldBe(24);
        directory.Keys.Length.ShouldBe(24);
        store.Live.Current.Version.ShouldBe(directory.Version);
    }
}
