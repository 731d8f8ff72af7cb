using Paddock.Control.Approvals;
using Paddock.Core.Approvals;
using static Paddock.Control.Tests.ControlUnderTest;

namespace Paddock.Control.Tests.Approvals;

public class ApprovalUseCaseTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_approver_sees_exactly_what_is_asked_and_why_and_says_yes()
    {
        await using var control = await StartAsync();
        var inbox = await new Inbox(control).OpenAsync();
        var id = await inbox.AskAsync();
        var ada = await inbox.AsAsync("ada");

        var listed = (await control.Get<ListApprovals>().RunAsync(ada, new() { State = ApprovalState.Pending }, Cancellation)).ShouldBeDone().Approvals.ShouldHaveSingleItem();
        var shown = (await control.Get<ShowApproval>().RunAsync(ada, id, Cancellation)).ShouldBeDone();
        control.Time.Advance(TimeSpan.FromSeconds(40));
        var approved = (await control.Get<ApproveRequest>().RunAsync(ada, id, new("read it"), Cancellation)).ShouldBeDone();

        listed.Id.ShouldBe(id);
        (shown.Requester, shown.State, shown.Obstacle, shown.Suggestion).ShouldBe(("dev", "pending", null, null));
        (shown.Subject.Command, shown.Subject.Cwd, shown.Subject.Because, shown.Subject.Rule).ShouldBe(("git push origin main", "/work", "pushes are reviewed", "git/push"));
        shown.Chain.Steps.ShouldHaveSingleItem().ShouldBe(new("team leads", 1, 0, Waiting: true, null, null, Escalated: false));
        (approved.State, approved.DecidedBy, approved.Reason).ShouldBe(("approved", "ada", "read it"));
        var figures = (await control.Get<ListApprovers>().RunAsync(Admin, since: null, Cancellation)).ShouldBeDone().Approvers.ShouldHaveSingleItem();
        (figures.Name, figures.Approved, figures.MedianSeconds, figures.HastyShare).ShouldBe(("ada", 1, 40, 0));
    }

    [Fact]
    public async Task Denying_takes_a_reason_along_and_ends_it()
    {
        await using var control = await StartAsync();
        var inbox = await new Inbox(control).OpenAsync();
        var id = await inbox.AskAsync();

        (await control.Get<DenyRequest>().RunAsync(await inbox.AsAsync("ada"), id, new("not on a friday"), Cancellation)).ShouldBeDone().State.ShouldBe("denied");

        (await control.Get<ApproveRequest>().RunAsync(await inbox.AsAsync("bob"), id, new(), Cancellation)).ShouldBeConflict();
    }

    [Fact]
    public async Task Nobody_decides_their_own_request_nor_one_that_does_not_concern_them()
    {
        await using var control = await StartAsync();
        var inbox = await new Inbox(control).OpenAsync();
        var id = await inbox.AskAsync();
        var dev = await inbox.AsAsync("dev");
        var outsider = await inbox.AsAsync("eve");

        (await control.Get<ApproveRequest>().RunAsync(dev, id, new("mine"), Cancellation)).ShouldBeNotAllowed("own request");
        (await control.Get<DenyRequest>().RunAsync(outsider, id, new(), Cancellation)).ShouldBeNotAllowed("does not name you");
        (await control.Get<ShowApproval>().RunAsync(dev, id, Cancellation)).ShouldBeDone().Obstacle.ShouldNotBeNull().ShouldContain("own request");
    }

    [Fact]
    public async Task Programs_have_no_vote_whatever_key_they_come_with()
    {
        await using var control = await StartAsync();
        var inbox = await new Inbox(control).OpenAsync();
        var id = await inbox.AskAsync();

        (await control.Get<ApproveRequest>().RunAsync(await inbox.AsAsync("robot", service: true), id, new(), Cancellation)).ShouldBeNotAllowed("Only people");
        (await control.Get<ApproveRequest>().RunAsync(await inbox.AsAsync("ada", models: true), id, new(), Cancellation)).ShouldBeNotAllowed("an agent's");
        (await control.Get<ApproveRequest>().RunAsync(Actor.Local, id, new(), Cancellation)).ShouldBeNotAllowed("Only people");
        (await control.Get<ApproveRequest>().RunAsync(Admin, id, new(), Cancellation)).ShouldBeNotAllowed("Only people");
    }

    [Fact]
    public async Task An_approval_is_taken_back_by_whoever_may_decide_and_a_request_by_its_asker()
    {
        await using var control = await StartAsync();
        var inbox = await new Inbox(control).OpenAsync();
        var (given, waiting) = (await inbox.AskAsync(), await inbox.AskAsync("git fetch"));
        (await control.Get<ApproveRequest>().RunAsync(await inbox.AsAsync("ada"), given, new(), Cancellation)).ShouldBeDone();

        (await control.Get<RevokeApproval>().RunAsync(Actor.Local, given, new("incident"), Cancellation)).ShouldBeDone().State.ShouldBe("revoked");
        (await control.Get<RevokeApproval>().RunAsync(await inbox.AsAsync("bob"), waiting, new(), Cancellation)).ShouldBeConflict();
        (await control.Get<RevokeApproval>().RunAsync(await inbox.AsAsync("dev"), waiting, new(), Cancellation)).ShouldBeDone().State.ShouldBe("cancelled");
    }

    [Fact]
    public async Task What_a_soft_rule_refused_its_asker_overrides_with_a_reason_and_nobody_else()
    {
        await using var control = await StartAsync();
        var inbox = await new Inbox(control).OpenAsync();
        var (soft, hard) = (await inbox.AskAsync("make deploy", soft: true), await inbox.AskAsync());
        var (dev, ada) = (await inbox.AsAsync("dev"), await inbox.AsAsync("ada"));

        (await control.Get<OverrideRefusal>().RunAsync(dev, soft, new(), Cancellation)).ShouldBeInvalid("reason");
        (await control.Get<OverrideRefusal>().RunAsync(ada, soft, new("for them"), Cancellation)).ShouldBeNotAllowed("Only who asked");
        (await control.Get<OverrideRefusal>().RunAsync(dev, hard, new("please"), Cancellation)).ShouldBeConflict();
        (await control.Get<OverrideRefusal>().RunAsync(dev, soft, new("the staging box"), Cancellation)).ShouldBeDone().Votes.ShouldHaveSingleItem().ShouldBe(new("dev", Approve: true, "the staging box", Noon, Grants: false, Own: true));
    }

    [Fact]
    public async Task A_grant_is_given_where_the_rule_offers_one()
    {
        await using var control = await StartAsync();
        var inbox = await new Inbox(control).OpenAsync();
        var (offered, plain) = (await inbox.AskAsync(offer: Inbox.Offer), await inbox.AskAsync("git fetch"));
        var ada = await inbox.AsAsync("ada");

        (await control.Get<ApproveRequest>().RunAsync(ada, plain, new(Grant: true), Cancellation)).ShouldBeConflict();
        var granted = (await control.Get<ApproveRequest>().RunAsync(ada, offered, new(Grant: true), Cancellation)).ShouldBeDone();
        (granted.Granted, granted.MaxUses, granted.ExpiresAt).ShouldBe((true, 3, Noon.AddHours(1)));
    }

    [Fact]
    public async Task What_was_always_approved_comes_with_a_word_on_its_rule()
    {
        await using var control = await StartAsync();
        var inbox = await new Inbox(control).OpenAsync();
        var ada = await inbox.AsAsync("ada");
        for (var task = 0; task < RuleSuggestion.Enough; task++)
        {
            (await control.Get<ApproveRequest>().RunAsync(ada, await inbox.AskAsync(task: $"task_{task}"), new(), Cancellation)).ShouldBeDone();
        }

        var shown = (await control.Get<ShowApproval>().RunAsync(ada, await inbox.AskAsync(task: "task_x"), Cancellation)).ShouldBeDone();

        shown.Suggestion.ShouldNotBeNull().Commands.ShouldBe("commands: [[\"git\", \"push\", \"origin\", \"main\"]]");
        shown.Suggestion.Text.ShouldContain("approved 5 times");
        (await control.Get<DenyRequest>().RunAsync(ada, shown.Id, new(), Cancellation)).ShouldBeDone();
        (await control.Get<ShowApproval>().RunAsync(ada, shown.Id, Cancellation)).ShouldBeDone().Suggestion.ShouldBeNull();
    }

    [Fact]
    public async Task Wrong_ids_long_reasons_and_wrong_pages_are_refused()
    {
        await using var control = await StartAsync();
        var inbox = await new Inbox(control).OpenAsync();
        var id = await inbox.AskAsync();
        var ada = await inbox.AsAsync("ada");

        (await control.Get<ShowApproval>().RunAsync(ada, "apr_x", Cancellation)).ShouldBeMissing();
        (await control.Get<ApproveRequest>().RunAsync(ada, ApprovalId.Create(Guid.NewGuid()).Value, new(), Cancellation)).ShouldBeMissing();
        (await control.Get<ApproveRequest>().RunAsync(ada, id, new(new('x', 2001)), Cancellation)).ShouldBeInvalid("reason");
        (await control.Get<ListApprovals>().RunAsync(ada, new() { Limit = 201 }, Cancellation)).ShouldBeInvalid("limit");
        (await control.Get<ListApprovals>().RunAsync(ada, new() { Requester = "dev" }, Cancellation)).ShouldBeDone().Approvals.ShouldHaveSingleItem();
        (await control.Get<ListApprovals>().RunAsync(ada, new() { Requester = "nobody" }, Cancellation)).ShouldBeDone().Approvals.ShouldBeEmpty();
    }
}
