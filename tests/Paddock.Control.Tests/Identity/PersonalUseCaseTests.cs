using Paddock.Control.Identity;
using Paddock.Core.Identity;
using static Paddock.Control.Tests.ControlUnderTest;

namespace Paddock.Control.Tests.Identity;

/// <summary>What people do for themselves: nobody does it with a key, or by an agent's session, whatever roles they have.</summary>
public class PersonalUseCaseTests
{
    private static readonly Dictionary<string, Func<ControlUnderTest, Actor, CancellationToken, Task<object>>> useCases = new()
    {
        ["let an agent act"] = async (c, a, t) => await c.Get<GrantSession>().RunAsync(a, new(SessionClient.Extension, "Roo Code", "state"), null, t),
        ["let a machine act"] = async (c, a, t) => await c.Get<DeviceSignIn>().AnswerAsync(a, "BCDF-GHJK", yes: true, t),
        ["make a key"] = async (c, a, t) => await c.Get<CreateOwnKey>().RunAsync(a, new() { Name = "laptop" }, t),
        ["replace a key"] = async (c, a, t) => await c.Get<RotateOwnKey>().RunAsync(a, "none", t),
        ["revoke a key"] = async (c, a, t) => await c.Get<RevokeOwnKey>().RunAsync(a, "none", t),
    };

    public static TheoryData<string> Names => [.. useCases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_takes_a_person_who_has_signed_in_to_the_console(string name)
    {
        await using var control = await StartAsync();
        var run = useCases[name];
        var person = await control.SignedInAsync();
        var key = await control.KeyAsync(user: "root", control: "admin");
        Actor[] others =
        [
            Admin, Actor.Local, person with { Key = null }, person with { Id = Admin.Id }, new(person.Id, ControlRoles.Admin, KeyId.Parse(key.Key.Id)),
            await control.SignedInAsync(client: SessionClient.Extension), await control.SignedInAsync(client: SessionClient.Cli), await control.SignedInAsync(client: SessionClient.Device),
        ];

        foreach (var other in others)
        {
            (await run(control, other, TestContext.Current.CancellationToken)).GetType().Name.ShouldBe("NotAllowed", other.ToString());
        }

        (await run(control, person, TestContext.Current.CancellationToken)).GetType().Name.ShouldNotBe("NotAllowed");
        control.Time.AdjustTime(control.Time.GetUtcNow().AddDays(101)); // not step by step: the timers of a hundred days take a minute
        (await run(control, person, TestContext.Current.CancellationToken)).GetType().Name.ShouldBe("NotAllowed", "the session is over");
    }
}
