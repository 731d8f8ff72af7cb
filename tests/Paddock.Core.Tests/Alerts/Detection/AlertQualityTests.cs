using Paddock.Core.Alerts;
using Paddock.Testing.Alerts;

namespace Paddock.Core.Tests.Alerts.Detection;

/// <summary>How good the other detectors are on generated series; seeded, so that it is always the same. The tables are in docs/alerts.md.</summary>
public sealed class AlertQualityTests
{
    [Theory]
    [InlineData(40, 10, 10, 45)]
    [InlineData(1, 12, 30, 50)]
    public void A_provider_that_is_down_pages_within_minutes_also_at_night_and_where_there_are_few_calls(double busy, double outage, double atNight, double fifth)
    {
        var row = CallQuality.Row("page", 0.99, busy, AlertSeverity.Page);

        row.FalsePer30Days.ShouldBeLessThanOrEqualTo(0.25);
        NotWorse(row, 0, ("100 %", 5, outage), ("100 % at 03:00", 5, atNight), ("20 %", 5, fifth));
    }

    [Fact]
    public void A_few_errors_too_many_are_a_ticket_by_the_end_of_the_day()
    {
        var row = CallQuality.Row("ticket", 0.99, 40, AlertSeverity.Ticket);

        row.FalsePer30Days.ShouldBe(0);
        NotWorse(row, 0, ("5 %", 5, 360));
    }

    [Theory]
    [InlineData(1, false, 1, 15)]
    [InlineData(2, true, 3, 20)]
    [InlineData(3, true, 4, 60)]
    public void Ten_times_the_timeouts_are_noticed_and_clusters_of_them_do_not_cry_wolf(double cluster, bool dispersed, double wrong, double tenfold)
    {
        var row = TimeoutQuality.Row("timeouts", cluster, dispersed);

        row.FalsePer30Days.ShouldBeLessThanOrEqualTo(wrong);
        NotWorse(row, 0, ("10 %", 5, tenfold), ("50 %", 5, 10), ("50 % at 03:00", 5, 75));
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 20)]
    [InlineData(5, 80)]
    public void Four_times_the_mutating_calls_are_noticed_at_once_and_tasks_of_many_calls_do_not_cry_wolf(double perTask, double atNight)
    {
        var row = MutatingQuality.Row("mutating", perTask, MutatingQuality.Weekly, true);

        row.FalsePer30Days.ShouldBeLessThanOrEqualTo(4);
        NotWorse(row, 0, ("4x", 5, 10), ("10x", 5, 10), ("8x at 03:00", 5, atNight));
    }

    [Fact]
    public void Who_takes_each_call_of_a_task_for_a_chance_of_its_own_cries_wolf_every_day()
    {
        MutatingQuality.Row("mutating", 2, MutatingQuality.Weekly, false).FalsePer30Days.ShouldBeGreaterThan(100);
        TimeoutQuality.Row("timeouts", 2, false).FalsePer30Days.ShouldBeGreaterThan(30);
    }

    internal static void NotWorse(QualityRow row, double tolerance, params (string Fault, int Hits, double Minutes)[] bounds)
    {
        foreach (var (name, hits, minutes) in bounds)
        {
            var fault = row.Faults.Single(fault => fault.Fault == name);
            fault.Hits.ShouldBeGreaterThanOrEqualTo(hits, name);
            fault.MedianMinutes.ShouldNotBeNull().ShouldBeLessThanOrEqualTo(minutes + tolerance, name);
        }
    }
}
