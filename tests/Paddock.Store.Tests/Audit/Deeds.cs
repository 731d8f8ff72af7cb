using System.Collections.Immutable;
using Paddock.Core.Approvals;
using Paddock.Core.Audit;
using Paddock.Core.Containments;
using Paddock.Core.Identity;
using Paddock.Core.Incidents;
using Paddock.Core.Mitigations;
using Paddock.Core.Releases;
using Paddock.Store.Approvals;
using Paddock.Store.Containments;
using Paddock.Store.Mitigations;
using Paddock.Store.Tests.Approvals;
using Paddock.Store.Tests.Identity;

namespace Paddock.Store.Tests.Audit;

/// <summary>One change that a store makes, and what the audit log is to say of it.</summary>
/// <param name="Method">Of the interface.</param>
/// <param name="Prepare">Makes what is needed before, and returns what is done.</param>
/// <param name="Says">Act and actor of each entry that it makes.</param>
/// <param name="SaysAgain">The same for when it is done once more.</param>
internal sealed record Deed(string Method, Func<StoreUnderTest, Task<Func<Task>>> Prepare, string[] Says, params string[] SaysAgain);

/// <summary>All changes that the stores make of which the audit log tells.</summary>
internal static class Deeds
{
    public static readonly AuditActor Operator = AuditActor.Of("usr_0000000000000000000000000000000a", "key_0000000000000000000000000000000a");

    private const string By = " usr_0000000000000000000000000000000a key_0000000000000000000000000000000a", Clock = " system:clock", Dev = " dev", Ada = " ada", Eve = " eve";

