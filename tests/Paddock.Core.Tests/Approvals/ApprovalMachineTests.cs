using Paddock.Core.Approvals;
using Paddock.Core.Identity;
using static Paddock.Core.Tests.Approvals.People;

namespace Paddock.Core.Tests.Approvals;

public class ApprovalMachineTests
{
    [Fact]
    public void One_vote_of_the_chain_approves_and_says_who()
    {
        var approved = Opened().Votes(Ada, reason: " reviewed ").ShouldBecome(ApprovalState.Approved, ApprovalChange.Approved);

        approved.DecidedBy.ShouldBe(Ada.Principal.Id.Value);
        approved.Reason.ShouldBe("reviewed");
        approved.ExpiresAt.ShouldBe(Noon.AddMinutes(11));
        approved.MaxUses.ShouldBe(1);
    }

    [Fact]
    public void One_no_ends_it_whatever_was_said_before()
    {
        var two = Leads with { Steps = [Leads.Steps[0] with { Min = 2 }] };
        var voted = Opened(Request(two)).Votes(Ada).ShouldBecome(ApprovalState.Pending, ApprovalChange.Voted);

        voted.Votes(Bob, approve: false, reason: "not today").ShouldBecome(ApprovalState.Denied, ApprovalChange.Denied).Reason.ShouldBe("not today");
    }

    [Fact]
    public void Steps_go_in_their_order_and_a_person_votes_once()
    {
        var chain = Leads with { Steps = [new() { AnyOf = new() { Teams = ["leads"] } }, new() { AnyOf = new() { Teams = ["leads", "oncall"] } }] };
        var opened = Opened(Request(chain));

        opened.Votes(Cleo).ShouldBeRefused(ApprovalRefusal.NotEligible);
        var first = opened.Votes(Ada).ShouldBecome(ApprovalState.Pending, ApprovalChange.Voted);
        first.CurrentStep.ShouldBe(1);
        first.StepSince.ShouldBe(Noon.AddMinutes(1));
        first.Votes(Ada).ShouldBeRefused(ApprovalRefusal.VotedBefore);
        first.Votes(Cleo, afterMinutes: 2).ShouldBecome(ApprovalState.Approved, ApprovalChange.Approved);
    }

    [Fact]
    public void Nobody_votes_on_their_own_request_nor_on_one_of_their_own_key()
    {
        var leader = Dev with { Principal = Dev.Principal with { Teams = ["leads"] } };
        var owned = Request(with: request => request with { Requester = request.Requester with { KeyOwner = Ada.Principal.Id } });

        Opened().Votes(leader).ShouldBeRefused(ApprovalRefusal.OwnRequest);
        Opened().Votes(leader, approve: false).ShouldBeRefused(ApprovalRefusal.OwnRequest);
        Opened(owned).Votes(Ada).ShouldBeRefused(ApprovalRefusal.OwnRequest);
    }

    [Fact]
    public void Service_accounts_and_disabled_people_never_vote()
    {
        var robot = Ada with { Principal = Ada.Principal with { Kind = PrincipalKind.ServiceAccount } };
        var left = Ada with { Principal = Ada.Principal with { Disabled = true } };

        Opened().Votes(robot).ShouldBeRefused(ApprovalRefusal.NotAPerson);
        Opened().Votes(left, approve: false).ShouldBeRefused(ApprovalRefusal.NotAPerson);
    }

    [Fact]
    public void A_chain_keeps_its_parties_from_voting_and_is_not_asked_when_one_is_unknown()
    {
        var chain = Leads with { Steps = [Leads.Steps[0] with { DistinctFrom = [ApprovalParty.LastCommitter, ApprovalParty.Author, ApprovalParty.AgentOwner, ApprovalParty.Requester] }] };
        var known = Request(chain, with: request => request with { Requester = request.Requester with { Parties = request.Requester.Parties.Add(ApprovalParty.LastCommitter, Ada.Principal.Id) } });

        Opened(known).Votes(Ada).ShouldBeRefused(ApprovalRefusal.NotDistinct);
        Opened(known).Votes(Bob).ShouldBecome(ApprovalState.Approved, ApprovalChange.Approved);
        ApprovalMachine.Open(Request(chain), ApprovalId.Create(Guid.Empty), Noon).ShouldBeRefused(ApprovalRefusal.UnknownParty);
    }

    [Fact]
    public void A_soft_rule_lets_its_asker_go_on_with_a_reason_that_is_kept()
    {
        var soft = Opened(Request(ApprovalChain.Nobody, with: request => request with { SelfAcknowledgement = true }));
        var robot = Dev with { Principal = Dev.Principal with { Kind = PrincipalKind.ServiceAccount } };

        soft.Votes(Dev).ShouldBeRefused(ApprovalRefusal.ReasonRequired);
        soft.Votes(robot, reason: "because").ShouldBeRefused(ApprovalRefusal.NotAPerson);
        soft.Votes(Ada, reason: "for them").ShouldBeRefused(ApprovalRefusal.NotEligible);
        var approved = soft.Votes(Dev, reason: "the fixture needs it").ShouldBecome(ApprovalState.Approved, ApprovalChange.Approved);
        approved.Votes.ShouldHaveSingleItem().Reason.ShouldBe("the fixture needs it");
        approved.Uses(new(Push()), 2, Dev).ShouldBecome(ApprovalState.Consumed, ApprovalChange.Used);
    }

