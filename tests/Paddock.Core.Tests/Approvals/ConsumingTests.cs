using Paddock.Core.Approvals;
using static Paddock.Core.Tests.Approvals.People;

namespace Paddock.Core.Tests.Approvals;

public class ConsumingTests
{
    private static readonly GrantOffer offer = new() { ArgvPrefix = ["git", "push"], Repository = "payments", Task = "task_1", MaxUses = 2, Ttl = TimeSpan.FromHours(1) };

    [Fact]
    public void An_approval_is_used_once_and_for_its_own_call()
    {
        var approved = Opened().Votes(Ada).ShouldBecome(ApprovalState.Approved, ApprovalChange.Approved);

        approved.Uses(new(Push("git push --force")), 2, Ada).ShouldBeRefused(ApprovalRefusal.AnotherCall);
        approved.Uses(new(Push(task: "task_2")), 2, Ada).ShouldBeRefused(ApprovalRefusal.AnotherCall);
        approved.Uses(new(Push(by: Bob)), 2, Ada).ShouldBeRefused(ApprovalRefusal.AnotherCall);
        var used = approved.Uses(new(Push()), 2, Ada).ShouldBecome(ApprovalState.Consumed, ApprovalChange.Used);
        used.ConsumedAt.ShouldBe(Noon.AddMinutes(2));
        used.Uses(new(Push()), 3, Ada).ShouldBeRefused(ApprovalRefusal.UsedUp);
        Opened().Uses(new(Push()), 1, Ada).ShouldBeRefused(ApprovalRefusal.NotApproved);
    }

    [Fact]
    public void Whoever_left_the_group_since_the_vote_has_not_approved()
    {
        var approved = Opened().Votes(Ada).ShouldBecome(ApprovalState.Approved, ApprovalChange.Approved);
        var moved = Ada with { Principal = Ada.Principal with { Teams = ["sales"] } };
        var disabled = Ada with { Principal = Ada.Principal with { Disabled = true } };

        approved.Uses(new(Push()), 2, moved).ShouldBecome(ApprovalState.Revoked, ApprovalChange.Revoked).DecidedBy.ShouldBe(ApprovalMachine.Directory);
        approved.Uses(new(Push()), 2, disabled).ShouldBecome(ApprovalState.Revoked, ApprovalChange.Revoked);
        approved.Uses(new(Push()), 2).ShouldBecome(ApprovalState.Revoked, ApprovalChange.Revoked);
    }

    [Fact]
    public void A_grant_covers_what_begins_as_it_says_in_its_task_and_repository_and_no_more()
    {
        var granted = Opened(Request(with: request => request with { Offer = offer })).Votes(Ada, grant: true).ShouldBecome(ApprovalState.Approved, ApprovalChange.Approved);
        granted.ExpiresAt.ShouldBe(Noon.AddMinutes(61));

        granted.Uses(Call("git push origin next", argv: ["git", "push", "origin", "next"]), 2, Ada).ShouldBecome(ApprovalState.Approved, ApprovalChange.Used).Uses.ShouldBe(1);
        granted.Uses(Call("git", argv: ["git"]), 2, Ada).ShouldBeRefused(ApprovalRefusal.AnotherCall);
        granted.Uses(Call("git pushy", argv: ["git", "pushy"]), 2, Ada).ShouldBeRefused(ApprovalRefusal.AnotherCall);
        granted.Uses(Call("git push; rm x", argv: []), 2, Ada).ShouldBeRefused(ApprovalRefusal.AnotherCall);
        granted.Uses(Call("git push", argv: ["git", "push"], repository: "other"), 2, Ada).ShouldBeRefused(ApprovalRefusal.AnotherCall);
        granted.Uses(Call("git push", argv: ["git", "push"], task: "task_2"), 2, Ada).ShouldBeRefused(ApprovalRefusal.AnotherCall);
    }

    [Fact]
    public void A_grant_ends_with_its_last_use()
    {
        var granted = Opened(Request(with: request => request with { Offer = offer })).Votes(Ada, grant: true).ShouldBecome(ApprovalState.Approved, ApprovalChange.Approved);

        var once = granted.Uses(Call("git push a", argv: ["git", "push", "a"]), 2, Ada).ShouldBecome(ApprovalState.Approved, ApprovalChange.Used);
        var twice = once.Uses(new(Push()), 3, Ada).ShouldBecome(ApprovalState.Consumed, ApprovalChange.Used);
        twice.Uses(Call("git push c", argv: ["git", "push", "c"]), 4, Ada).ShouldBeRefused(ApprovalRefusal.UsedUp);
    }

    [Fact]
    public void A_grant_takes_an_offer_and_every_voters_yes_to_it()
    {
        var two = Leads with { Steps = [Leads.Steps[0] with { Min = 2 }] };
        var mixed = Opened(Request(two, with: request => request with { Offer = offer })).Votes(Ada, grant: true).ShouldBecome(ApprovalState.Pending, ApprovalChange.Voted)
            .Votes(Bob).ShouldBecome(ApprovalState.Approved, ApprovalChange.Approved);

        Opened().Votes(Ada, grant: true).ShouldBeRefused(ApprovalRefusal.NoGrantOffered);
        mixed.Granted.ShouldBeFalse();
        mixed.Uses(Call("git push a", argv: ["git", "push", "a"]), 2, Ada, Bob).ShouldBeRefused(ApprovalRefusal.AnotherCall);
        mixed.Uses(new(Push()), 2, Ada, Bob).ShouldBecome(ApprovalState.Consumed, ApprovalChange.Used);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(GrantOffer.MostUses + 1, 1)]
    [InlineData(1, 0)]
    [InlineData(1, 5)]
    public void A_grant_without_bounds_or_of_another_kind_of_call_is_not_offered(int uses, int words)
    {
        var boundless = offer with { MaxUses = uses, ArgvPrefix = words == 5 ? ["make"] : [.. offer.ArgvPrefix.Take(words)] };

        ApprovalMachine.Open(Request(with: request => request with { Offer = boundless }), ApprovalId.Create(Guid.Empty), Noon).ShouldBeRefused(ApprovalRefusal.BadGrant);
    }

    private static ApprovalUse Call(string command, string[] argv, string repository = "payments", string task = "task_1") => new(Push(command, task), repository, [.. argv]);
}