    public static readonly IReadOnlyDictionary<string, Deed> All = new Dictionary<string, Deed>(StringComparer.Ordinal)
    {
        ["a principal is made"] = new(
            nameof(IIdentityStore.AddPrincipalAsync), store => Do(() => store.Identity.AddPrincipalAsync(People.User("eve") with { Teams = ["core"] }, Operator, Cancellation)), ["principal.created" + By]),
        ["teams are changed"] = new(nameof(IIdentityStore.UpdatePrincipalAsync), Known((store, user, _) => store.Identity.UpdatePrincipalAsync(user.Id, ["a", "b"], disabled: false, Operator, Cancellation)), ["principal.changed" + By]),
        ["a principal is disabled"] = new(nameof(IIdentityStore.UpdatePrincipalAsync), Known((store, user, _) => store.Identity.UpdatePrincipalAsync(user.Id, [], disabled: true, Operator, Cancellation)), ["principal.changed" + By]),
        ["nobody is changed"] = new(nameof(IIdentityStore.UpdatePrincipalAsync), store => Do(() => store.Identity.UpdatePrincipalAsync(People.User("ghost").Id, [], disabled: true, Operator, Cancellation)), []),
        ["a name is erased"] = new(nameof(IIdentityStore.EraseAsync), Left((store, user) => store.Identity.EraseAsync(user.Id, "erased-1", Operator, Cancellation)), ["principal.erased" + By]),
        ["a name that is in use is not erased"] = new(nameof(IIdentityStore.EraseAsync), Known((store, user, _) => store.Identity.EraseAsync(user.Id, "erased-1", Operator, Cancellation)), []),
        ["a key is made"] = new(nameof(IIdentityStore.AddKeyAsync), Known((store, user, _) => store.Identity.AddKeyAsync(People.Key(user, "another"), Operator, Cancellation)), ["key.created" + By], "key.created" + By),
        ["a key is rotated"] = new(
            nameof(IIdentityStore.RotateKeyAsync),
            Known((store, user, key) => store.Identity.RotateKeyAsync(People.Key(user, "next") with { Replaces = key.Id }, StoreUnderTest.Noon, Operator, Cancellation)), ["key.rotated" + By], "key.rotated" + By),
        ["a key of one's own is made"] = new(nameof(IIdentityStore.AddOwnKeyAsync), Known((store, user, _) => store.Identity.AddOwnKeyAsync(People.Key(user, "own"), 20, Operator, Cancellation)), ["key.created" + By], "key.created" + By),
        ["one too many is not made"] = new(nameof(IIdentityStore.AddOwnKeyAsync), Known((store, user, _) => store.Identity.AddOwnKeyAsync(People.Key(user, "own"), 1, Operator, Cancellation)), []),
        ["a key of one's own is replaced, once"] = new(
            nameof(IIdentityStore.RotateOwnKeyAsync),
            Known((store, user, key) => store.Identity.RotateOwnKeyAsync(People.Key(user, "next") with { Replaces = key.Id }, StoreUnderTest.Noon, 20, Operator, Cancellation)), ["key.rotated" + By]),
        ["a key is revoked"] = new(nameof(IIdentityStore.RevokeKeyAsync), Known((store, _, key) => store.Identity.RevokeKeyAsync(key.Id, StoreUnderTest.Noon, Operator, Cancellation)), ["key.revoked" + By]),
        ["a session begins"] = new(nameof(IIdentityStore.AddSessionAsync), Known((store, user, _) => store.Identity.AddSessionAsync(People.Session(user) with { Owner = user.Id }, "10.0.0.1", Cancellation)), ["session.signed_in" + Eve], "session.signed_in" + Eve),
        ["a session is ended"] = new(nameof(IIdentityStore.EndSessionAsync), SignedIn((store, session) => store.Identity.EndSessionAsync(session.Id, StoreUnderTest.Noon, Operator, Cancellation)), ["session.signed_out" + By]),
        ["a session that is a key is not ended"] = new(nameof(IIdentityStore.EndSessionAsync), Known((store, _, key) => store.Identity.EndSessionAsync(key.Id, StoreUnderTest.Noon, Operator, Cancellation)), []),
        ["all sessions are ended"] = new(nameof(IIdentityStore.EndSessionsAsync), SignedIn((store, session) => store.Identity.EndSessionsAsync(session.Owner, StoreUnderTest.Noon, Operator, Cancellation)), ["session.signed_out" + By]),
        ["a password is chosen"] = new(nameof(ISignInStore.SetPasswordAsync), SignedIn(async (store, session) =>
        {
            var ticket = People.Ticket(TicketKind.Invitation, session.Owner) with { Hash = session.Hash };
            await store.Get<ISignInStore>().AddTicketAsync(ticket, StoreUnderTest.Noon, Cancellation);
            await store.Get<ISignInStore>().SetPasswordAsync(ticket.Hash, "hash", StoreUnderTest.Noon, Cancellation);
        }), ["account.password_set" + Eve, "session.signed_out" + Eve], "account.password_set" + Eve),
        ["a password is wrong too often"] = new(nameof(ISignInStore.NoteLockedAsync), WithPassword((store, user) => store.Get<ISignInStore>().NoteLockedAsync(user.Id, StoreUnderTest.Noon.AddMinutes(1), Cancellation)), ["account.locked system:console"], "account.locked system:console"),
        ["somebody is known elsewhere"] = new(nameof(ISignInStore.LinkAsync), Known((store, user, _) => store.Get<ISignInStore>().LinkAsync(user.Id, new("https://idp", "1"), Operator, Cancellation)), ["principal.linked" + By]),
        ["a release is imported"] = new(nameof(IReleaseStore.ImportAsync), store => Do(() => ImportAsync(store)), ["release.imported" + By]),
        ["a release is activated"] = new(nameof(IReleaseStore.ActivateAsync), Imported([]), ["release.activated" + By], "release.activated" + By),
        ["a release binds otherwise"] = new(
            nameof(IReleaseStore.ActivateAsync), Imported([new("PolicyBinding git", "enforce", "shadow")]), ["release.activated" + By, "release.enforcement_changed" + By],
            "release.activated" + By, "release.enforcement_changed" + By),
        ["something is contained"] = new(nameof(IContainmentStore.AddAsync), store => Do(() => store.Containments.AddAsync(Containment(store), Operator, Cancellation)), ["containment.contained" + By], "containment.contained" + By),
        ["a containment is lifted"] = new(nameof(IContainmentStore.LiftAsync), Contained((store, made) => store.Containments.LiftAsync(made.Id, Operator, "found", Cancellation)), ["containment.lifted" + By]),
        ["a mitigation begins"] = new(nameof(IMitigationStore.AddAsync), store => Do(() => store.Get<IMitigationStore>().AddAsync(Mitigation(store), Operator, Cancellation)), ["mitigation.begun" + By], "mitigation.begun" + By),
        ["a mitigation is ended"] = new(nameof(IMitigationStore.EndAsync), Mitigated((store, made) => store.Get<IMitigationStore>().EndAsync(made.Id, Operator, Cancellation)), ["mitigation.ended" + By]),
        ["a mitigation expires"] = new(nameof(MitigationStore.LapseAsync), Mitigated((store, made) => store.Get<MitigationStore>().LapseAsync(made, Cancellation)), ["mitigation.expired" + Clock]),
        ["a containment expires"] = new(nameof(ContainmentStore.LapseAsync), Contained((store, made) => store.Get<ContainmentStore>().LapseAsync(made.Id, Cancellation), TimeSpan.FromHours(2)), ["containment.expired" + Clock]),
        ["an incident is opened"] = new(nameof(IIncidents.OpenAsync), store => Task.FromResult(Opening(store)), ["incident.opened" + By]),
        ["an incident is acknowledged"] = new(
            nameof(IIncidents.KeepAsync),
            Opened((store, made) => store.Get<IIncidents>().KeepAsync((IncidentOutcome.Changed)IncidentMachine.Apply(made, new IncidentCommand.Acknowledge(), Operator.Id, StoreUnderTest.Noon), Operator, Cancellation)),
            ["incident.acknowledged" + By]),
        ["an incident is overdue"] = new(
            nameof(IIncidents.NoteAsync),
            Opened((store, made) => store.Get<IIncidents>().NoteAsync(made.Id, IncidentMachine.Note(IncidentEntryKind.Overdue, "late", "system:clock", StoreUnderTest.Noon, "eta"), AuditActor.Clock, Cancellation)), ["incident.overdue" + Clock]),
        ["somebody is on call"] = new(nameof(IIncidents.SetOnCallAsync), store => Do(() => store.Get<IIncidents>().SetOnCallAsync(new("usr_1", StoreUnderTest.Noon, null), Operator, Cancellation)), ["incident.on_call" + By], "incident.on_call" + By),
        ["an approval is asked for"] = new(nameof(IApprovals.AskAsync), Asked((store, people, _) => store.Approvals.AskAsync(people.Request("git fetch"), Cancellation)), ["approval.requested" + Dev]),
        ["one of two says yes"] = new(nameof(IApprovals.VoteAsync), Asked((store, people, asked) => Vote(store, people, asked), people => Two(people)), ["approval.voted" + Ada]),
        ["an approver says yes"] = new(nameof(IApprovals.VoteAsync), Asked((store, people, asked) => Vote(store, people, asked)), ["approval.approved" + Ada]),
        ["an approver grants"] = new(nameof(IApprovals.VoteAsync), Asked((store, people, asked) => Vote(store, people, asked, grant: true), people => people.Request() with { Offer = offer }), ["approval.granted" + Ada]),
        ["an approver says no"] = new(nameof(IApprovals.VoteAsync), Asked((store, people, asked) => Vote(store, people, asked, yes: false)), ["approval.denied" + Ada]),
        ["a request is taken back"] = new(
            nameof(IApprovals.CancelAsync), Asked((store, people, asked) => store.Approvals.CancelAsync(asked.Id, AuditActor.Of(people.Dev.Id.Value), "a slip", Cancellation)), ["approval.cancelled" + Dev]),
        ["an approval is taken back"] = new(nameof(IApprovals.RevokeAsync), Approved((store, _, given) => store.Approvals.RevokeAsync(given.Id, Operator, "a leak", Cancellation)), ["approval.revoked" + By]),
        ["an approval is used"] = new(nameof(IApprovals.ConsumeAsync), Approved((_, people, given) => people.UseAsync(given)), ["approval.consumed" + Dev]),
        ["an approver has left"] = new(
            nameof(IApprovals.ConsumeAsync),
            Approved((_, people, given) => people.UseAsync(given), (store, people) => store.Identity.UpdatePrincipalAsync(people.Ada.Id, [], disabled: true, Operator, Cancellation)), ["approval.revoked system:directory"]),
        ["nobody decides in time"] = new(nameof(IApprovals.WaitAsync), Asked((store, _, asked) => store.Approvals.WaitAsync(asked.Id, Cancellation), later: TimeSpan.FromHours(1)), ["approval.expired" + Clock]),
        ["the clock looks"] = new(nameof(ApprovalClock.LookAsync), Asked((store, _, _) => store.Get<ApprovalClock>().LookAsync(Cancellation), later: TimeSpan.FromHours(1)), ["approval.expired" + Clock]),
        ["a step takes too long"] = new(nameof(ApprovalClock.LookAsync), Asked((store, _, _) => store.Get<ApprovalClock>().LookAsync(Cancellation), Escalating, TimeSpan.FromMinutes(6)), ["approval.escalated" + Clock]),
        ["a vote comes after the step's time"] = new(nameof(IApprovals.VoteAsync), Asked((store, people, asked) => Vote(store, people, asked), Escalating, TimeSpan.FromMinutes(6)), ["approval.escalated" + Clock, "approval.approved" + Ada]),
    };

