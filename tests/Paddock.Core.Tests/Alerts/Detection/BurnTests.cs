using Paddock.Core.Alerts;
using Paddock.Core.Alerts.Detection;

namespace Paddock.Core.Tests.Alerts.Detection;

public sealed class BurnTests
{
    private static readonly BurnWindow Fast = BurnWindow.Workbook[0];

    [Fact]
    public void The_windows_of_the_workbook_use_up_2_and_5_and_10_percent_of_a_budget_of_30_days() =>
        BurnWindow.Workbook.Select(window => (Math.Round(window.Burn * (window.Long / TimeSpan.FromDays(30)), 12), window.Severity, window.Long / window.Short))
            .ShouldBe([(0.02, AlertSeverity.Page, 12), (0.05, AlertSeverity.Page, 12), (0.1, AlertSeverity.Ticket, 12)]);

    [Theory]
    [InlineData(144, 144, false)]
    [InlineData(145, 145, true)]
    [InlineData(145, 144, false)]
    [InlineData(144, 145, false)]
    public void It_fires_when_the_budget_burns_faster_than_the_threshold_in_both_windows(long bad, long badShort, bool fires)
    {
        var verdict = ErrorBudgetBurn.Judge(0.5, Fast with { Burn = 0.288 }, new(bad, 1_000), new(badShort, 1_000));

        verdict.ShouldBe(new(fires, bad / 500.0, badShort / 500.0, 0.288, false));
    }

    [Fact]
    public void Nothing_that_happened_burns_nothing() =>
        ErrorBudgetBurn.Judge(0.99, Fast, default, default).ShouldBe(new(false, 0, 0, 14.4, true));

    [Theory]
    [InlineData(5, 9, 1, 1, true)]
    [InlineData(4, 4, 1, 1, false)] // too few
    [InlineData(5, 10, 1, 1, false)] // not most
    [InlineData(5, 9, 1, 2, false)] // it is better now
    [InlineData(5, 9, 0, 0, false)] // nobody knows whether it still is so
    [InlineData(19, 19, 3, 4, true)]
    public void Of_few_events_counts_are_judged(long bad, long all, long badShort, long allShort, bool fires)
    {
        var verdict = ErrorBudgetBurn.Judge(0.99, Fast, new(bad, all), new(badShort, allShort));

        (verdict.Fires, verdict.ByCount).ShouldBe((fires, true));
    }

    [Fact]
    public void From_twenty_events_on_the_rate_is_judged()
    {
        ErrorBudgetBurn.Judge(0.99, Fast, new(3, 19), new(1, 1)).ShouldBe(new(false, 3 / 19.0 / (1 - 0.99), 1 / (1 - 0.99), 14.4, true));
        ErrorBudgetBurn.Judge(0.99, Fast, new(3, 20), new(1, 1)).ShouldSatisfyAllConditions(v => v.Fires.ShouldBeTrue(), v => v.ByCount.ShouldBeFalse());
        ErrorBudgetBurn.Judge(0.99, Fast, new(3, 20), new(1, 1), new BurnGuard(21, 3)).ShouldSatisfyAllConditions(v => v.Fires.ShouldBeFalse(), v => v.ByCount.ShouldBeTrue());
    }

    [Fact]
    public void A_low_objective_never_burns_fast_enough_and_that_can_be_asked()
    {
        ErrorBudgetBurn.CanFire(0.9, Fast).ShouldBeFalse();
        ErrorBudgetBurn.CanFire(0.95, Fast).ShouldBeTrue();
        ErrorBudgetBurn.Judge(0.9, Fast, new(100, 100), new(100, 100)).Fires.ShouldBeFalse();
    }

    [Fact]
    public void Numbers_that_cannot_be_are_refused()
    {
        foreach (var objective in new[] { 0, 1, double.NaN, -1 })
        {
            Should.Throw<ArgumentOutOfRangeException>(() => ErrorBudgetBurn.Judge(objective, Fast, default, default));
        }

        Should.Throw<ArgumentOutOfRangeException>(() => ErrorBudgetBurn.Judge(0.9, Fast, new(2, 1), default));
        Should.Throw<ArgumentOutOfRangeException>(() => ErrorBudgetBurn.Judge(0.9, Fast, default, new(-1, 1)));
    }

    [Theory]
    [InlineData(6, 1.5, false)]
    [InlineData(6.1, 1.6, true)]
    [InlineData(6.1, 1.5, false)]
    [InlineData(6, 1.6, false)]
    public void Spend_fires_above_six_times_what_the_limit_allows_in_an_hour_and_in_a_quarter_of_one(double spent, double spentShort, bool fires)
    {
        var verdict = SpendBurn.Judge(spent, spentShort, 24, TimeSpan.FromDays(1));

        (verdict.Fires, verdict.Threshold, verdict.Allowed).ShouldBe((fires, 6, 6));
        verdict.BurnLong.ShouldBe(spent, 1e-12);
        verdict.BurnShort.ShouldBe(spentShort * 4, 1e-12);
    }

    [Fact]
    public void A_budget_by_the_hour_is_spent_before_its_burn_could_fire()
    {
        SpendBurn.CanFire(TimeSpan.FromHours(1)).ShouldBeFalse();
        SpendBurn.CanFire(TimeSpan.FromDays(1)).ShouldBeTrue();
        Should.Throw<ArgumentOutOfRangeException>(() => SpendBurn.Judge(1, 1, 0, TimeSpan.FromDays(1)));
        Should.Throw<ArgumentOutOfRangeException>(() => SpendBurn.Judge(1, -1, 1, TimeSpan.FromDays(1)));
        Should.Throw<ArgumentOutOfRangeException>(() => SpendBurn.Judge(1, 1, 1, TimeSpan.Zero));
    }

    [Fact]
    public void What_the_month_will_cost_follows_from_what_was_spent_of_it()
    {
        var (month, ten) = (TimeSpan.FromDays(30), TimeSpan.FromDays(10));

        MonthEnd.Linear(100, ten, month).ShouldBe(new(300, false));
        MonthEnd.Seasonal(100, 50, 150, ten, month).ShouldBe(new(400, true));
        MonthEnd.Seasonal(100, 50, 150, ten, month)!.Of(200).ShouldBe(2);
        MonthEnd.Seasonal(100, 0, 150, ten, month).ShouldBe(new(300, false));
        MonthEnd.Linear(100, TimeSpan.FromHours(21.5), month).ShouldBeNull();
        MonthEnd.Seasonal(100, 50, 150, TimeSpan.FromHours(21.5), month).ShouldBeNull();
        MonthEnd.Linear(100, TimeSpan.FromHours(21.6), month).ShouldNotBeNull();
        Should.Throw<ArgumentOutOfRangeException>(() => MonthEnd.Linear(1, month + ten, month));
    }
}
