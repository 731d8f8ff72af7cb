using System.Security.Cryptography;
using Paddock.Core.Identity;
using Paddock.Testing;

namespace Paddock.Store.Tests.Identity;

/// <summary>What ISignInStore promises, and the sessions of IIdentityStore, on both databases.</summary>
public class SignInStoreTests
{
    private static readonly DateTimeOffset now = StoreUnderTest.Noon;
    private static readonly TimeSpan interval = TimeSpan.FromSeconds(5);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, EachEngine]
    public async Task A_session_is_in_the_directory_until_its_time_is_over_or_it_is_ended(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var (ada, _) = await People.AddAsync(store, "ada");
        var (first, second) = (People.Session(ada), People.Session(ada, SessionClient.Extension) with { ExpiresAt = now.AddHours(9) });
        await store.Identity.AddSessionAsync(first, "10.0.0.1", Cancellation);
        await store.Identity.AddSessionAsync(second, source: null, Cancellation);

        store.Live.Current.Find(first.Id).ShouldNotBeNull().Key.Client.ShouldBe(SessionClient.Console);
        store.Live.Current.IsLive(second.Id, now).ShouldBeTrue();

        (await store.Identity.EndSessionAsync(second.Id, now, Acting.Operator, Cancellation)).ShouldBeTrue();
        (await store.Identity.EndSessionAsync(second.Id, now, Acting.Operator, Cancellation)).ShouldBeFalse();
        store.Live.Current.Find(second.Id).ShouldBeNull();

        store.Live.Current.IsLive(first.Id, now.AddHours(8)).ShouldBeFalse();
        store.Skip(TimeSpan.FromHours(8));
        (await store.Identity.LoadAsync(Cancellation)).Find(first.Id).ShouldBeNull();
    }

    [Theory, EachEngine]
    public async Task Ending_all_sessions_of_somebody_leaves_their_keys_and_everybody_elses_sessions(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var ((ada, key), (bob, _)) = (await People.AddAsync(store, "ada"), await People.AddAsync(store, "bob"));
        var (adas, bobs) = (People.Session(ada), People.Session(bob));
        await store.Identity.AddSessionAsync(adas, source: null, Cancellation);
        await store.Identity.AddSessionAsync(People.Session(ada), source: null, Cancellation);
        await store.Identity.AddSessionAsync(bobs, source: null, Cancellation);

        (await store.Identity.EndSessionsAsync(ada.Id, now, Acting.Operator, Cancellation)).ShouldBe(2);

        var live = store.Live.Current;
        (live.Find(adas.Id), live.IsLive(key.Id, now), live.IsLive(bobs.Id, now)).ShouldBe((null, true, true));
    }

    [Theory, EachEngine]
    public async Task What_a_session_may_do_is_what_its_person_may_do_now(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var (ada, _) = await People.AddAsync(store, "ada");
        var session = People.Session(ada);
        await store.Identity.AddSessionAsync(session, source: null, Cancellation);
        store.Live.Current.Find(session.Id).ShouldNotBeNull().Roles.ShouldBe(ControlRoles.None);

        await store.Identity.UpdatePrincipalAsync(ada with { Roles = ControlRoles.Viewer | ControlRoles.Approver }, Acting.Operator, Cancellation);

        store.Live.Current.Find(session.Id).ShouldNotBeNull().Roles.ShouldBe(ControlRoles.Viewer | ControlRoles.Approver);
    }

    [Theory, EachEngine]
    public async Task A_ticket_is_used_once_even_when_many_try_at_once(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var ticket = People.Ticket(TicketKind.Extension, People.User("ada").Id);
        (await store.Get<ISignInStore>().AddTicketAsync(ticket, now, Cancellation)).ShouldBeTrue();

        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.Get<ISignInStore>().TakeTicketAsync(ticket.Hash, TicketKind.Extension, now, Cancellation)));

        taken.Count(one => one is not null).ShouldBe(1);
        taken.Single(one => one is not null).ShouldBe(ticket);
    }

    [Theory, EachEngine]
    public async Task A_ticket_is_not_taken_too_late_nor_for_something_else_and_its_code_only_once(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var tickets = store.Get<ISignInStore>();
        var ticket = People.Ticket(TicketKind.Extension, code: "state");
        await tickets.AddTicketAsync(ticket, now, Cancellation);

        (await tickets.AddTicketAsync(People.Ticket(TicketKind.Extension, code: "state"), now, Cancellation)).ShouldBeFalse();
        (await tickets.TakeTicketAsync(ticket.Hash, TicketKind.Invitation, now, Cancellation)).ShouldBeNull();
        (await tickets.TakeTicketAsync(ticket.Hash, TicketKind.Extension, ticket.ExpiresAt, Cancellation)).ShouldBeNull();
    }

    [Theory, EachEngine]
    public async Task A_password_is_set_by_its_ticket_and_wrong_ones_are_counted_until_a_right_one(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var ((ada, _), accounts) = (await People.AddAsync(store, "ada"), store.Get<ISignInStore>());
        var ticket = People.Ticket(TicketKind.Invitation, ada.Id);
        await accounts.AddTicketAsync(ticket, now, Cancellation);

        (await accounts.SetPasswordAsync(ticket.Hash, "hash", now, Cancellation)).ShouldBe(ada.Id);
        (await accounts.SetPasswordAsync(ticket.Hash, "other", now, Cancellation)).ShouldBeNull();
        (await accounts.NoteAttemptAsync(ada.Id, 2, now.AddMinutes(1), now, Cancellation)).ShouldBe(new LocalAccount(ada.Id, "hash", 1, null));
        (await accounts.NoteAttemptAsync(ada.Id, 2, now.AddMinutes(1), now, Cancellation)).ShouldBe(new LocalAccount(ada.Id, "hash", 2, now.AddMinutes(1)));
        (await accounts.NoteAttemptAsync(ada.Id, 2, now.AddMinutes(9), now, Cancellation)).ShouldBeNull();

        await accounts.NoteSuccessAsync(new(ada.Id, "an older one", 0, null), "better", Cancellation);
        (await accounts.FindAccountAsync(ada.Id, Cancellation)).ShouldNotBeNull().PasswordHash.ShouldBe("hash");
        await accounts.NoteSuccessAsync(new(ada.Id, "hash", 0, null), "better", Cancellation);

        (await accounts.FindAccountAsync(ada.Id, Cancellation)).ShouldBe(new LocalAccount(ada.Id, "better", 0, null));
        (await accounts.FindAccountAsync(People.User("ghost").Id, Cancellation)).ShouldBeNull();
        (await accounts.NoteAttemptAsync(People.User("ghost").Id, 2, now, now, Cancellation)).ShouldBeNull();
    }

    [Theory, EachEngine]
    public async Task Of_many_attempts_at_once_so_many_are_looked_at_as_before_the_lock(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var ((ada, _), accounts, ticket) = (await People.AddAsync(store, "ada"), store.Get<ISignInStore>(), People.Ticket(TicketKind.Invitation));
        await accounts.AddTicketAsync(ticket with { Principal = ada.Id }, now, Cancellation);
        await accounts.SetPasswordAsync(ticket.Hash, "hash", now, Cancellation);

        var attempts = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => accounts.NoteAttemptAsync(ada.Id, 5, now.AddMinutes(1), now, Cancellation)));

        attempts.Count(one => one is not null).ShouldBe(5);
    }

    [Theory, EachEngine]
    public async Task A_session_does_not_begin_for_who_is_disabled_or_has_another_password_by_now(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var ((ada, _), accounts, ticket) = (await People.AddAsync(store, "ada"), store.Get<ISignInStore>(), People.Ticket(TicketKind.Invitation));
        await accounts.AddTicketAsync(ticket with { Principal = ada.Id }, now, Cancellation);
        await accounts.SetPasswordAsync(ticket.Hash, "new", now, Cancellation);

        (await store.Identity.AddSessionAsync(People.Session(ada), source: null, "old", Cancellation)).ShouldBeFalse();
        (await store.Identity.AddSessionAsync(People.Session(ada), source: null, "new", Cancellation)).ShouldBeTrue();
        await store.Identity.UpdatePrincipalAsync(ada with { Disabled = true }, Acting.Operator, Cancellation);
        (await store.Identity.AddSessionAsync(People.Session(ada), source: null, "new", Cancellation)).ShouldBeFalse();

        // And what began before is over for good.
        await store.Identity.UpdatePrincipalAsync(ada with { Disabled = false }, Acting.Operator, Cancellation);
        store.Live.Current.Keys.ShouldNotContain(key => key.IsSession);
    }

    [Theory, EachEngine]
    public async Task Tickets_go_with_what_ends_them(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var ((ada, _), tickets) = (await People.AddAsync(store, "ada"), store.Get<ISignInStore>());
        var deeds = new Dictionary<string, Func<Task>>
        {
            ["more roles"] = () => store.Identity.UpdatePrincipalAsync(ada with { Roles = ControlRoles.Admin }, Acting.Operator, Cancellation),
            ["a key with roles"] = () => store.Identity.AddKeyAsync(People.Key(ada, "k") with { Scopes = new() { Control = ControlRoles.Viewer } }, Acting.Operator, Cancellation),
            ["another invitation"] = () => tickets.AddTicketAsync(People.Ticket(TicketKind.Invitation, ada.Id), now, Cancellation),
            ["signing out everywhere"] = () => store.Identity.EndSessionsAsync(ada.Id, now, Acting.Operator, Cancellation),
            ["disabling"] = () => store.Identity.UpdatePrincipalAsync(ada with { Roles = ControlRoles.Admin, Disabled = true }, Acting.Operator, Cancellation),
        };
        foreach (var (name, deed) in deeds)
        {
            var ticket = People.Ticket(TicketKind.Invitation, ada.Id);
            await tickets.AddTicketAsync(ticket, now, Cancellation);

            await deed();

            (await tickets.TakeTicketAsync(ticket.Hash, TicketKind.Invitation, now, Cancellation)).ShouldBeNull(name);
        }
    }

    [Theory, EachEngine]
    public async Task A_device_that_was_let_in_and_has_not_fetched_its_session_gets_none_after_another_password(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var ((ada, _), tickets, device, invitation) = (await People.AddAsync(store, "ada"), store.Get<ISignInStore>(), People.Ticket(TicketKind.Device, code: "BBBBBBBB"), People.Ticket(TicketKind.Invitation));
        await tickets.AddTicketAsync(device, now, Cancellation);
        await tickets.AnswerDeviceAsync("BBBBBBBB", ada.Id, yes: true, now, Cancellation);
        await tickets.AddTicketAsync(invitation with { Principal = ada.Id }, now, Cancellation);

        await tickets.SetPasswordAsync(invitation.Hash, "new", now, Cancellation);

        (await tickets.PollDeviceAsync(device.Hash, now, interval, Cancellation)).ShouldBe(new DeviceAnswer.Expired());
    }

    [Theory, EachEngine]
    public async Task Nobody_is_two_at_an_identity_provider_and_nobody_there_is_two_here(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var ((ada, _), (bob, _), accounts) = (await People.AddAsync(store, "ada"), await People.AddAsync(store, "bob"), store.Get<ISignInStore>());

        (await accounts.LinkAsync(ada.Id, new("https://idp", "1"), Acting.Operator, Cancellation)).ShouldBeTrue();
        (await accounts.LinkAsync(bob.Id, new("https://idp", "1"), Acting.Operator, Cancellation)).ShouldBeFalse();
        (await accounts.LinkAsync(ada.Id, new("https://idp", "2"), Acting.Operator, Cancellation)).ShouldBeFalse();

        (await accounts.FindExternalAsync(new("https://idp", "1"), Cancellation)).ShouldBe(ada.Id);
        (await accounts.FindExternalAsync(new("https://other", "1"), Cancellation)).ShouldBeNull();
    }

    [Theory, EachEngine]
    public async Task A_device_waits_until_somebody_says_yes_and_is_told_once(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var ((ada, _), tickets, ticket) = (await People.AddAsync(store, "ada"), store.Get<ISignInStore>(), People.Ticket(TicketKind.Device, code: "BCDFGHJK"));
        await tickets.AddTicketAsync(ticket, now, Cancellation);

        (await PollAsync(now)).ShouldBe(new DeviceAnswer.Pending());
        (await PollAsync(now.AddSeconds(1))).ShouldBe(new DeviceAnswer.TooSoon());
        (await tickets.FindDeviceAsync("BCDFGHJK", now, Cancellation)).ShouldNotBeNull().Client.ShouldBe("laptop");
        (await tickets.AnswerDeviceAsync("BCDFGHJK", ada.Id, yes: true, now, Cancellation)).ShouldBeTrue();
        (await tickets.AnswerDeviceAsync("BCDFGHJK", ada.Id, yes: false, now, Cancellation)).ShouldBeFalse();
        (await tickets.FindDeviceAsync("BCDFGHJK", now, Cancellation)).ShouldBeNull();

        (await PollAsync(now.AddSeconds(10))).ShouldBe(new DeviceAnswer.Granted(ada.Id, "laptop"));
        (await PollAsync(now.AddSeconds(20))).ShouldBe(new DeviceAnswer.Expired());

        Task<DeviceAnswer> PollAsync(DateTimeOffset at) => tickets.PollDeviceAsync(ticket.Hash, at, interval, Cancellation);
    }

    [Theory, EachEngine]
    public async Task A_device_is_told_no_and_one_that_waits_too_long_is_forgotten(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var ((ada, _), tickets) = (await People.AddAsync(store, "ada"), store.Get<ISignInStore>());
        var (refused, late) = (People.Ticket(TicketKind.Device, code: "BBBBBBBB"), People.Ticket(TicketKind.Device, code: "CCCCCCCC"));
        await tickets.AddTicketAsync(refused, now, Cancellation);
        await tickets.AddTicketAsync(late, now, Cancellation);

        await tickets.AnswerDeviceAsync("BBBBBBBB", ada.Id, yes: false, now, Cancellation);

        (await tickets.PollDeviceAsync(refused.Hash, now, interval, Cancellation)).ShouldBe(new DeviceAnswer.Denied());
        (await tickets.AnswerDeviceAsync("CCCCCCCC", ada.Id, yes: true, late.ExpiresAt, Cancellation)).ShouldBeFalse();
        (await tickets.PollDeviceAsync(late.Hash, late.ExpiresAt, interval, Cancellation)).ShouldBe(new DeviceAnswer.Expired());
        (await tickets.PollDeviceAsync(KeyHash.FromBytes(RandomNumberGenerator.GetBytes(32)), now, interval, Cancellation)).ShouldBe(new DeviceAnswer.Expired());
    }

    [Theory, EachEngine]
    public async Task Who_is_erased_can_sign_in_no_more(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var ((ada, _), accounts, ticket) = (await People.AddAsync(store, "ada"), store.Get<ISignInStore>(), People.Ticket(TicketKind.Invitation));
        await accounts.AddTicketAsync(ticket with { Principal = ada.Id }, now, Cancellation);
        await accounts.SetPasswordAsync(ticket.Hash, "hash", now, Cancellation);
        await accounts.LinkAsync(ada.Id, new("https://idp", "1"), Acting.Operator, Cancellation);
        await store.Identity.UpdatePrincipalAsync(ada with { Disabled = true }, Acting.Operator, Cancellation);

        await store.Identity.EraseAsync(ada.Id, "erased-1", Acting.Operator, Cancellation);

        (await accounts.FindAccountAsync(ada.Id, Cancellation)).ShouldBeNull();
        (await accounts.FindExternalAsync(new("https://idp", "1"), Cancellation)).ShouldBeNull();
    }
}