    private static readonly GrantOffer offer = new() { ArgvPrefix = ["git", "push"], Repository = "r", Task = "task_1", MaxUses = 3, Ttl = TimeSpan.FromHours(1) };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Task<Func<Task>> Do(Func<Task> deed) => Task.FromResult(deed);

    private static Func<StoreUnderTest, Task<Func<Task>>> Known(Func<StoreUnderTest, Principal, ApiKey, Task> deed) => async store =>
    {
        var (user, key) = await People.AddAsync(store, "eve");
        return () => deed(store, user, key);
    };

    private static Func<StoreUnderTest, Task<Func<Task>>> SignedIn(Func<StoreUnderTest, ApiKey, Task> deed) => async store =>
    {
        var (user, _) = await People.AddAsync(store, "eve");
        var session = People.Session(user);
        await store.Identity.AddSessionAsync(session, source: null, Cancellation);
        return () => deed(store, session);
    };

    private static Func<StoreUnderTest, Task<Func<Task>>> WithPassword(Func<StoreUnderTest, Principal, Task> deed) => async store =>
    {
        var (user, _) = await People.AddAsync(store, "eve");
        var (accounts, ticket) = (store.Get<ISignInStore>(), People.Ticket(TicketKind.Invitation, user.Id));
        await accounts.AddTicketAsync(ticket, StoreUnderTest.Noon, Cancellation);
        await accounts.SetPasswordAsync(ticket.Hash, "hash", StoreUnderTest.Noon, Cancellation);
        return () => deed(store, user);
    };

