using CsCheck;
using Paddock.Core.Alerts.Detection;
using Paddock.Core.Budgets;
using Paddock.Core.Tests.Budgets;

namespace Paddock.Core.Tests.Alerts.Detection;

public sealed class SeasonalReferenceTests
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Now = Begin.AddDays(28);

    [Fact]
    public void Expected_is_what_the_same_time_of_the_week_was_like()
    {
        // By the hour of the week, so that a neighbour of half an hour is like it in the middle of two alike hours only.
        var reference = Of(at => at.DayOfWeek is DayOfWeek.Monday && at.Hour is 10 or 11 ? 7 : 2);

        reference.Expect(Now.AddHours(10.75))!.Value.Value.ShouldBe(7);
        reference.Expect(Now.AddHours(34.75))!.Value.Value.ShouldBe(2);
    }

    [Fact]
    public void Half_an_hour_before_and_after_is_looked_at_and_no_more()
    {
        var reference = Of(at => at.TimeOfDay == TimeSpan.FromHours(10) ? 13 : 0);

        foreach (var (minutes, expected) in new[] { (-35, 0), (-30, 1), (0, 1), (30, 1), (35, 0) })
        {
            reference.Expect(Now.AddHours(10).AddMinutes(minutes))!.Value.Value.ShouldBe(expected);
        }
    }

    [Fact]
    public void One_bad_week_of_four_changes_little()
    {
        var calm = Of(Wave);
        var spoilt = Of(at => at >= Begin.AddDays(14) && at < Begin.AddDays(21) ? 100 * Wave(at) : Wave(at));

        var (one, other) = (calm.Expect(Now.AddHours(10))!.Value, spoilt.Expect(Now.AddHours(10))!.Value);
        other.Value.ShouldBe(one.Value, 1e-9);
        other.Sigma.ShouldBeInRange(one.Sigma * 0.9, one.Sigma * 1.5);
    }

    [Fact]
    public void Below_fourteen_days_there_is_no_baseline_and_nothing_is_expected()
    {
        var reference = Of(_ => 1, Now.AddDays(-14));
        var young = Of(_ => 1, Now.AddDays(-14).AddMinutes(5));

        (reference.HasBaseline(Now), reference.KnownBefore(Now), reference.Expect(Now)!.Value.Samples).ShouldBe((true, TimeSpan.FromDays(14), 13 + 7));
        (young.HasBaseline(Now), young.Expect(Now)).ShouldBe((false, null));
    }

    [Fact]
    public void A_bucket_that_is_missing_is_nothing_and_of_the_time_away_nothing_is_known()
    {
        var noon = Now.AddHours(12);
        SeriesSample[] some = [.. All().Where(at => at.Day % 2 == 0).Select(at => new SeriesSample(at, 4))];
        WindowSpan[] away = [new(Begin, Begin.AddDays(13).AddHours(23))];

        new SeasonalReference(some, Begin, Now).Expect(noon)!.Value.ShouldBe(new(2, 1.2 * 2 * Medians.Consistent, 4 * 13));
        new SeasonalReference(some, Begin, Now, away).ShouldSatisfyAllConditions(
            r => r.Expect(noon)!.Value.Samples.ShouldBe(2 * 13),
            r => r.KnownBefore(Now).ShouldBe(TimeSpan.FromDays(14) + TimeSpan.FromHours(1)));
    }

    [Fact]
    public void Sigma_has_a_floor_by_the_mean_and_one_of_its_own()
    {
        Of(_ => 3).Expect(Now)!.Value.Sigma.ShouldBe(1.5);
        Of(_ => 0).Expect(Now)!.Value.Sigma.ShouldBe(0.01);
    }

    [Fact]
    public void Nothing_of_the_last_six_days_counts() => Gen.Int[0, (28 * 288) - 1].Select(Gen.Double[0, 1_000]).Sample((at, value) =>
    {
        var when = Begin + (at * SeasonalReference.Bucket);
        var (calm, changed) = (Of(Wave), Of(x => x == when ? value : Wave(x)));
        var bucket = when.AddDays(6).AddHours(23);

        changed.Expect(bucket).GetValueOrDefault().Value.ShouldBe(calm.Expect(bucket).GetValueOrDefault().Value);
    }, iter: 50);

    [Fact]
    public void The_season_goes_by_the_clocks_of_a_zone()
    {
        // Summer time begins on 29 March: what happens at nine on the clock comes an hour earlier by UTC from then on.
        var (since, until) = (new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 3, 30, 0, 0, 0, TimeSpan.Zero));
        var samples = All(since, until).Where(at => TimeZoneInfo.ConvertTime(at, Zones.Berlin).Hour is 8 or 9).Select(at => new SeriesSample(at, 5));
        var nine = new DateTimeOffset(2026, 3, 30, 7, 0, 0, TimeSpan.Zero);

        new SeasonalReference(samples, since, until, zone: Zones.Berlin).Expect(nine)!.Value.Value.ShouldBe(5);
        new SeasonalReference(samples, since, until).Expect(nine)!.Value.Value.ShouldBeLessThan(5);
    }

    [Fact]
    public void What_is_usual_until_the_end_of_a_month_is_the_sum_over_its_weeks()
    {
        var reference = Of(_ => 2);

        reference.Expect(Now, Now.AddDays(20))!.Value.ShouldBe(20 * 288 * 2, 1e-6);
        reference.Expect(Now, Now.AddMinutes(7.5))!.Value.ShouldBe(3, 1e-9);
        Of(_ => 2, Now.AddDays(-13)).Expect(Now, Now.AddDays(1)).ShouldBeNull();
    }

    [Fact]
    public void Samples_that_are_of_no_bucket_are_refused()
    {
        foreach (var sample in new SeriesSample[] { new(Begin.AddMinutes(1), 1), new(Begin.AddMinutes(-5), 1), new(Now, 1), new(Begin, -1), new(Begin, double.NaN) })
        {
            Should.Throw<ArgumentOutOfRangeException>(() => new SeasonalReference([sample], Begin, Now));
        }

        Should.Throw<ArgumentOutOfRangeException>(() => new SeasonalReference([], Now, Begin));
        Should.Throw<ArgumentOutOfRangeException>(() => new SeasonalReference([], Begin, Begin.AddDays(401)));
    }

    private static double Wave(DateTimeOffset at) => 10 + (5 * Math.Sin(at.Hour + (at.Minute / 60.0) + (int)at.DayOfWeek));

    private static SeasonalReference Of(Func<DateTimeOffset, double> value, DateTimeOffset? since = null) =>
        new(All(since ?? Begin, Now).Select(at => new SeriesSample(at, value(at))), since ?? Begin, Now);

    private static IEnumerable<DateTimeOffset> All() => All(Begin, Now);

    private static IEnumerable<DateTimeOffset> All(DateTimeOffset since, DateTimeOffset until) =>
        Enumerable.Range(0, (int)((until - since) / SeasonalReference.Bucket)).Select(i => since + (i * SeasonalReference.Bucket));
}
