using Paddock.Control.Identity;
using Paddock.Core.Identity;
using static Paddock.Control.Tests.ControlUnderTest;

namespace Paddock.Control.Tests.Identity;

public class OwnAccountTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Somebody_without_roles_sees_themselves_and_nobody_else()
    {
        await using var control = await StartAsync();
        var ada = await control.SignedInAsync();
        await control.SignedInAsync("bob");
        await control.KeyAsync("laptop", "ada");

        var own = (await control.Get<ShowUser>().RunAsync(ada, ada.Id, Cancellation)).ShouldBeDone();

        (own.User.Name, own.Keys.Single().Name, own.Sessions.Single().Id, own.Profile).ShouldBe(("ada", "laptop", ada.Key.ToString(), null));
        (await control.Get<ShowUser>().RunAsync(ada, "bob", Cancellation)).ShouldBeForbidden(ControlRoles.Viewer);
        (await control.Get<ShowUser>().RunAsync(ada, "nobody", Cancellation)).ShouldBeForbidden(ControlRoles.Viewer);
    }

    [Fact]
    public async Task Ending_all_other_sessions_leaves_the_one_that_asks_and_everybody_elses()
    {
        await using var control = await StartAsync();
        var (ada, bob) = (await control.SignedInAsync(), await control.SignedInAsync("bob"));
        await control.SignedInAsync(client: SessionClient.Extension);
        await control.SignedInAsync(client: SessionClient.Device);

        var ended = (await control.Get<EndOtherSessions>().RunAsync(ada, Cancellation)).ShouldBeDone();

        ended.Sessions.Select(session => session.Client).Order().ShouldBe(["device", "extension"]);
        (await control.Get<ListSessions>().RunAsync(Admin, null, Cancellation)).ShouldBeDone().Sessions.Select(session => session.Id).ShouldBe([ada.Key.ToString(), bob.Key.ToString()], ignoreOrder: true);
        (await control.Get<EndOtherSessions>().RunAsync(Actor.Local, Cancellation)).ShouldBeNotAllowed("signed in");
        (await control.Get<EndOtherSessions>().RunAsync(bob with { Id = ada.Id }, Cancellation)).ShouldBeNotAllowed("signed in");
    }

    [Fact]
    public async Task Teams_are_listed_with_their_members()
    {
        await using var control = await StartAsync();
        foreach (var (name, teams) in new (string, string[])[] { ("bob", ["core", "web"]), ("ada", ["core"]), ("eve", ["core"]), ("dan", []) })
        {
            (await control.Get<CreateUser>().RunAsync(Admin, new() { Name = name, Teams = teams }, Cancellation)).ShouldBeDone();
        }

        await control.Get<ChangeUser>().RunAsync(Admin, "eve", new() { Disabled = true }, Cancellation);

        var listed = (await control.Get<ListTeams>().RunAsync(Admin, Cancellation)).ShouldBeDone();

        listed.Teams.Select(team => (team.Name, string.Join(' ', team.Members), team.Disabled, team.Profile)).ShouldBe([("core", "ada bob", 1, null), ("web", "bob", 0, null)]);
        listed.Profiles.ShouldBeEmpty();
    }
}