    private static Func<StoreUnderTest, Task<Func<Task>>> Left(Func<StoreUnderTest, Principal, Task> deed) => async store =>
    {
        var (user, _) = await People.AddAsync(store, "eve");
        await store.Identity.UpdatePrincipalAsync(user.Id, [], disabled: true, Operator, Cancellation);
        return () => deed(store, user);
    };

    private static Func<StoreUnderTest, Task<Func<Task>>> Imported(ImmutableArray<EnforcementChange> changes) => async store =>
    {
        await ImportAsync(store);
        return () => store.Releases.ActivateAsync(Release().Digest, changes, Operator, StoreUnderTest.Noon, Cancellation);
    };

    private static StoredRelease Release()
    {
        ImmutableArray<SourceFile> files = [new("a.yaml", "a: b")];
        return new(ReleaseManifest.Digest(files), files, StoreUnderTest.Noon, Operator.Id);
    }

    private static Task ImportAsync(StoreUnderTest store) => store.Releases.ImportAsync(Release(), documents: 1, Operator, Cancellation);

    private static Containment Containment(StoreUnderTest store) => new()
    {
        Id = ContainmentId.Create(Guid.CreateVersion7()),
        Selector = new() { Tool = "shell" },
        Reason = "a leak",
        CreatedBy = Operator.Id,
        CreatedAt = store.Time.GetUtcNow(),
        ExpiresAt = store.Time.GetUtcNow().AddHours(1),
    };

