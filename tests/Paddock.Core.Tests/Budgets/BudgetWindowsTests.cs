using CsCheck;
using Paddock.Core.Budgets;
using Paddock.Testing;

namespace Paddock.Core.Tests.Budgets;

public sealed class BudgetWindowsTests
{
    private static readonly Gen<DateTimeOffset> Times = Gen.Long[new DateTime(2025, 1, 1).Ticks, new DateTime(2031, 1, 1).Ticks].Select(ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
    private static readonly Gen<BudgetWindow> Windows = Gen.OneOfConst(BudgetWindow.Hour, BudgetWindow.Day, BudgetWindow.Week, BudgetWindow.Month);

    [Fact]
    public void A_moment_lies_in_its_window_and_the_next_one_begins_where_this_one_ends() => Gen.Select(Windows, Gen.OneOfConst(Zones.All), Times).Sample((window, zone, at) =>
    {
        var span = BudgetWindows.Of(window, zone, at);
        var next = BudgetWindows.Of(window, zone, span.End);

        (span.Start <= at && at < span.End).ShouldBeTrue();
        next.Start.ShouldBe(span.End);
        BudgetWindows.Of(window, zone, span.Start).ShouldBe(span);
        BudgetWindows.Of(window, zone, span.End.AddTicks(-1)).ShouldBe(span);
    }, iter: Samples.Of(5_000));

    [Fact]
    public void Every_window_begins_on_a_quarter_of_an_hour() => Gen.Select(Windows, Gen.OneOfConst(Zones.All), Times).Sample((window, zone, at) =>
        (BudgetWindows.Of(window, zone, at).Start.UtcTicks % TimeSpan.FromMinutes(15).Ticks).ShouldBe(0));

    [Theory]
    [InlineData(2026, 3, 29, 23)]
    [InlineData(2026, 10, 25, 25)]
    [InlineData(2026, 6, 1, 24)]
    public void A_day_is_as_long_as_the_clocks_make_it(int year, int month, int day, int hours)
    {
        var span = BudgetWindows.Of(BudgetWindow.Day, Zones.Berlin, new DateTimeOffset(year, month, day, 12, 0, 0, TimeSpan.Zero));

        (span.End - span.Start).ShouldBe(TimeSpan.FromHours(hours));
        TimeZoneInfo.ConvertTime(span.Start, Zones.Berlin).TimeOfDay.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void A_week_begins_on_Monday_and_a_month_on_its_first()
    {
        var at = new DateTimeOffset(2026, 11, 22, 23, 30, 0, TimeSpan.Zero); // a Sunday; in Berlin it is Monday already

        BudgetWindows.Of(BudgetWindow.Week, TimeZoneInfo.Utc, at).Start.ShouldBe(new(2026, 11, 16, 0, 0, 0, TimeSpan.Zero));
        BudgetWindows.Of(BudgetWindow.Week, Zones.Berlin, at).Start.ShouldBe(new(2026, 11, 22, 23, 0, 0, TimeSpan.Zero));
        BudgetWindows.Of(BudgetWindow.Month, TimeZoneInfo.Utc, at).End.ShouldBe(new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public void A_total_never_resets() => BudgetWindows.Of(BudgetWindow.Total, TimeZoneInfo.Utc, DateTimeOffset.UnixEpoch).ResetAt.ShouldBeNull();
}
