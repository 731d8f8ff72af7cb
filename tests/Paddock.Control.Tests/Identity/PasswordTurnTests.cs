using System.Reflection;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Paddock.Control.Identity;
using Paddock.Core.Audit;
using Paddock.Core.Identity;

namespace Paddock.Control.Tests.Identity;

/// <summary>Passwords that come faster than they can be looked at, or too often from one address.</summary>
public class PasswordTurnTests
{
    private const string Password = "a few words put together";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_not_looked_at_for_want_of_a_turn_is_not_counted_against_the_account()
    {
        await using var control = await ControlUnderTest.StartAsync();
        var ada = await WithPasswordAsync(control);
        var passwords = control.Get<PasswordHashing>();
        Task<PasswordHashing.Turn?>[] others = [.. Enumerable.Range(0, PasswordHashing.MostWaiting).Select(i => passwords.TakeTurnAsync($"10.0.0.{i / PasswordHashing.MostOfOne}", Cancellation))];

        for (var i = 0; i < 6; i++)
        {
            (await SignInAsync(control, "wrong", "10.0.1.1")).ShouldBeOfType<Outcome<NewSession>.Conflict>();
        }

        (await control.Get<ISignInStore>().FindAccountAsync(ada, Cancellation)).ShouldNotBeNull().Failures.ShouldBe(0);
        foreach (var other in others)
        {
            (await other)!.Dispose();
        }

        (await SignInAsync(control, Password, "10.0.1.1")).ShouldBeOfType<Outcome<NewSession>.Done>();
    }

    [Fact]
    public async Task One_address_does_not_take_all_turns()
    {
        using var passwords = new PasswordHashing();
        Task<PasswordHashing.Turn?>[] one = [.. Enumerable.Range(0, PasswordHashing.MostOfOne + 1).Select(_ => passwords.TakeTurnAsync("10.0.0.1", Cancellation))];
        var another = passwords.TakeTurnAsync("10.0.0.2", Cancellation);

        (await one[^1]).ShouldBeNull();
        foreach (var turn in one[..^1])
        {
            (await turn)!.Dispose();
        }

        (await another).ShouldNotBeNull().Dispose();
        (await passwords.TakeTurnAsync("10.0.0.1", Cancellation)).ShouldNotBeNull().Dispose();
    }

    [Fact]
    public async Task Who_gives_up_waiting_leaves_room()
    {
        using var passwords = new PasswordHashing();
        List<PasswordHashing.Turn> held = [];
        while (passwords.TakeTurnAsync($"10.0.0.{held.Count}", Cancellation) is { IsCompleted: true } turn)
        {
            held.Add((await turn)!);
        }

        for (var i = 0; i < 2 * PasswordHashing.MostWaiting; i++)
        {
            using var patience = new CancellationTokenSource();
            var waiting = passwords.TakeTurnAsync("10.0.1.1", patience.Token);
            await patience.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(waiting);
        }

        held.ForEach(static turn => turn.Dispose());
    }

    [Fact]
    public async Task An_address_of_which_many_wrong_ones_came_waits_and_no_other_does()
    {
        await using var control = await ControlUnderTest.StartAsync();
        await WithPasswordAsync(control);
        for (var i = 0; i < SignInLocally.MostWrong; i++)
        {
            (await SignInAsync(control, "wrong", $"2001:db8::{i}", $"somebody{i}")).ShouldBeOfType<Outcome<NewSession>.NotAllowed>();
        }

        (await SignInAsync(control, Password, "2001:db8::f:1")).ShouldBeOfType<Outcome<NewSession>.Conflict>().Message.ShouldContain("in 10 seconds");
        (await SignInAsync(control, Password, "2001:db8:0:1::1")).ShouldBeOfType<Outcome<NewSession>.Done>();
        control.Time.Advance(TimeSpan.FromSeconds(10));
        (await SignInAsync(control, Password, "2001:db8::f:1")).ShouldBeOfType<Outcome<NewSession>.Done>();
    }

    [Fact]
    public async Task Who_hangs_up_meanwhile_is_counted_and_a_lock_is_told_all_the_same()
    {
        await using var control = await ControlUnderTest.StartAsync();
        var ada = await WithPasswordAsync(control);
        for (var i = 0; i < 5; i++)
        {
            using var hangsUp = new CancellationTokenSource();
            var accounts = DispatchProxy.Create<ISignInStore, HangingUp>();
            ((HangingUp)(object)accounts).Begin(control.Get<ISignInStore>(), hangsUp);
            var signIn = new SignInLocally(control.Get<IIdentities>(), accounts, control.Get<IIdentityProvider>(), control.Get<PasswordHashing>(), control.Get<Sessions>(), control.Time, NullLogger<SignInLocally>.Instance);
            (await signIn.RunAsync("ada", "wrong", "10.0.0.1", hangsUp.Token)).ShouldBeOfType<Outcome<NewSession>.NotAllowed>();
        }

        (await control.Get<ISignInStore>().FindAccountAsync(ada, Cancellation)).ShouldNotBeNull().LockedUntil.ShouldNotBeNull();
        (await control.Get<IEntryReader>().ListAsync(new() { Act = "account.locked" }, Cancellation)).Entries.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Who_has_no_invitation_takes_no_turn()
    {
        await using var control = await ControlUnderTest.StartAsync();
        var turns = Enumerable.Range(0, PasswordHashing.MostWaiting).Select(i => control.Get<PasswordHashing>().TakeTurnAsync($"10.0.0.{i / PasswordHashing.MostOfOne}", Cancellation)).ToArray();

        var made = KeyToken.CreateSessionSecret(RandomNumberGenerator.GetBytes(40));
        (await control.Get<ChoosePassword>().RunAsync(made.Reveal(), Password, "10.0.1.1", Cancellation)).ShouldBeOfType<Outcome<PrincipalId>.NotAllowed>();

        foreach (var turn in turns)
        {
            (await turn)!.Dispose();
        }
    }

    private static Task<Outcome<NewSession>> SignInAsync(ControlUnderTest control, string password, string source, string name = "ada") =>
        control.Get<SignInLocally>().RunAsync(name, password, source, Cancellation);

    private static async Task<PrincipalId> WithPasswordAsync(ControlUnderTest control)
    {
        await control.Get<CreateUser>().RunAsync(ControlUnderTest.Admin, new() { Name = "ada" }, Cancellation);
        var invitation = (await control.Get<InvitePerson>().RunAsync(ControlUnderTest.Admin, "ada", Cancellation)).ShouldBeDone();
        return (await control.Get<ChoosePassword>().RunAsync(invitation.Path.Split('=')[1], Password, source: null, Cancellation)).ShouldBeDone();
    }

    /// <summary>The store of somebody who hangs up once their attempt was counted.</summary>
    public class HangingUp : DispatchProxy
    {
        private ISignInStore store = null!; // set by Begin, as the proxy has no constructor of ours
        private CancellationTokenSource hangsUp = null!;

        internal void Begin(ISignInStore inner, CancellationTokenSource source) => (store, hangsUp) = (inner, source);

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            var result = targetMethod?.Invoke(store, args);
            if (targetMethod?.Name == nameof(ISignInStore.NoteAttemptAsync))
            {
                hangsUp.Cancel();
            }

            return result;
        }
    }
}
