using System.Collections.Immutable;
using Paddock.Core.Approvals;
using Paddock.Core.Audit;
using Paddock.Core.Identity;
using Paddock.Store.Tests.Identity;
using Paddock.Testing;

namespace Paddock.Store.Tests.Approvals;

/// <summary>What IApprovals promises, on both databases.</summary>
public class ApprovalStoreTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, EachEngine]
    public async Task A_request_comes_back_with_everything_that_was_said(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var people = await Asking.InAsync(store);
        var request = people.Request() with
        {
            Kind = ApprovalKind.BreakGlass,
            Requester = new() { Principal = people.Dev.Id, Key = KeyId.Create(Guid.Empty), KeyOwner = people.Bob.Id, Parties = ImmutableDictionary<ApprovalParty, PrincipalId>.Empty.Add(ApprovalParty.Author, people.Bob.Id) },
            Chain = new()
            {
                Name = "all",
                Steps = [new() { AnyOf = new() { Teams = ["a"], Groups = ["g"], Users = ["u"], Roles = ControlRoles.Approver | ControlRoles.Viewer }, Min = 2, DistinctFrom = [ApprovalParty.Author], Timeout = TimeSpan.FromMinutes(5), EscalateTo = new() { Roles = ControlRoles.Admin } }],
            },
            SelfAcknowledgement = true,
            Offer = new() { ArgvPrefix = ["git", "push"], Repository = "r", Task = "task_1", MaxUses = 3, Ttl = TimeSpan.FromHours(1) },
        };

        var asked = await people.AskAsync(request);

        var found = (await store.Approvals.FindAsync(asked.Id, Cancellation)).ShouldNotBeNull();
        found.ShouldBeEquivalentTo(asked);
        found.DueAt.ShouldBe(StoreUnderTest.Noon.AddMinutes(5));
    }

    [Theory, EachEngine]
    public async Task An_equal_request_joins_the_one_that_waits_and_another_does_not(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var people = await Asking.InAsync(store);
        var first = await people.AskAsync();

        (await store.Approvals.AskAsync(people.Request(), Cancellation)).ShouldBeOfType<AskOutcome.Joined>().Approval.Id.ShouldBe(first.Id);
        (await people.AskAsync(people.Request("git push --force"))).Id.ShouldNotBe(first.Id);
        (await people.AskAsync(people.Request(by: people.Bob))).Id.ShouldNotBe(first.Id);
        (await people.AskAsync(people.Request() with { Chain = new() { Name = "other", Steps = [new() { AnyOf = new() { Users = ["ada"] } }] } })).Id.ShouldNotBe(first.Id);
        (await store.Approvals.ListAsync(new() { State = ApprovalState.Pending }, Cancellation)).Length.ShouldBe(4);
    }

    [Theory, EachEngine]
    public async Task What_was_approved_or_denied_is_joined_until_it_expires(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var people = await Asking.InAsync(store);
        var approved = await people.AskAsync();
        await people.ApproveAsync(approved.Id);
        var denied = await people.AskAsync(people.Request("rm -rf /"));
        await store.Approvals.VoteAsync(denied.Id, new(people.Ada.Id, Approve: false), Cancellation);

        (await store.Approvals.AskAsync(people.Request(), Cancellation)).ShouldBeOfType<AskOutcome.Joined>().Approval.State.ShouldBe(ApprovalState.Approved);
        (await store.Approvals.AskAsync(people.Request("rm -rf /"), Cancellation)).ShouldBeOfType<AskOutcome.Joined>().Approval.State.ShouldBe(ApprovalState.Denied);
        store.Time.Advance(TimeSpan.FromMinutes(31));
        (await people.AskAsync()).Id.ShouldNotBe(approved.Id);
        (await people.AskAsync(people.Request("rm -rf /"))).Id.ShouldNotBe(denied.Id);
    }

    [Theory, EachEngine]
    public async Task A_vote_is_kept_with_when_it_was_seen_and_how_long_it_was_waited_for(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var people = await Asking.InAsync(store);
        var asked = await people.AskAsync();
        store.Time.Advance(TimeSpan.FromMinutes(1));
        await store.Approvals.NoteSeenAsync([asked.Id, ApprovalId.Create(Guid.NewGuid())], people.Ada.Id, Cancellation);
        store.Time.Advance(TimeSpan.FromMinutes(1));
        await store.Approvals.NoteSeenAsync([asked.Id], people.Ada.Id, Cancellation);

        await people.ApproveAsync(asked.Id);

        var found = (await store.Approvals.FindAsync(asked.Id, Cancellation)).ShouldNotBeNull();
        var vote = found.Votes.ShouldHaveSingleItem();
        vote.ShouldBe(new(people.Ada.Id, "ada", 0, Approve: true, "fine", StoreUnderTest.Noon.AddMinutes(2), Grants: false, Escalated: false, TimeSpan.FromMinutes(2), StoreUnderTest.Noon.AddMinutes(1)));
        (found.State, found.DecidedBy, found.DecidedAt, found.Reason).ShouldBe((ApprovalState.Approved, people.Ada.Id.Value, StoreUnderTest.Noon.AddMinutes(2), "fine"));
    }

    [Theory, EachEngine]
    public async Task Votes_are_judged_by_the_directory_of_the_moment(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var people = await Asking.InAsync(store);
        var asked = await people.AskAsync();

        (await VoteAsync(people.Dev.Id)).ShouldBe(ApprovalRefusal.OwnRequest);
        (await VoteAsync(People.User("ghost").Id)).ShouldBe(ApprovalRefusal.NotAPerson);
        await store.Identity.UpdatePrincipalAsync(people.Ada.Id, ["sales"], disabled: false, Acting.Operator, Cancellation);
        (await VoteAsync(people.Ada.Id)).ShouldBe(ApprovalRefusal.NotEligible);
        (await store.Approvals.VoteAsync(ApprovalId.Create(Guid.NewGuid()), new(people.Bob.Id, Approve: true), Cancellation)).ShouldBeOfType<ApprovalResult.Missing>();

        async Task<ApprovalRefusal> VoteAsync(PrincipalId by) => (await store.Approvals.VoteAsync(asked.Id, new(by, Approve: true), Cancellation)).ShouldBeOfType<ApprovalResult.Refused>().Reason;
    }

    [Theory, EachEngine]
    public async Task An_approval_is_used_once_with_its_intent_in_the_same_transaction(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var people = await Asking.InAsync(store);
        var approved = await people.ApproveAsync((await people.AskAsync()).Id);

        (await people.UseAsync(approved, use: new(people.Subject("git push --force")))).ShouldBeOfType<ApprovalResult.Refused>().Reason.ShouldBe(ApprovalRefusal.AnotherCall);
        (await people.UseAsync(approved)).ShouldBeOfType<ApprovalResult.Done>().Approval.State.ShouldBe(ApprovalState.Consumed);
        (await people.UseAsync(approved, "dec_2")).ShouldBeOfType<ApprovalResult.Refused>().Reason.ShouldBe(ApprovalRefusal.UsedUp);

        (await store.QueryAsync<string>("SELECT id || ' ' || approval_id || ' ' || call_digest || ' ' || task || ' ' || tool FROM tool_intents")).ShouldBe([$"dec_1 {approved.Id} {approved.Digest} task_1 shell"]);
        (await people.AskAsync()).State.ShouldBe(ApprovalState.Pending);
    }

    [Theory, EachEngine]
    public async Task An_intent_that_cannot_be_written_leaves_the_approval_unused(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var people = await Asking.InAsync(store);
        var first = await people.ApproveAsync((await people.AskAsync()).Id);
        await people.UseAsync(first, "dec_1");
        var second = await people.ApproveAsync((await people.AskAsync()).Id);

        await Should.ThrowAsync<InvalidOperationException>(() => people.UseAsync(second, "dec_1"));

        (await store.Approvals.FindAsync(second.Id, Cancellation)).ShouldNotBeNull().State.ShouldBe(ApprovalState.Approved);
    }

    [Theory, EachEngine]
    public async Task An_approver_who_left_has_not_approved_and_the_same_is_asked_anew(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var people = await Asking.InAsync(store);
        var approved = await people.ApproveAsync((await people.AskAsync()).Id);

        await store.Identity.UpdatePrincipalAsync(people.Ada.Id, ["leads"], disabled: true, Acting.Operator, Cancellation);

        (await people.UseAsync(approved)).ShouldBeOfType<ApprovalResult.Refused>().Approval.State.ShouldBe(ApprovalState.Revoked);
        (await store.QueryAsync<string>("SELECT id FROM tool_intents")).ShouldBeEmpty();
        (await people.AskAsync()).State.ShouldBe(ApprovalState.Pending);
    }

    [Theory, EachEngine]
    public async Task A_grant_is_joined_by_its_kind_of_call_and_used_as_often_as_it_says(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var people = await Asking.InAsync(store);
        var offer = new GrantOffer { ArgvPrefix = ["git", "push"], Repository = "r", Task = "task_1", MaxUses = 2, Ttl = TimeSpan.FromHours(1) };
        var granted = await people.ApproveAsync((await people.AskAsync(people.Request() with { Offer = offer })).Id, grant: true);

        var joined = (await store.Approvals.AskAsync(people.Request("git push origin x") with { Offer = offer }, Cancellation)).ShouldBeOfType<AskOutcome.Joined>().Approval;
        joined.Id.ShouldBe(granted.Id);
        (await people.UseAsync(joined, "dec_1", new(people.Subject("git push origin x"), "r", ["git", "push", "origin", "x"]))).ShouldBeOfType<ApprovalResult.Done>().Approval.State.ShouldBe(ApprovalState.Approved);
        (await people.UseAsync(joined, "dec_2", new(people.Subject("git push origin y"), "r", ["git", "push", "origin", "y"]))).ShouldBeOfType<ApprovalResult.Done>().Approval.State.ShouldBe(ApprovalState.Consumed);
        (await store.Approvals.AskAsync(people.Request("git push origin z") with { Offer = offer }, Cancellation)).ShouldBeOfType<AskOutcome.Created>();
        (await store.Approvals.AskAsync(people.Request("make deploy") with { Offer = offer }, Cancellation)).ShouldBeOfType<AskOutcome.Refused>().Reason.ShouldBe(ApprovalRefusal.BadGrant);
    }

    [Theory, EachEngine]
    public async Task A_request_is_cancelled_by_its_requester_and_an_approval_taken_back_by_anyone_told_to(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var people = await Asking.InAsync(store);
        var asked = await people.AskAsync();
        var approved = await people.ApproveAsync((await people.AskAsync(people.Request("git fetch"))).Id);

        (await store.Approvals.CancelAsync(asked.Id, AuditActor.Of(people.Dev.Id.Value), "typed too fast", Cancellation)).ShouldBeOfType<ApprovalResult.Done>().Approval.State.ShouldBe(ApprovalState.Cancelled);
        (await store.Approvals.RevokeAsync(approved.Id, AuditActor.Of("system:containment"), "incident 7", Cancellation)).ShouldBeOfType<ApprovalResult.Done>().Approval.Reason.ShouldBe("incident 7");
        (await store.Approvals.RevokeAsync(asked.Id, AuditActor.Of("system:containment"), null, Cancellation)).ShouldBeOfType<ApprovalResult.Refused>().Reason.ShouldBe(ApprovalRefusal.NotApproved);
    }

    [Theory, EachEngine]
    public async Task Lists_are_newest_first_a_page_at_a_time(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var people = await Asking.InAsync(store);
        var ids = new List<ApprovalId>();
        for (var i = 0; i < 5; i++)
        {
            store.Time.Advance(TimeSpan.FromSeconds(1));
            ids.Add((await people.AskAsync(people.Request($"git push {i}"))).Id);
        }

        var page = await store.Approvals.ListAsync(new() { Limit = 2 }, Cancellation);
        var next = await store.Approvals.ListAsync(new() { Limit = 2, Before = page[^1].Id, Requester = people.Dev.Id.Value }, Cancellation);

        page.Concat(next).Select(approval => approval.Id).ShouldBe(Enumerable.Reverse(ids).Take(4));
        (await store.Approvals.ListAsync(new() { State = ApprovalState.Denied }, Cancellation)).ShouldBeEmpty();
        (await store.Approvals.ListAsync(new() { Requester = people.Ada.Id.Value }, Cancellation)).ShouldBeEmpty();
    }

    [Theory, EachEngine]
    public async Task A_requester_has_so_many_waiting_and_no_more(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var people = await Asking.InAsync(store);
        for (var i = 0; i < 50; i++)
        {
            await people.AskAsync(people.Request($"git push {i}"));
        }

        (await store.Approvals.AskAsync(people.Request("git push 50"), Cancellation)).ShouldBeOfType<AskOutcome.Refused>().Reason.ShouldBe(ApprovalRefusal.TooManyPending);
        (await store.Approvals.AskAsync(people.Request("git push 1"), Cancellation)).ShouldBeOfType<AskOutcome.Joined>();
        (await store.Approvals.AskAsync(people.Request(by: people.Bob), Cancellation)).ShouldBeOfType<AskOutcome.Created>();
        (await store.Approvals.AskAsync(people.Soft("make deploy"), Cancellation)).ShouldBeOfType<AskOutcome.Created>();
    }

    [Theory, EachEngine]
    public async Task What_only_its_asker_can_let_pass_is_shown_to_others_when_it_has_been(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var people = await Asking.InAsync(store);
        var soft = await people.AskAsync(people.Soft("make deploy"));
        var (ada, dev) = (new ApprovalQuery { VisibleTo = people.Ada.Id.Value }, new ApprovalQuery { VisibleTo = people.Dev.Id.Value });

        (await store.Approvals.ListAsync(ada, Cancellation)).ShouldBeEmpty();
        (await store.Approvals.ListAsync(dev, Cancellation)).ShouldHaveSingleItem();
        (await store.Approvals.VoteAsync(soft.Id, new(people.Dev.Id, Approve: true, "staging"), Cancellation)).ShouldBeOfType<ApprovalResult.Done>();
        (await store.Approvals.ListAsync(ada, Cancellation)).ShouldHaveSingleItem().Reason.ShouldBe("staging");
    }

    [Theory, EachEngine]
    public async Task What_is_approved_again_and_again_is_counted_across_tasks_and_people(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var people = await Asking.InAsync(store);
        await people.ApproveAsync((await people.AskAsync(people.Request(task: "task_1"))).Id);
        await people.ApproveAsync((await people.AskAsync(people.Request(task: "task_2"))).Id);
        await people.ApproveAsync((await people.AskAsync(people.Request(by: people.Bob))).Id);
        var denied = await people.AskAsync(people.Request(task: "task_3"));
        await store.Approvals.VoteAsync(denied.Id, new(people.Ada.Id, Approve: false), Cancellation);
        await people.AskAsync(people.Request(task: "task_4"));

        (await store.Approvals.CountAsync(denied.Shape, StoreUnderTest.Noon.AddDays(-1), Cancellation)).ShouldBe(new(Approved: 3, Denied: 1, Requesters: 2));
        (await store.Approvals.CountAsync(denied.Shape, StoreUnderTest.Noon.AddDays(1), Cancellation)).ShouldBe(new(0, 0, 0));
    }

    [Theory, EachEngine]
    public async Task Whoever_says_yes_without_reading_shows_in_the_figures(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var people = await Asking.InAsync(store);
        for (var i = 0; i < 3; i++)
        {
            var asked = await people.AskAsync(people.Request($"git push {i}"));
            if (i > 0)
            {
                await store.Approvals.NoteSeenAsync([asked.Id], people.Ada.Id, Cancellation);
            }

            store.Time.Advance(TimeSpan.FromSeconds(i == 1 ? 2 : 10));
            await people.ApproveAsync(asked.Id);
        }

        var figures = (await store.Approvals.FiguresAsync(StoreUnderTest.Noon, Cancellation)).ShouldHaveSingleItem();

        figures.ShouldBe(new(people.Ada.Id, "ada", Approved: 3, Denied: 0, Hasty: 2, MedianWait: TimeSpan.FromSeconds(10)));
        figures.HastyShare.ShouldBe(2 / 3.0, 0.001);
    }
}
