using CsCheck;
using Paddock.Core.Alerts.Detection;
using Paddock.Testing;

namespace Paddock.Core.Tests.Alerts.Detection;

public sealed class SeasonalCusumTests
{
    private static readonly Gen<(double Value, double Expected, double Sigma)[]> Series = Gen.Select(Gen.Double[0, 100], Gen.Double[0, 50], Gen.Double[0.5, 20]).Array[1, 60];

    [Fact]
    public void One_huge_sample_does_not_fire_and_four_do()
    {
        var cusum = new SeasonalCusum(CusumTuning.Page);

        Enumerable.Range(0, 4).Select(_ => cusum.Update(1_000_000, 1, 1).Fires).ShouldBe([false, false, false, true]);
    }

    [Fact]
    public void It_fires_above_the_limit_and_not_at_it()
    {
        var cusum = new SeasonalCusum(new(1, 4));

        cusum.Update(5, 2, 1).ShouldBe(new(2, false, 1, 5, 2, 1));
        cusum.Update(5, 2, 1).ShouldBe(new(4, false, 2, 10, 4, 2));
        cusum.Update(3.25, 2, 1).ShouldBe(new(4.25, true, 3, 13.25, 6, 3));
    }

    [Fact]
    public void What_is_just_as_much_above_as_it_may_be_never_sums_up()
    {
        var cusum = new SeasonalCusum(CusumTuning.Page);

        Enumerable.Range(0, 1_000).ShouldAllBe(_ => cusum.Update(15, 10, 5) == CusumState.Start);
    }

    [Fact]
    public void The_ticket_notices_what_the_page_lets_pass()
    {
        var (page, ticket) = (new SeasonalCusum(CusumTuning.Page), new SeasonalCusum(CusumTuning.Ticket));

        Enumerable.Range(0, 100).Select(_ => (page.Update(19, 10, 10).Fires, ticket.Update(19, 10, 10).Fires)).ToArray()[^1].ShouldBe((false, true));
    }

    [Fact]
    public void After_a_long_fault_it_ends_within_ten_samples_that_are_as_expected()
    {
        var cusum = new SeasonalCusum(CusumTuning.Page);
        for (var i = 0; i < 500; i++)
        {
            cusum.Update(100, 1, 1);
        }

        Enumerable.Range(1, 20).First(_ => !cusum.Update(1, 1, 1).Fires).ShouldBe(10);
    }

    [Fact]
    public void It_remembers_what_was_seen_and_expected_since_it_began_to_be_more()
    {
        var cusum = new SeasonalCusum(CusumTuning.Page);
        cusum.Update(0, 3, 4);
        cusum.Update(20, 3, 3);
        cusum.Update(10, 2, 4);

        cusum.State.ShouldBe(new(3 + 1, false, 2, 30, 5, 25));
        cusum.State.Sigma.ShouldBe(5);
    }

    [Fact]
    public void Resumed_from_what_was_kept_it_goes_on_as_if_it_had_never_stopped() => Gen.Select(Series, Gen.Int[0, 59]).Sample((series, at) =>
    {
        var whole = new SeasonalCusum(CusumTuning.Ticket);
        var parted = new SeasonalCusum(CusumTuning.Ticket);
        for (var i = 0; i < series.Length; i++)
        {
            if (i == at)
            {
                parted = new SeasonalCusum(CusumTuning.Ticket, parted.State with { });
            }

            var (value, expected, sigma) = series[i];
            parted.Update(value, expected, sigma).ShouldBe(whole.Update(value, expected, sigma));
        }
    }, iter: Samples.Of(500));

    [Fact]
    public void Its_sum_is_never_negative_nor_more_than_twice_the_limit_and_fires_exactly_above_it() => Series.Sample(series =>
    {
        var cusum = new SeasonalCusum(CusumTuning.Ticket);
        series.ShouldAllBe(s => IsSound(cusum.Update(s.Value, s.Expected, s.Sigma)));
    }, iter: Samples.Of(500));

    [Fact]
    public void Numbers_that_cannot_be_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new SeasonalCusum(new(4, 10)));
        Should.Throw<ArgumentOutOfRangeException>(() => new SeasonalCusum(new(1, 0)));
        Should.Throw<ArgumentOutOfRangeException>(() => new SeasonalCusum(new(-1, 10)));
        var cusum = new SeasonalCusum(CusumTuning.Page);
        Should.Throw<ArgumentOutOfRangeException>(() => cusum.Update(1, 1, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => cusum.Update(double.NaN, 1, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => cusum.Update(1, -1, 1));
        cusum.State.ShouldBe(CusumState.Start);
    }

    private static bool IsSound(CusumState state) => state.Sum is >= 0 and <= 16 && state.Fires == state.Sum > 8;
}