    private static Mitigation Mitigation(StoreUnderTest store) => new()
    {
        Id = MitigationId.Of(Guid.CreateVersion7().ToString("N"), "tools"),
        Measure = new Measure.ReadOnly(),
        Reason = "a leak",
        Run = "run_1",
        Step = "tools",
        CreatedBy = Operator.Id,
        CreatedAt = store.Time.GetUtcNow(),
        ExpiresAt = store.Time.GetUtcNow().AddHours(1),
    };

    private static Func<StoreUnderTest, Task<Func<Task>>> Mitigated(Func<StoreUnderTest, Mitigation, Task> deed) => async store =>
    {
        await store.Get<MitigationClock>().StopAsync();
        var made = Mitigation(store);
        await store.Get<IMitigationStore>().AddAsync(made, Operator, Cancellation);
        return () => deed(store, made);
    };

    private static readonly Incident incident = new()
    {
        Id = "inc_1",
        Title = "Nothing answers",
        Severity = IncidentSeverity.Sev2,
        Owner = "usr_1",
        Eta = StoreUnderTest.Noon.AddHours(1),
        CreatedBy = Operator.Id,
        BeganAt = StoreUnderTest.Noon,
        UpdatedAt = StoreUnderTest.Noon,
        ChangedAt = StoreUnderTest.Noon,
    };

    private static Func<Task> Opening(StoreUnderTest store) => () => store.Get<IIncidents>().OpenAsync(incident, [IncidentMachine.Opened(incident)], Operator, Cancellation);

    private static Func<StoreUnderTest, Task<Func<Task>>> Opened(Func<StoreUnderTest, Incident, Task> deed) => async store =>
    {
        await Opening(store)();
        return () => deed(store, incident);
    };

    private static Func<StoreUnderTest, Task<Func<Task>>> Contained(Func<StoreUnderTest, Containment, Task> deed, TimeSpan later = default) => async store =>
    {
        await store.Get<ContainmentClock>().StopAsync();
        var made = Containment(store);
        await store.Containments.AddAsync(made, Operator, Cancellation);
        store.Time.Advance(later);
        return () => deed(store, made);
    };

    private static Func<StoreUnderTest, Task<Func<Task>>> Asked(Func<StoreUnderTest, Asking, Approval, Task> deed, Func<Asking, ApprovalRequest>? request = null, TimeSpan later = default) => async store =>
    {
        await store.Get<ApprovalClock>().StopAsync();
        var people = await Asking.InAsync(store);
        var asked = await people.AskAsync(request?.Invoke(people));
        store.Time.Advance(later);
        return () => deed(store, people, asked);
    };

    private static Func<StoreUnderTest, Task<Func<Task>>> Approved(Func<StoreUnderTest, Asking, Approval, Task> deed, Func<StoreUnderTest, Asking, Task>? then = null) => async store =>
    {
        await store.Get<ApprovalClock>().StopAsync();
        var people = await Asking.InAsync(store);
        var given = await people.ApproveAsync((await people.AskAsync()).Id);
        await (then?.Invoke(store, people) ?? Task.CompletedTask);
        return () => deed(store, people, given);
    };

    private static Task<ApprovalResult> Vote(StoreUnderTest store, Asking people, Approval asked, bool yes = true, bool grant = false) =>
        store.Approvals.VoteAsync(asked.Id, new(people.Ada.Id, yes, "a reason", grant), Cancellation);

    private static ApprovalRequest Two(Asking people) => people.Request() with { Chain = new() { Name = "two", Steps = [new() { AnyOf = new() { Teams = ["leads"] }, Min = 2 }] } };

    private static ApprovalRequest Escalating(Asking people) => people.Request() with
    {
        Chain = new() { Name = "slow", Steps = [new() { AnyOf = new() { Teams = ["leads"] }, Timeout = TimeSpan.FromMinutes(5), EscalateTo = new() { Teams = ["heads"] } }] },
    };
}
