using System.Text;
using Paddock.Control.Identity;
using Paddock.Core.Audit;
using Paddock.Core.Identity;
using Paddock.Core.Policies;
using static Paddock.Control.Tests.ControlUnderTest;

namespace Paddock.Control.Tests.Identity;

/// <summary>A person's own keys: no more power than the person has without them, for 90 days at most.</summary>
public class OwnKeyTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_own_key_is_for_models_and_never_has_control_roles(bool tools)
    {
        await using var control = await StartAsync();
        var ada = await control.SignedInAsync();
        await control.Get<ChangeUser>().RunAsync(Admin, "ada", new() { Roles = ["admin"] }, Cancellation);

        var made = (await control.Get<CreateOwnKey>().RunAsync(ada, new() { Name = "laptop", Tools = tools, Days = 90 }, Cancellation)).ShouldBeDone();

        var caller = control.Present(made.Token).ShouldBeOfType<KeyOutcome.Known>().Caller;
        caller.Key.Scopes.ShouldBe(new KeyScopes { Models = true, Tools = tools, ModelPatterns = caller.Key.Scopes.ModelPatterns });
        caller.Key.Scopes.ModelPatterns.ShouldBeEmpty();
        caller.Key.ExpiresAt.ShouldBe(Noon.AddDays(90));
        caller.Principal.Name.ShouldBe("ada");
    }

    [Theory]
    [InlineData("", 30, "name")]
    [InlineData("two\nlines", 30, "name")]
    [InlineData("laptop", 0, "days")]
    [InlineData("laptop", -1, "days")]
    [InlineData("laptop", 91, "days")]
    [InlineData("laptop", int.MaxValue, "days")]
    public async Task What_it_may_not_be_is_refused(string name, int days, string field)
    {
        await using var control = await StartAsync();

        (await control.Get<CreateOwnKey>().RunAsync(await control.SignedInAsync(), new() { Name = name, Days = days }, Cancellation)).ShouldBeInvalid(field);
    }

    [Fact]
    public async Task Nobody_has_more_than_twenty_that_work()
    {
        await using var control = await StartAsync();
        var ada = await control.SignedInAsync();
        var last = "";
        for (var i = 0; i < CreateOwnKey.MostLive; i++)
        {
            last = (await control.Get<CreateOwnKey>().RunAsync(ada, new() { Name = "k" }, Cancellation)).ShouldBeDone().Key.Id;
        }

        (await control.Get<CreateOwnKey>().RunAsync(ada, new() { Name = "k" }, Cancellation)).ShouldBeConflict();
        (await control.Get<CreateOwnKey>().RunAsync(await control.SignedInAsync("bob"), new() { Name = "k" }, Cancellation)).ShouldBeDone();
        await control.Get<RevokeOwnKey>().RunAsync(ada, last, Cancellation);
        (await control.Get<CreateOwnKey>().RunAsync(ada, new() { Name = "k" }, Cancellation)).ShouldBeDone();
    }

    [Fact]
    public async Task Of_many_that_are_made_at_once_there_are_no_more_than_twenty_and_of_many_replacements_one()
    {
        await using var control = await StartAsync();
        var ada = await control.SignedInAsync();
        var first = (await control.Get<CreateOwnKey>().RunAsync(ada, new() { Name = "k" }, Cancellation)).ShouldBeDone().Key.Id;

        var replaced = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => control.Get<RotateOwnKey>().RunAsync(ada, first, Cancellation), Cancellation)));
        var made = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => control.Get<CreateOwnKey>().RunAsync(ada, new() { Name = "k" }, Cancellation), Cancellation)));

        replaced.OfType<Outcome<NewKey>.Done>().ShouldHaveSingleItem();
        made.OfType<Outcome<NewKey>.Done>().Count().ShouldBe(CreateOwnKey.MostLive - 2);
        control.Get<IIdentities>().Current.Keys.Count(static key => !key.IsSession).ShouldBe(CreateOwnKey.MostLive);
    }

    [Fact]
    public async Task After_it_is_replaced_both_work_for_a_day()
    {
        await using var control = await StartAsync();
        var ada = await control.SignedInAsync();
        var old = (await control.Get<CreateOwnKey>().RunAsync(ada, new() { Name = "laptop", Tools = true, Days = 7 }, Cancellation)).ShouldBeDone();

        var made = (await control.Get<RotateOwnKey>().RunAsync(ada, old.Key.Id, Cancellation)).ShouldBeDone();

        (made.Key.Replaces, made.Key.Tools, made.Key.ExpiresAt).ShouldBe((old.Key.Id, true, Noon.AddDays(7)));
        control.Present(old.Token).ShouldBeOfType<KeyOutcome.Known>();
        control.Time.Advance(TimeSpan.FromDays(1));
        control.Present(old.Token).ShouldBeOfType<KeyOutcome.Refused>().Reason.ShouldBe(RefusalReason.KeyExpired);
        control.Present(made.Token).ShouldBeOfType<KeyOutcome.Known>();
        (await control.Get<RotateOwnKey>().RunAsync(ada, old.Key.Id, Cancellation)).ShouldBeConflict();
    }

    [Fact]
    public async Task A_key_that_somebody_else_made_is_replaced_with_its_limits_and_an_end()
    {
        await using var control = await StartAsync();
        var ada = await control.SignedInAsync();
        var given = (await control.Get<CreateKey>().RunAsync(Admin, new() { Name = "ci", User = "ada", Agent = "codex", ModelPatterns = ["gpt-*"] }, Cancellation)).ShouldBeDone();

        var made = (await control.Get<RotateOwnKey>().RunAsync(ada, given.Key.Id, Cancellation)).ShouldBeDone();

        (made.Key.Agent, made.Key.ModelPatterns.Single(), made.Key.ExpiresAt).ShouldBe(("codex", "gpt-*", Noon.AddDays(90)));
    }

    [Fact]
    public async Task One_that_is_replaced_gives_no_more_time_and_is_replaced_once()
    {
        await using var control = await StartAsync();
        var ada = await control.SignedInAsync();
        var given = (await control.Get<CreateKey>().RunAsync(Admin, new() { Name = "an hour", User = "ada", ExpiresInSeconds = 3600 }, Cancellation)).ShouldBeDone();
        control.Time.Advance(TimeSpan.FromMinutes(50));

        var made = (await control.Get<RotateOwnKey>().RunAsync(ada, given.Key.Id, Cancellation)).ShouldBeDone();

        made.Key.ExpiresAt.ShouldBe(Noon.AddHours(1));
        (await control.Get<RotateOwnKey>().RunAsync(ada, given.Key.Id, Cancellation)).ShouldBeConflict();
        (await control.Get<RotateOwnKey>().RunAsync(ada, made.Key.Id, Cancellation)).ShouldBeDone().Key.ExpiresAt.ShouldBe(Noon.AddHours(1));
    }

    [Fact]
    public async Task Replacing_makes_no_more_than_twenty_that_work()
    {
        await using var control = await StartAsync();
        var ada = await control.SignedInAsync();
        var last = (await control.Get<CreateOwnKey>().RunAsync(ada, new() { Name = "k" }, Cancellation)).ShouldBeDone().Key.Id;
        for (var i = 1; i < CreateOwnKey.MostLive; i++)
        {
            last = (await control.Get<RotateOwnKey>().RunAsync(ada, last, Cancellation)).ShouldBeDone().Key.Id;
        }

        (await control.Get<RotateOwnKey>().RunAsync(ada, last, Cancellation)).ShouldBeConflict();
    }

    [Theory]
    [InlineData(7, 8, "days")]
    [InlineData(0, 1, null)]
    public async Task An_operator_says_how_long_they_last_and_whether_there_are_any(int most, int days, string? field)
    {
        await using var control = await StartAsync(new() { OwnKeys = TimeSpan.FromDays(most) });
        var ada = await control.SignedInAsync();

        var outcome = await control.Get<CreateOwnKey>().RunAsync(ada, new() { Name = "k", Days = days }, Cancellation);

        _ = field is null ? outcome.ShouldBeOfType<Outcome<NewKey>.NotAllowed>().Message : outcome.ShouldBeOfType<Outcome<NewKey>.Invalid>().Field;
    }

    [Fact]
    public async Task A_key_with_control_roles_is_not_replaced_by_its_owner_but_revoked()
    {
        await using var control = await StartAsync();
        var ada = await control.SignedInAsync();
        var given = await control.KeyAsync("votes", "ada", "approver");

        (await control.Get<RotateOwnKey>().RunAsync(ada, given.Key.Id, Cancellation)).ShouldBeNotAllowed("control roles");
        (await control.Get<RevokeOwnKey>().RunAsync(ada, given.Key.Id, Cancellation)).ShouldBeDone().RevokedAt.ShouldBe(Noon);

        control.Present(given.Token).ShouldBeOfType<KeyOutcome.Refused>().Reason.ShouldBe(RefusalReason.KeyRevoked);
        (await control.Get<RevokeOwnKey>().RunAsync(ada, given.Key.Id, Cancellation)).ShouldBeConflict();
    }

    [Fact]
    public async Task Keys_of_others_and_sessions_are_none_of_ones_own_keys()
    {
        await using var control = await StartAsync();
        var (ada, bob) = (await control.SignedInAsync(), await control.SignedInAsync("bob"));
        var his = (await control.Get<CreateOwnKey>().RunAsync(bob, new() { Name = "his" }, Cancellation)).ShouldBeDone();

        foreach (var id in new[] { his.Key.Id, his.Key.Prefix, "his", ada.Key.ToString() ?? "", "" })
        {
            (await control.Get<RotateOwnKey>().RunAsync(ada, id, Cancellation)).ShouldBeMissing();
            (await control.Get<RevokeOwnKey>().RunAsync(ada, id, Cancellation)).ShouldBeMissing();
        }

        control.Present(his.Token).ShouldBeOfType<KeyOutcome.Known>();
    }

    [Fact]
    public async Task The_audit_log_says_who_made_replaced_and_revoked_them_and_by_which_session()
    {
        await using var control = await StartAsync();
        var ada = await control.SignedInAsync();
        var key = (await control.Get<CreateOwnKey>().RunAsync(ada, new() { Name = "laptop" }, Cancellation)).ShouldBeDone();
        await control.Get<RotateOwnKey>().RunAsync(ada, key.Key.Id, Cancellation);
        await control.Get<RevokeOwnKey>().RunAsync(ada, key.Key.Id, Cancellation);

        var entries = (await control.Get<IEntryReader>().ListAsync(new(), Cancellation)).Entries.Where(entry => entry.Act.StartsWith("key.", StringComparison.Ordinal)).ToList();

        entries.Select(entry => entry.Act).Order().ShouldBe(["key.created", "key.revoked", "key.rotated"]);
        foreach (var text in entries.Select(entry => Encoding.UTF8.GetString(entry.Bytes.Span)))
        {
            text.ShouldContain(ada.Id);
            text.ShouldContain(ada.Key.ToString() ?? "none");
        }
    }
}
