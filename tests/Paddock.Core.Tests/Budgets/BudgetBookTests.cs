using System.Collections.Frozen;
using CsCheck;
using Paddock.Core.Budgets;
using Paddock.Core.Ledger;
using Paddock.Core.Models;
using Paddock.Core.Modes;
using Paddock.Core.Releases;
using Paddock.Core.Snapshot;
using Paddock.Testing;

namespace Paddock.Core.Tests.Budgets;

public sealed class BudgetBookTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly BudgetSubject Ada = Subject("ada");

    private readonly BudgetBook book = new();

    [Fact]
    public void What_is_held_and_what_is_spent_count_together_against_the_limit()
    {
        var limit = Of(Daily(100));
        var first = Hold(limit, Ada, 60).ShouldBeOfType<HoldOutcome.Held>().Hold;

        Hold(limit, Ada, 41).ShouldBeOfType<HoldOutcome.Refused>();
        first.Settle(30, 0);
        Hold(limit, Ada, 41).ShouldBeOfType<HoldOutcome.Held>();
    }

    [Fact]
    public void A_budget_that_a_team_profile_names_holds_for_its_people_alone_and_knows_what_they_spent_before()
    {
        TeamProfile careful = new() { Name = "careful", Budgets = ["daily"] };
        var limit = Of(new TeamProfiles([careful], []), Daily(100), Daily(1_000) with { Name = "everybody" });
        var (inside, outside) = (Ada with { Profile = careful }, Ada with { Profile = new() { Name = "others" } });

        Hold(limit, outside, 90).ShouldBeOfType<HoldOutcome.Held>().Hold.Settle(100, 0);
        Hold(limit, outside, 90).ShouldBeOfType<HoldOutcome.Held>().Hold.Settle(0, 0);
        Hold(limit, inside, 1).ShouldBeOfType<HoldOutcome.Refused>().Budget.ShouldBe("daily");

        book.AccountsOf(limit, outside, Noon).Select(static account => (account.Budget, account.SpentNanoUsd)).ShouldBe([("everybody", 100L)]);
        book.AccountsOf(limit, inside, Noon).Select(static account => account.Budget).ShouldBe(["daily", "everybody"]);
        book.AccountsOf(limit, Subject("cyd") with { Profile = careful }, Noon).ShouldAllBe(static account => account.SpentNanoUsd == 0);
    }

    [Fact]
    public void A_refusal_says_which_budget_is_full_whose_it_is_and_when_it_starts_anew()
    {
        var limit = Of(Daily(100));
        Hold(limit, Ada, 100);

        Hold(limit, Ada, 1).ShouldBe(new HoldOutcome.Refused("daily", "user ada", BudgetWindow.Day, Noon.AddHours(12), 100, 100, 0, null));
    }

    [Fact]
    public void A_lone_call_is_not_stopped_by_a_hold_larger_than_what_is_left_but_a_second_one_is()
    {
        var limit = Of(Daily(100));

        Hold(limit, Ada, 1_000).ShouldBeOfType<HoldOutcome.Held>();
        Hold(limit, Ada, 1).ShouldBeOfType<HoldOutcome.Refused>();
    }

    [Fact]
    public void A_full_budget_is_empty_again_when_its_window_ends_and_one_that_counts_all_time_never_is()
    {
        var (day, total) = (Of(Daily(100)), Of(Daily(100) with { Window = BudgetWindow.Total }));
        Hold(day, Ada, 100).ShouldBeOfType<HoldOutcome.Held>().Hold.Settle(100, 0);

        book.TryHold(day, Ada, new(1, 1), Noon.AddHours(12)).ShouldBeOfType<HoldOutcome.Held>();
        book.TryHold(total, Ada, new(1, 1), Noon.AddDays(400)).ShouldBeOfType<HoldOutcome.Refused>().ResetAt.ShouldBeNull();
    }

    [Fact]
    public void A_hold_is_settled_into_the_window_it_was_made_in()
    {
        var limit = Of(Daily(100));
        var late = book.TryHold(limit, Ada, new(10, 0), Noon.AddHours(11.9)).ShouldBeOfType<HoldOutcome.Held>().Hold;
        book.TryHold(limit, Ada, new(1, 0), Noon.AddHours(13)).ShouldBeOfType<HoldOutcome.Held>();

        late.Settle(100, 0);

        book.TryHold(limit, Ada, new(99, 0), Noon.AddHours(13)).ShouldBeOfType<HoldOutcome.Held>();
        book.TryHold(limit, Ada, new(1, 0), Noon.AddHours(11.95)).ShouldBeOfType<HoldOutcome.Refused>();
    }

    [Fact]
    public void One_person_does_not_spend_what_is_anothers_and_both_spend_what_is_their_teams()
    {
        var each = Daily(100);
        var team = Daily(150) with { Name = "team", Scope = BudgetScope.Team };

        Hold(Of(each, team), Ada, 100).ShouldBeOfType<HoldOutcome.Held>();
        Hold(Of(each, team), Subject("bob"), 51).ShouldBeOfType<HoldOutcome.Refused>().Budget.ShouldBe("team");
        Hold(Of(each, team), Subject("bob"), 50).ShouldBeOfType<HoldOutcome.Held>();
    }

    [Fact]
    public void A_call_refused_by_one_budget_holds_nothing_in_another()
    {
        var wide = Daily(1_000);
        var narrow = Daily(10) with { Name = "narrow", Scope = BudgetScope.Key };
        Hold(Of(wide, narrow), Ada, 10);

        Hold(Of(wide, narrow), Ada, 900).ShouldBeOfType<HoldOutcome.Refused>();

        book.Report(Of(wide), Noon).ShouldHaveSingleItem().HeldNanoUsd.ShouldBe(10);
    }

    [Fact]
    public void What_was_spent_before_is_counted_once_however_often_it_is_told()
    {
        var limit = Of(Daily(100));
        var spent = new SpendBucket("user", Ada.UserId, Noon, 70, 7);

        book.Seed(limit, [spent], Noon);
        Hold(limit, Ada, 20).ShouldBeOfType<HoldOutcome.Held>().Hold.Settle(20, 0);
        book.Seed(limit, [spent], Noon);

        book.Report(limit, Noon).ShouldHaveSingleItem().SpentNanoUsd.ShouldBe(90);
    }

    [Fact]
    public void Whatever_is_held_and_settled_in_any_order_the_account_shows_the_sum() =>
        Gen.Select(Gen.Int[1, 1_000], Gen.Select(Gen.Int[0, 300], Gen.Int[0, 300], Gen.Bool).Array[1, 40]).Sample((limit, calls) =>
        {
            var own = new BudgetBook();
            var snapshot = Of(Daily(limit));
            var (spent, open) = (0L, new List<(long Held, long Cost, IBudgetHold Hold)>());
            foreach (var (asked, cost, settleOne) in calls)
            {
                var fits = spent < limit && (open.Count == 0 || spent + open.Sum(o => o.Held) + asked <= limit);
                var outcome = own.TryHold(snapshot, Ada, new(asked, 0), Noon);
                (outcome is HoldOutcome.Held).ShouldBe(fits);
                if (outcome is HoldOutcome.Held held)
                {
                    open.Add((asked, cost, held.Hold));
                }

                if (settleOne && open.Count > 0)
                {
                    open[0].Hold.Settle(open[0].Cost, 0);
                    open[0].Hold.Settle(999, 0); // a second time it says nothing
                    spent += open[0].Cost;
                    open.RemoveAt(0);
                }
            }

            var account = own.Report(snapshot, Noon).SingleOrDefault();
            ((account?.SpentNanoUsd ?? 0), (account?.HeldNanoUsd ?? 0)).ShouldBe((spent, open.Sum(o => o.Held)));
        }, iter: Samples.Of(2_000));

    [Fact]
    public void Calls_that_race_for_the_last_of_an_account_never_get_more_than_there_is()
    {
        var limit = Of(Daily(1_000));
        Hold(limit, Ada, 3);

        var got = 0;
        Parallel.For(0, 5_000, _ => Interlocked.Add(ref got, Hold(limit, Ada, 7) is HoldOutcome.Held ? 1 : 0));

        got.ShouldBe((1_000 - 3) / 7);
        book.Report(limit, Noon).ShouldHaveSingleItem().HeldNanoUsd.ShouldBe(3 + (got * 7));
    }

    private static Budget Daily(long nanoUsd) => new() { Name = "daily", Scope = BudgetScope.User, Window = BudgetWindow.Day, LimitNanoUsd = nanoUsd };

    private static BudgetSubject Subject(string user) => new("key_" + user, user + "'s", "usr_" + user, user, ["core"], null);

    private static GovernanceSnapshot Of(params Budget[] budgets) => Of(TeamProfiles.None, budgets);

    private static GovernanceSnapshot Of(TeamProfiles profiles, params Budget[] budgets) => new()
    {
        Profiles = profiles,
        Digest = ReleaseDigest.Parse("sha256:" + new string('0', 64)),
        Providers = [],
        ProvidersByName = FrozenDictionary<string, Provider>.Empty,
        Routes = FrozenDictionary<string, ModelRoute>.Empty,
        Models = FrozenDictionary<string, Model>.Empty,
        Budgets = [.. budgets],
        Defaults = new ReleaseDefaults(),
    };

    private HoldOutcome Hold(GovernanceSnapshot snapshot, BudgetSubject subject, long nanoUsd) => book.TryHold(snapshot, subject, new(nanoUsd, 0), Noon);
}
