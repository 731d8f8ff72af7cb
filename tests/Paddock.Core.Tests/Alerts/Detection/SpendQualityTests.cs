using Paddock.Core.Alerts.Detection;
using Paddock.Testing.Alerts;

namespace Paddock.Core.Tests.Alerts.Detection;

/// <summary>
/// How good the detectors of spend are on generated series. Measured anew, they are no worse than in the simulation by which they were chosen,
/// give or take two samples: that one's generator was another. The tables are in docs/alerts.md.
/// </summary>
public sealed class SpendQualityTests
{
    private const double TwoSamples = 10;

    // Not those by which the floor and the factor of sigma were chosen.
    private static readonly int[] others = [.. Enumerable.Range(101, 100)];

    [Fact]
    public void The_page_on_spend_calls_nobody_for_nothing_and_notices_every_fault_in_time()
    {
        var row = SpendDetectors.Row("page", series => SpendDetectors.Cusum(series, CusumTuning.Page));

        row.FalsePer30Days.ShouldBe(0);
        NotWorse(row, ("2x", 4, 145), ("4x", 5, 35), ("10x", 5, 20), ("off-hours 8x", 5, 30), ("ramp x2/h", 5, 105));
    }

    [Fact]
    public void The_ticket_on_spend_notices_sooner_and_is_wrong_at_most_every_eighth_day()
    {
        var row = SpendDetectors.Row("ticket", series => SpendDetectors.Cusum(series, CusumTuning.Ticket));

        row.FalsePer30Days.ShouldBeLessThanOrEqualTo(3.6);
        NotWorse(row, ("2x", 5, 90), ("4x", 5, 25), ("10x", 5, 15), ("off-hours 8x", 5, 25), ("ramp x2/h", 5, 95));
    }

    /// <summary>Twice the usual is at the edge of what six times the burn can see: 3 of these five seeds; the next test looks at more.</summary>
    [Fact]
    public void The_burn_of_a_spend_budget_calls_nobody_for_nothing_and_notices_what_is_large()
    {
        var row = SpendDetectors.Row("burn", SpendDetectors.Burn);

        row.FalsePer30Days.ShouldBe(0);
        NotWorse(row, ("2x", 3, 230), ("4x", 5, 50), ("10x", 5, 25), ("off-hours 8x", 5, 335), ("ramp x2/h", 5, 125));
    }

    [Fact]
    public void Seeds_by_which_nothing_was_chosen_say_the_same_of_the_page()
    {
        var row = SpendDetectors.Row("page", series => SpendDetectors.Cusum(series, CusumTuning.Page), others[..20]);

        row.FalsePer30Days.ShouldBeLessThanOrEqualTo(0.2);
        NotWorse(row, ("2x", 18, 145), ("4x", 20, 35), ("10x", 20, 20), ("off-hours 8x", 20, 30), ("ramp x2/h", 20, 105));
    }

    [Fact]
    public void Seeds_by_which_nothing_was_chosen_say_the_same_of_the_burn()
    {
        var row = SpendDetectors.Row("burn", SpendDetectors.Burn, others);

        row.FalsePer30Days.ShouldBeLessThanOrEqualTo(0.05);
        NotWorse(row, ("2x", 80, 230), ("4x", 100, 50), ("10x", 100, 25), ("off-hours 8x", 100, 335), ("ramp x2/h", 100, 125));
    }

    private static void NotWorse(QualityRow row, params (string Fault, int Hits, double Minutes)[] bounds) =>
        AlertQualityTests.NotWorse(row, TwoSamples, bounds);
}