    [Fact]
    public void Where_nobody_could_ever_decide_nothing_is_asked()
    {
        ApprovalMachine.Open(Request(ApprovalChain.Nobody), ApprovalId.Create(Guid.Empty), Noon).ShouldBeRefused(ApprovalRefusal.NobodyAsked);
        var huge = Request(with: request => request with { Brief = request.Brief with { Command = new('x', ApprovalBrief.MostCharacters) } });
        ApprovalMachine.Open(huge, ApprovalId.Create(Guid.Empty), Noon).ShouldBeRefused(ApprovalRefusal.TooLarge);
    }

    [Fact]
    public void Time_ends_a_request_and_an_unused_approval()
    {
        var opened = Opened();
        opened.Lapses(29).ShouldBeRefused(ApprovalRefusal.NotDue);
        opened.Lapses(30).ShouldBecome(ApprovalState.Expired, ApprovalChange.Expired).DecidedBy.ShouldBe(ApprovalMachine.Clock);
        opened.Votes(Ada, afterMinutes: 30).ShouldBeRefused(ApprovalRefusal.NotPending);

        var approved = opened.Votes(Ada).ShouldBecome(ApprovalState.Approved, ApprovalChange.Approved);
        approved.Uses(new(Push()), 11, Ada).ShouldBeRefused(ApprovalRefusal.NotApproved);
        approved.Lapses(11).ShouldBecome(ApprovalState.Expired, ApprovalChange.Expired);
    }

    [Fact]
    public void A_step_that_waits_too_long_is_escalated_once_and_then_more_may_vote()
    {
        var chain = Leads with { Steps = [Leads.Steps[0] with { Timeout = TimeSpan.FromMinutes(5), EscalateTo = new() { Teams = ["oncall"] } }] };
        var opened = Opened(Request(chain));

        opened.Votes(Cleo, afterMinutes: 4.9).ShouldBeRefused(ApprovalRefusal.NotEligible);
        var escalated = opened.Lapses(5).ShouldBecome(ApprovalState.Pending, ApprovalChange.Escalated);
        escalated.Lapses(6).ShouldBeRefused(ApprovalRefusal.NotDue);
        escalated.Votes(Cleo, afterMinutes: 6).ShouldBecome(ApprovalState.Approved, ApprovalChange.Approved).Uses(new(Push()), 7, Cleo).ShouldBecome(ApprovalState.Consumed, ApprovalChange.Used);
        opened.Votes(Cleo, afterMinutes: 6).ShouldBecome(ApprovalState.Approved, ApprovalChange.Approved).Votes[0].Escalated.ShouldBeTrue();
    }

    [Fact]
    public void A_step_that_waits_too_long_with_nobody_to_escalate_to_ends_the_request()
    {
        var opened = Opened(Request(Leads with { Steps = [Leads.Steps[0] with { Timeout = TimeSpan.FromMinutes(5) }] }));

        opened.Votes(Ada, afterMinutes: 5).ShouldBeRefused(ApprovalRefusal.NotPending);
        opened.Lapses(5).ShouldBecome(ApprovalState.Expired, ApprovalChange.Expired);
    }

    [Fact]
    public void Only_its_requester_cancels_and_only_what_nobody_decided()
    {
        var opened = Opened();
        var cancelled = ApprovalMachine.Apply(opened, new ApprovalCommand.Cancel(Dev.Principal.Id, null), Noon);

        ApprovalMachine.Apply(opened, new ApprovalCommand.Cancel(Ada.Principal.Id, null), Noon).ShouldBeRefused(ApprovalRefusal.NotTheRequester);
        var ended = cancelled.ShouldBecome(ApprovalState.Cancelled, ApprovalChange.Cancelled);
        ApprovalMachine.Apply(ended, new ApprovalCommand.Cancel(Dev.Principal.Id, null), Noon).ShouldBeRefused(ApprovalRefusal.NotPending);
    }

    [Fact]
    public void What_was_approved_can_be_taken_back_until_it_is_used_up()
    {
        var approved = Opened().Votes(Ada).ShouldBecome(ApprovalState.Approved, ApprovalChange.Approved);
        var revoke = new ApprovalCommand.Revoke("system:containment", "incident");

        ApprovalMachine.Apply(Opened(), revoke, Noon).ShouldBeRefused(ApprovalRefusal.NotApproved);
        ApprovalMachine.Apply(approved, revoke, Noon).ShouldBecome(ApprovalState.Revoked, ApprovalChange.Revoked).Uses(new(Push()), 2, Ada).ShouldBeRefused(ApprovalRefusal.NotApproved);
        ApprovalMachine.Apply(approved.Uses(new(Push()), 2, Ada).ShouldBecome(ApprovalState.Consumed, ApprovalChange.Used), revoke, Noon).ShouldBeRefused(ApprovalRefusal.NotApproved);
    }
}
