using System.Security.Cryptography;
using Paddock.Control.Identity;
using Paddock.Core.Identity;

namespace Paddock.Control.Tests.Identity;

/// <summary>A session's secret that comes to a server which has not heard of the session yet: Roo Code signs out for good at a no.</summary>
public class IssueTokenTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_that_began_on_another_server_in_this_moment_is_looked_for_before_it_is_said_to_have_ended()
    {
        await using var control = await ControlUnderTest.StartAsync();
        var secret = await SessionAsync(control);
        var behind = new Behind(control.Get<IIdentities>());

        var session = (await Issue(control, behind).FindAsync(secret, Cancellation)).ShouldNotBeNull();
        (await Issue(control, behind).RunAsync(session, personal: true, Cancellation)).Client.ShouldBe(SessionClient.Extension);
        (await Issue(control, behind).FindAsync(KeyToken.CreateSessionSecret(RandomNumberGenerator.GetBytes(40)).Reveal(), Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task While_nobody_can_be_asked_it_is_not_said_to_have_ended()
    {
        await using var control = await ControlUnderTest.StartAsync();
        var secret = await SessionAsync(control);

        await Should.ThrowAsync<IOException>(() => Issue(control, new Behind(control.Get<IIdentities>()) { Fault = new IOException("the database is away") }).FindAsync(secret, Cancellation));
    }

    [Fact]
    public async Task What_is_no_secret_is_looked_for_nowhere()
    {
        await using var control = await ControlUnderTest.StartAsync();
        var behind = new Behind(control.Get<IIdentities>()) { Fault = new IOException("never asked") };

        (await Issue(control, behind).FindAsync("ps_nonsense", Cancellation)).ShouldBeNull();
    }

    private static async Task<string> SessionAsync(ControlUnderTest control)
    {
        await control.Get<CreateUser>().RunAsync(ControlUnderTest.Admin, new() { Name = "ada" }, Cancellation);
        var ada = control.Get<IIdentities>().Current.Principals.ShouldHaveSingleItem().Id;
        return (await control.Get<Sessions>().StartAsync(ada, SessionClient.Extension, "Roo Code", source: null, passwordHash: null, Cancellation)).ShouldNotBeNull().Secret.Reveal();
    }

    private static IssueToken Issue(ControlUnderTest control, IIdentities identities) => new(identities, control.Get<Sessions>(), control.Get<IOrganization>(), control.Get<Pepper>(), control.Time);

    /// <summary>Knows nobody until it has looked.</summary>
    private sealed class Behind(IIdentities others) : IIdentities
    {
        public IdentityDirectory Current { get; private set; } = IdentityDirectory.Empty;

        public Exception? Fault { get; init; }

        public Task CatchUpAsync(CancellationToken cancellationToken)
        {
            Current = others.Current;
            return Fault is null ? Task.CompletedTask : Task.FromException(Fault);
        }

        public IDisposable OnChange(Action<IdentityDirectory> changed) => others.OnChange(changed);

        public void NoteUse(KeyId key, DateTimeOffset at) => others.NoteUse(key, at);
    }
}
