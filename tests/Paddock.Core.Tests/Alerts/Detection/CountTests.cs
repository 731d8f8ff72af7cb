using Paddock.Core.Alerts.Detection;
using Paddock.Testing.Alerts;

namespace Paddock.Core.Tests.Alerts.Detection;

public sealed class CountTests
{
    [Theory]
    [InlineData(9, 0, false)]
    [InlineData(10, 0, true)]
    [InlineData(10, 2, false)] // exactly five times what is usual
    [InlineData(11, 2, true)]
    [InlineData(10, 1.9, true)]
    public void Ten_in_five_minutes_that_are_more_than_five_times_the_usual_are_a_spike(long seen, double usual, bool fires) =>
        CountSpike.Judge(seen, usual).ShouldBe(new(fires, seen, usual, 10, usual * 5));

    [Fact]
    public void Bounds_of_a_spike_can_be_other_ones()
    {
        CountSpike.Judge(3, 1, new SpikeBounds(3, 2)).Fires.ShouldBeTrue();
        CountSpike.Judge(3, 1.5, new SpikeBounds(3, 2)).Fires.ShouldBeFalse();
        Should.Throw<ArgumentOutOfRangeException>(() => CountSpike.Judge(-1, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => CountSpike.Judge(1, double.NaN));
    }

    [Theory]
    [InlineData(5, 10, 1, 100, true)]
    [InlineData(4, 4, 1, 100, false)] // fewer than five, however unlikely
    [InlineData(5, 75, 1, 100, true)] // P = 9.7e-4
    [InlineData(5, 76, 1, 100, false)] // P = 1.03e-3
    [InlineData(200, 1_000, 100, 1_000, true)] // exactly twice
    [InlineData(199, 1_000, 100, 1_000, false)] // unlikely, but not twice as many
    public void A_rate_that_chance_does_not_explain_and_that_is_twice_the_baseline_has_shifted(long bad, long all, long baseBad, long baseAll, bool fires)
    {
        var verdict = RateShift.Judge(new(bad, all), new(baseBad, baseAll));

        verdict.Fires.ShouldBe(fires);
        (verdict.BaselineRate, verdict.Expected, verdict.Threshold).ShouldBe(((double)baseBad / baseAll, (double)baseBad / baseAll * all, 2.0 * baseBad / baseAll));
        verdict.P.ShouldBe(Tails.BinomialUpper(bad, all, verdict.BaselineRate));
    }

    [Fact]
    public void A_baseline_without_a_bad_event_counts_as_half_of_one()
    {
        RateShift.Judge(new(5, 100), new(0, 1_000)).ShouldSatisfyAllConditions(v => v.BaselineRate.ShouldBe(0.0005), v => v.Fires.ShouldBeTrue());
        RateShift.Judge(new(9, 9), default).ShouldSatisfyAllConditions(v => v.BaselineRate.ShouldBe(0.5), v => v.Fires.ShouldBeFalse());
        RateShift.Judge(new(10, 10), default).Fires.ShouldBeTrue();
        RateShift.Judge(default, default).Fires.ShouldBeFalse();
    }

    [Theory]
    [InlineData(6, 0, false)] // P(X >= 6) = 5.9e-4 of a mean of 1
    [InlineData(7, 0, true)] // 8.3e-5
    [InlineData(7, 1.1, false)] // 1.5e-4
    [InlineData(24, 10, false)] // 1.2e-4
    [InlineData(25, 10, true)] // 4.7e-5
    public void A_count_whose_tail_is_below_one_in_ten_thousand_is_an_anomaly(long seen, double usual, bool fires)
    {
        var verdict = CountTail.Judge(seen, usual);

        (verdict.Fires, verdict.Expected).ShouldBe((fires, Math.Max(1, usual)));
        verdict.P.ShouldBe(Tails.PoissonUpper(seen, Math.Max(1, usual)));
    }

    [Fact]
    public void Events_that_come_in_bursts_must_be_more_before_they_are_an_anomaly()
    {
        CountTail.Judge(25, 10, 1).Fires.ShouldBeTrue();
        CountTail.Judge(25, 10, 2).Fires.ShouldBeFalse();
        CountTail.Judge(42, 10, 2).P.ShouldBe(Tails.PoissonUpper(21, 5));
        RateShift.Judge(new(8, 100), new(10, 1_000)).Fires.ShouldBeTrue();
        RateShift.Judge(new(8, 100), new(10, 1_000), 3).ShouldSatisfyAllConditions(v => v.Fires.ShouldBeFalse(), v => v.P.ShouldBe(Tails.BinomialUpper(2, 34, 0.01)));
        Should.Throw<ArgumentOutOfRangeException>(() => CountTail.Judge(1, 1, 0.9));
        Should.Throw<ArgumentOutOfRangeException>(() => RateShift.Judge(default, default, double.NaN));
    }

    [Fact]
    public void Dispersion_is_one_of_independent_events_and_as_large_as_their_bursts_are()
    {
        var chance = new Chance(1);
        var single = Enumerable.Range(0, 500).Select(_ => Enumerable.Range(0, 6).Select(_ => (long)chance.Poisson(8)).ToArray()).ToArray();
        var fives = single.Select(hour => hour.Select(count => 5 * count).ToArray()).ToArray();
        Dispersion.OfCounts(single).ShouldBe(1, 0.1);
        Dispersion.OfCounts(fives).ShouldBe(5, 0.5);

        var rates = Enumerable.Range(0, 2_000).Select(_ => new Ratio(chance.Binomial(100, 0.05), 100)).ToArray();
        Dispersion.OfRates(rates, 0.05).ShouldBe(1, 0.1);
        Dispersion.OfRates(rates.Select(rate => new Ratio(2 * rate.Bad, 2 * rate.Total)), 0.05).ShouldBe(2, 0.2);
    }

    [Fact]
    public void Dispersion_of_nothing_or_of_what_varies_less_is_one()
    {
        Dispersion.OfCounts([]).ShouldBe(1);
        Dispersion.OfCounts([[], [3], [4, 4, 4]]).ShouldBe(1);
        Dispersion.OfRates([], 0.5).ShouldBe(1);
        Dispersion.OfRates([new(1, 10)], 0).ShouldBe(1);
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public void Five_denials_in_five_minutes_are_a_burst(long seen, bool fires) => DenialBurst.Judge(seen).ShouldBe(new(fires, seen, 5));

    [Fact]
    public void A_median_is_in_the_middle_and_its_deviation_does_not_see_what_is_wild()
    {
        Medians.Of([]).ShouldBe(0);
        Medians.Of([3, 1, 2]).ShouldBe(2);
        Medians.Of([4, 1, 2, 3]).ShouldBe(2.5);
        Medians.Deviation([1, 2, 3, 4, 1_000_000], 3).ShouldBe(Medians.Consistent);
    }
}
