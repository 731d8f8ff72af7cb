using Paddock.Control.Identity;
using Paddock.Core.Identity;
using static Paddock.Control.Tests.ControlUnderTest;

namespace Paddock.Control.Tests.Identity;

public class CreateKeyTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_key_works_at_once_and_belongs_to_a_user_made_with_it()
    {
        await using var control = await StartAsync();

        var made = (await control.Get<CreateKey>().RunAsync(
            Admin, new() { Name = "laptop", User = "ada", Teams = ["web", "core", "web"], ModelPatterns = ["gpt-*"], Agent = "codex", ExpiresInSeconds = 60 }, Cancellation)).ShouldBeDone();

        var caller = control.Present(made.Token).ShouldBeOfType<KeyOutcome.Known>().Caller;
        caller.Principal.Name.ShouldBe("ada");
        caller.Principal.Teams.ShouldBe(["core", "web"]);
        caller.Key.Scopes.Models.ShouldBeTrue();
        caller.Key.Scopes.Control.ShouldBe(ControlRoles.None);
        caller.Key.Scopes.ModelPatterns.ShouldBe(["gpt-*"]);
        caller.Key.Scopes.PinnedAgent.ShouldBe("codex");
        made.Key.Prefix.ShouldBe(made.Token[..11]);
        made.Key.ExpiresAt.ShouldBe(Noon.AddMinutes(1));
    }

    [Fact]
    public async Task Lists_that_are_null_are_empty()
    {
        await using var control = await StartAsync();

        var made = await control.Get<CreateKey>().RunAsync(Admin, new() { Name = "k", User = "ada", Teams = null, ModelPatterns = null, Control = null }, Cancellation);

        made.ShouldBeDone().Key.ModelPatterns.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_expired_key_is_refused()
    {
        await using var control = await StartAsync();
        var made = (await control.Get<CreateKey>().RunAsync(Admin, new() { Name = "k", User = "ada", ExpiresInSeconds = 60 }, Cancellation)).ShouldBeDone();

        control.Time.Advance(TimeSpan.FromSeconds(60));

        control.Present(made.Token).ShouldBeOfType<KeyOutcome.Refused>();
    }

    [Fact]
    public async Task A_key_with_control_roles_calls_no_models_unless_that_is_said()
    {
        await using var control = await StartAsync();

        var roles = await control.KeyAsync("ops", "ada", "viewer", "policy");
        var both = (await control.Get<CreateKey>().RunAsync(Admin, new() { Name = "both", User = "ada", Control = ["viewer"], Models = true }, Cancellation)).ShouldBeDone();

        roles.Key.Models.ShouldBeFalse();
        roles.Key.Control.ShouldBe(["viewer", "policy"]);
        both.Key.Models.ShouldBeTrue();
    }

    [Fact]
    public async Task Nobody_gives_away_more_than_they_have()
    {
        await using var control = await StartAsync();
        var personnel = new Actor("usr_x", ControlRoles.Identity);

        (await control.Get<CreateKey>().RunAsync(personnel, new() { Name = "k", User = "ada", Control = ["admin"] }, Cancellation)).ShouldBeForbidden(ControlRoles.Admin);
        (await control.Get<CreateKey>().RunAsync(personnel, new() { Name = "k", User = "ada", Control = ["viewer"] }, Cancellation)).ShouldBeForbidden(ControlRoles.Viewer);
        (await control.Get<CreateKey>().RunAsync(personnel, new() { Name = "k", User = "ada", Control = ["identity"] }, Cancellation)).ShouldBeDone();
    }

    [Fact]
    public async Task A_name_belongs_to_a_person_or_to_a_service_account_not_to_both()
    {
        await using var control = await StartAsync();
        await control.KeyAsync(user: "ada");

        (await control.Get<CreateKey>().RunAsync(Admin, new() { Name = "k", User = "ADA", Service = true }, Cancellation)).ShouldBeConflict();
        (await control.Get<CreateKey>().RunAsync(Admin, new() { Name = "k", User = "ADA" }, Cancellation)).ShouldBeDone().Key.User.ShouldBe("ada");
    }

    public static TheoryData<string, CreateKeyInput> Wrong => new()
    {
        { "name", new() { Name = "", User = "ada" } },
        { "name", new() { Name = "two\nlines", User = "ada" } },
        { "name", new() { Name = new('x', 101), User = "ada" } },
        { "user", new() { Name = "k", User = "usr_00000000000000000000000000000001" } },
        { "user", new() { Name = "k", User = "ada lovelace" } },
        { "user", new() { Name = "k", User = "ada\n" } },
        { "user", new() { Name = "k", User = ".ada" } },
        { "teams", new() { Name = "k", User = "ada", Teams = ["web", "a team"] } },
        { "control", new() { Name = "k", User = "ada", Control = ["root"] } },
        { "control", new() { Name = "k", User = "ada", Control = ["15"] } },
        { "modelPatterns", new() { Name = "k", User = "ada", ModelPatterns = ["gpt-*-mini"] } },
        { "modelPatterns", new() { Name = "k", User = "ada", ModelPatterns = [""] } },
        { "agent", new() { Name = "k", User = "ada", Agent = "" } },
        { "mode", new() { Name = "k", User = "ada", Mode = "a\u0007" } },
        { "repository", new() { Name = "k", User = "ada", Repository = new('r', 201) } },
        { "environment", new() { Name = "k", User = "ada", Environment = " prod" } },
        { "expiresInSeconds", new() { Name = "k", User = "ada", ExpiresInSeconds = 0 } },
        { "expiresInSeconds", new() { Name = "k", User = "ada", ExpiresInSeconds = long.MaxValue } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_is_wrong_is_named_and_nothing_is_made(string field, CreateKeyInput input)
    {
        await using var control = await StartAsync();

        (await control.Get<CreateKey>().RunAsync(Admin, input, Cancellation)).ShouldBeInvalid(field);

        var directory = await control.Get<IIdentityStore>().LoadAsync(Cancellation);
        directory.Keys.ShouldBeEmpty();
        directory.Principals.ShouldBeEmpty();
    }
}
