using Microsoft.Extensions.Logging.Abstractions;
using Paddock.Control.Identity;
using Paddock.Core.Audit;
using Paddock.Core.Identity;

namespace Paddock.Control.Tests.Identity;

/// <summary>People whom the identity provider vouches for, and what operators have changed meanwhile.</summary>
public class ExternalSignInTests
{
    private static readonly ExternalPerson ada = new(new("https://login.company.example", "1"), "ada", ["staff"]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_was_disabled_stays_so_when_they_come_from_the_identity_provider()
    {
        await using var control = await ControlUnderTest.StartAsync();
        (await SignIn(control).RunAsync(ada, invitation: null, source: null, Cancellation)).ShouldBeDone();
        await control.Get<ChangeUser>().RunAsync(ControlUnderTest.Admin, "ada", new() { Disabled = true }, Cancellation);

        (await SignIn(control).RunAsync(ada, invitation: null, source: null, Cancellation)).ShouldBeOfType<Outcome<NewSession>.NotAllowed>();

        control.Get<IIdentities>().Current.Principals.ShouldHaveSingleItem().Disabled.ShouldBeTrue();
    }

    [Fact]
    public async Task Nor_does_a_sign_in_that_began_before_undo_it()
    {
        await using var control = await ControlUnderTest.StartAsync();
        (await SignIn(control).RunAsync(ada, invitation: null, source: null, Cancellation)).ShouldBeDone();
        var before = control.Get<IIdentities>().Current;
        await control.Get<ChangeUser>().RunAsync(ControlUnderTest.Admin, "ada", new() { Disabled = true }, Cancellation);

        (await SignIn(control, new SeenBefore(control.Get<IIdentityStore>(), before)).RunAsync(ada, invitation: null, source: null, Cancellation)).ShouldBeOfType<Outcome<NewSession>.NotAllowed>();

        control.Get<IIdentities>().Current.Principals.ShouldHaveSingleItem().Disabled.ShouldBeTrue();
        control.Get<IIdentities>().Current.Keys.ShouldBeEmpty();
    }

    private static SignInExternally SignIn(ControlUnderTest control, IIdentityStore? store = null) => new(
        store ?? control.Get<IIdentityStore>(), control.Get<ISignInStore>(), control.Get<Sessions>(), new(), control.Get<Pepper>(), control.Time, NullLogger<SignInExternally>.Instance);

    /// <summary>The store as somebody knows it who has read it before.</summary>
    private sealed class SeenBefore(IIdentityStore store, IdentityDirectory before) : IIdentityStore
    {
        public Task<IdentityDirectory> LoadAsync(CancellationToken cancellationToken) => Task.FromResult(before);

        public Task<bool> AddPrincipalAsync(Principal principal, AuditActor by, CancellationToken cancellationToken) => store.AddPrincipalAsync(principal, by, cancellationToken);

        public Task<bool> UpdatePrincipalAsync(PrincipalId id, Func<Principal, Principal> change, AuditActor by, CancellationToken cancellationToken) => store.UpdatePrincipalAsync(id, change, by, cancellationToken);

        public Task AddKeyAsync(ApiKey key, AuditActor by, CancellationToken cancellationToken) => store.AddKeyAsync(key, by, cancellationToken);

        public Task<bool> AddOwnKeyAsync(ApiKey key, int most, AuditActor by, CancellationToken cancellationToken) => store.AddOwnKeyAsync(key, most, by, cancellationToken);

        public Task<bool> RotateOwnKeyAsync(ApiKey replacement, DateTimeOffset oldExpires, int most, AuditActor by, CancellationToken cancellationToken) =>
            store.RotateOwnKeyAsync(replacement, oldExpires, most, by, cancellationToken);

        public Task<bool> RotateKeyAsync(ApiKey replacement, DateTimeOffset oldExpires, AuditActor by, CancellationToken cancellationToken) => store.RotateKeyAsync(replacement, oldExpires, by, cancellationToken);

        public Task<bool> RevokeKeyAsync(KeyId id, DateTimeOffset at, AuditActor by, CancellationToken cancellationToken) => store.RevokeKeyAsync(id, at, by, cancellationToken);

        public Task<bool> AddSessionAsync(ApiKey session, string? source, string? passwordHash, CancellationToken cancellationToken) => store.AddSessionAsync(session, source, passwordHash, cancellationToken);

        public Task<bool> EndSessionAsync(KeyId id, DateTimeOffset at, AuditActor by, CancellationToken cancellationToken) => store.EndSessionAsync(id, at, by, cancellationToken);

        public Task<int> EndSessionsAsync(PrincipalId owner, DateTimeOffset at, AuditActor by, CancellationToken cancellationToken) => store.EndSessionsAsync(owner, at, by, cancellationToken);

        public Task<bool> EraseAsync(PrincipalId id, string pseudonym, AuditActor by, CancellationToken cancellationToken) => store.EraseAsync(id, pseudonym, by, cancellationToken);

        public Task SetLastUsedAsync(IReadOnlyDictionary<KeyId, DateTimeOffset> uses, CancellationToken cancellationToken) => store.SetLastUsedAsync(uses, cancellationToken);
    }
}
