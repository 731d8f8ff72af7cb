using Paddock.Control.Identity;
using Paddock.Core.Identity;
using Paddock.Core.Policies;
using static Paddock.Control.Tests.ControlUnderTest;

namespace Paddock.Control.Tests.Identity;

public class UserTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_user_is_made_once_and_listed_with_the_number_of_live_keys()
    {
        await using var control = await StartAsync();

        var made = (await control.Get<CreateUser>().RunAsync(Admin, new() { Name = "Ada", Teams = ["web"] }, Cancellation)).ShouldBeDone();
        var again = await control.Get<CreateUser>().RunAsync(Admin, new() { Name = "ada" }, Cancellation);
        await control.KeyAsync("a", "ada");
        await control.KeyAsync("b", "ada");
        await control.Get<RevokeKey>().RunAsync(Admin, "b", Cancellation);

        made.Kind.ShouldBe("user");
        again.ShouldBeConflict();
        var listed = (await control.Get<ListUsers>().RunAsync(Admin, Cancellation)).ShouldBeDone().Users.ShouldHaveSingleItem();
        listed.Name.ShouldBe("Ada");
        listed.LiveKeys.ShouldBe(1);
    }

    [Fact]
    public async Task A_disabled_users_keys_are_dead_until_the_user_is_enabled()
    {
        await using var control = await StartAsync();
        var key = await control.KeyAsync();

        (await control.Get<ChangeUser>().RunAsync(Admin, "ada", new() { Disabled = true }, Cancellation)).ShouldBeDone().Disabled.ShouldBeTrue();
        control.Present(key.Token).ShouldBeOfType<KeyOutcome.Refused>().Reason.ShouldBe(RefusalReason.PrincipalDisabled);

        (await control.Get<ChangeUser>().RunAsync(Admin, "ada", new() { Disabled = false }, Cancellation)).ShouldBeDone();
        control.Present(key.Token).ShouldBeOfType<KeyOutcome.Known>();
    }

    [Fact]
    public async Task New_teams_replace_the_old_ones_and_leave_the_rest()
    {
        await using var control = await StartAsync();
        await control.Get<CreateUser>().RunAsync(Admin, new() { Name = "ada", Teams = ["web"] }, Cancellation);
        await control.Get<ChangeUser>().RunAsync(Admin, "ada", new() { Disabled = true }, Cancellation);

        var changed = (await control.Get<ChangeUser>().RunAsync(Admin, "ada", new() { Teams = ["ops", "core"] }, Cancellation)).ShouldBeDone();

        changed.Teams.ShouldBe(["core", "ops"]);
        changed.Disabled.ShouldBeTrue();
    }

    [Fact]
    public async Task A_change_upon_what_is_no_longer_so_is_refused_whole()
    {
        await using var control = await StartAsync();
        await control.Get<CreateUser>().RunAsync(Admin, new() { Name = "ada", Teams = ["web"] }, Cancellation);
        await control.Get<ChangeUser>().RunAsync(Admin, "ada", new() { Roles = ["viewer", "approver"] }, Cancellation);
        Task<Outcome<UserView>> Change(SeenAccess? was) => control.Get<ChangeUser>().RunAsync(Admin, "ada", new() { Teams = ["web", "core"], Roles = ["viewer"], Was = was }, Cancellation);

        foreach (var stale in new SeenAccess[] { new([], ["viewer", "approver"]), new(["web", "core"], null), new(null, ["viewer"]), new(["web"], []) })
        {
            (await Change(stale)).ShouldBeConflict();
        }

        var ada = (await control.Get<ShowUser>().RunAsync(Admin, "ada", Cancellation)).ShouldBeDone().User;
        (string.Join(' ', ada.Teams), string.Join(' ', ada.Roles)).ShouldBe(("web", "viewer approver"));
        (await Change(new(["web"], ["approver", "viewer"]))).ShouldBeDone().Teams.ShouldBe(["core", "web"]);
    }

    [Fact]
    public async Task Who_is_disabled_can_be_forgotten_and_is_an_id_from_then_on()
    {
        await using var control = await StartAsync();
        await control.KeyAsync("ada's laptop", "ada");
        (await control.Get<EraseUser>().RunAsync(Admin, "ada", Cancellation)).ShouldBeConflict();
        await control.Get<ChangeUser>().RunAsync(Admin, "ada", new() { Disabled = true, Teams = ["web"] }, Cancellation);

        var erased = (await control.Get<EraseUser>().RunAsync(Admin, "ADA", Cancellation)).ShouldBeDone();

        erased.Name.ShouldStartWith("erased-");
        var listed = (await control.Get<ListUsers>().RunAsync(Admin, Cancellation)).ShouldBeDone().Users.ShouldHaveSingleItem();
        (listed.Id, listed.Name, listed.Teams.Count, listed.Disabled).ShouldBe((erased.Id, erased.Name, 0, true));
        (await control.Get<ListKeys>().RunAsync(Admin, Cancellation)).ShouldBeDone().Keys.ShouldAllBe(key => !key.Name.Contains("ada"));
        (await control.Get<EraseUser>().RunAsync(Admin, "ada", Cancellation)).ShouldBeMissing();
        (await control.Get<CreateUser>().RunAsync(Admin, new() { Name = "ada" }, Cancellation)).ShouldBeDone().Id.ShouldNotBe(erased.Id);
    }

    [Fact]
    public async Task Disabling_or_enabling_takes_as_much_power_as_the_users_keys_carry()
    {
        await using var control = await StartAsync();
        await control.KeyAsync("ops", "ada", "operator");
        var personnel = new Actor("usr_x", ControlRoles.Identity);

        (await control.Get<ChangeUser>().RunAsync(personnel, "ada", new() { Disabled = true }, Cancellation)).ShouldBeForbidden(ControlRoles.Operator);
        (await control.Get<ChangeUser>().RunAsync(personnel, "ada", new() { Disabled = false }, Cancellation)).ShouldBeForbidden(ControlRoles.Operator);
        (await control.Get<ChangeUser>().RunAsync(personnel, "ada", new() { Teams = ["web"] }, Cancellation)).ShouldBeDone();
    }

    [Fact]
    public async Task Nobody_disables_themselves()
    {
        await using var control = await StartAsync();
        await control.KeyAsync();
        var self = (await control.Get<IIdentityStore>().LoadAsync(Cancellation)).Principals.Single();

        (await control.Get<ChangeUser>().RunAsync(new(self.Id.Value, ControlRoles.Admin), "ada", new() { Disabled = true }, Cancellation)).ShouldBeConflict();
    }

    [Fact]
    public async Task Wrong_names_and_unknown_users_are_refused()
    {
        await using var control = await StartAsync();

        (await control.Get<CreateUser>().RunAsync(Admin, new() { Name = "a b" }, Cancellation)).ShouldBeInvalid("name");
        (await control.Get<CreateUser>().RunAsync(Admin, new() { Name = "ada", Teams = ["a b"] }, Cancellation)).ShouldBeInvalid("teams");
        (await control.Get<ChangeUser>().RunAsync(Admin, "nobody", new() { Teams = ["a b"] }, Cancellation)).ShouldBeInvalid("teams");
        (await control.Get<ChangeUser>().RunAsync(Admin, "nobody", new(), Cancellation)).ShouldBeMissing();
    }
}
