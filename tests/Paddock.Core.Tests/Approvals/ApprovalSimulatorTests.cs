using CsCheck;
using Paddock.Core.Approvals;
using static Paddock.Core.Tests.Approvals.People;

namespace Paddock.Core.Tests.Approvals;

/// <summary>Random lives of random approvals: whatever is tried in whatever order, nothing is used that the chain did not approve.</summary>
public class ApprovalSimulatorTests
{
    private static readonly Approver[] all = [Dev, Ada, Bob, Cleo];

    private static readonly Gen<ApprovalChain> chains =
        from steps in Gen.Int[1, 3]
        from min in Gen.Int[1, 2]
        from timeout in Gen.Bool
        from escalates in Gen.Bool
        select new ApprovalChain
        {
            Name = "c",
            Steps = [.. Enumerable.Range(0, steps).Select(_ => new ApprovalStep
            {
                AnyOf = new() { Teams = ["leads"] }, Min = min, Timeout = timeout ? TimeSpan.FromMinutes(7) : null, EscalateTo = timeout && escalates ? new() { Teams = ["oncall"] } : null,
            })],
        };

    [Fact]
    public void Nothing_is_used_without_every_vote_of_its_chain_and_never_more_often_than_approved() =>
        chains.Select(Gen.Int[0, 6].Select(Gen.Int[0, 3], Gen.Int[0, 12]).Array[1, 30]).Sample((chain, moves) =>
        {
            var approval = Opened(Request(chain));
            var now = Noon;
            var uses = 0;
            foreach (var (move, who, minutes) in moves)
            {
                now = now.AddMinutes(minutes);
                if (ApprovalMachine.Apply(approval, CommandOf(move, all[who]), now) is ApprovalOutcome.Changed changed)
                {
                    uses += changed.What is ApprovalChange.Used ? 1 : 0;
                    MovesOn(approval.State, changed.Approval.State).ShouldBeTrue($"{approval.State} to {changed.Approval.State}");
                    approval = changed.Approval;
                }
            }

            uses.ShouldBe(approval.Uses);
            uses.ShouldBeLessThanOrEqualTo(approval.MaxUses);
            approval.Votes.Select(vote => vote.By).ShouldBeUnique();
            approval.Votes.ShouldNotContain(vote => vote.By == Dev.Principal.Id);
            if (uses > 0)
            {
                approval.Votes.ShouldAllBe(vote => vote.Approve);
                Enumerable.Range(0, chain.Steps.Length).ShouldAllBe(step => approval.Votes.Count(vote => vote.Step == step) == chain.Steps[step].Min);
            }
        });

    private static ApprovalCommand CommandOf(int move, Approver who) => move switch
    {
        0 or 1 => new ApprovalCommand.Vote(who, Approve: true, "fine"),
        2 => new ApprovalCommand.Vote(who, Approve: false, null),
        3 => new ApprovalCommand.Lapse(),
        4 => new ApprovalCommand.Cancel(who.Principal.Id, null),
        5 => new ApprovalCommand.Revoke(who.Principal.Id.Value, null),
        _ => new ApprovalCommand.Consume(new(Push()), id => all.FirstOrDefault(person => person.Principal.Id == id)),
    };

    private static bool MovesOn(ApprovalState from, ApprovalState to) => (from, to) switch
    {
        (ApprovalState.Pending, not ApprovalState.Consumed and not ApprovalState.Revoked) => true,
        (ApprovalState.Approved, ApprovalState.Approved or ApprovalState.Consumed or ApprovalState.Revoked or ApprovalState.Expired) => true,
        _ => false,
    };
}
