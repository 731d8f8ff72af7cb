using Paddock.Control.Metrics;
using Paddock.Control.Releases;
using Paddock.Control.Tests.Releases;
using Paddock.Core.Identity;
using Paddock.Core.Metrics;
using Paddock.Core.Releases;
using Paddock.Testing;
using static Paddock.Control.Tests.ControlUnderTest;

namespace Paddock.Control.Tests.Metrics;

/// <summary>The five numbers, as they are asked for.</summary>
public class ShowMetricsTests
{
    private static readonly Actor viewer = new("usr_v", ControlRoles.Viewer);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_five_are_told_with_what_they_are_made_of()
    {
        await using var control = await StartAsync();
        var tallies = new MemoryTallies();
        tallies.Add(
            Noon, Place("ada"), (TaskCount.Claimed, 2), (TaskCount.AcceptedByUser, 1), (TaskCount.Failed, 1), (TaskCount.Cancelled, 3), (TaskCount.WithWork, 4), (TaskCount.WorkTakenBack, 1), (TaskCount.Restored, 1),
            (TaskCount.EverClaimed, 4), (TaskCount.Results, 10), (TaskCount.ToolFailed, 2), (TaskCount.CommandNonZero, 1), (TaskCount.Denied, 5), (TaskCount.Approvals, 6),
            (TaskCount.SpendNanoUsd, 6_000_000_000), (TaskCount.ReportedNanoUsd, 3_000_000_000), (TaskCount.Calls, 20), (TaskCount.Unpriced, 2), (TaskCount.SucceededNanoUsd, 3_000_000_000));

        var told = (await ShowAsync(control, tallies, new())).Total.Metrics.ShouldNotBeNull();

        (told.TaskSuccess.Value, told.TaskSuccess.N).ShouldBe((0.75, 4));
        (told.TaskAccepted.Value, told.TaskSuccessAtFirst.Value).ShouldBe((0.25, 1));
        (told.Rollback.Value, told.Rollback.N, told.Rollback.Restored).ShouldBe((0.25, 4, 1));
        (told.Errors.Value, told.Errors.N, told.Errors.ToolFailed.Value, told.Errors.CommandNonZero.Value, told.Errors.TimedOut.Value).ShouldBe((0.3, 10, 0.2, 0.1, 0));
        (told.CostPerSuccess.Value, told.CostPerSuccess.N, told.CostPerSuccess.Direct, told.CostPerSuccess.SpendUsd, told.CostPerSuccess.ReportedUsd, told.CostPerSuccess.UnpricedCalls).ShouldBe((3, 3, 1, 6m, 3m, 2));
        (told.States.ClaimedComplete, told.States.AcceptedByUser, told.States.Failed, told.States.Cancelled, told.Denied, told.Approvals).ShouldBe((2, 1, 1, 3, 5, 6));
        (told.TaskSuccess.Low, told.TaskSuccess.High).ShouldBe((Estimate.Share(3, 4).Low, Estimate.Share(3, 4).High));
    }

    [Theory]
    [InlineData("1h", "2026-03-04T11:00:00Z", "2026-03-04T13:00:00Z")]
    [InlineData("24h", "2026-03-03T12:00:00Z", "2026-03-04T13:00:00Z")]
    [InlineData(null, "2026-02-26T00:00:00Z", "2026-03-05T00:00:00Z")]
    [InlineData("30d", "2026-02-03T00:00:00Z", "2026-03-05T00:00:00Z")]
    public async Task A_window_is_whole_hours_or_days_with_the_one_that_runs(string? window, string from, string until)
    {
        await using var control = await StartAsync();
        control.Time.Advance(TimeSpan.FromMinutes(20));

        var told = await ShowAsync(control, new(), new() { Window = window });

        (told.From, told.Until).ShouldBe((At(from), At(until)));
        told.Window.ShouldBe(window ?? "7d");
        (told.Total.Metrics?.TaskSuccess.Value, told.Total.Metrics?.TaskSuccess.N).ShouldBe((null, 0));
    }

    [Theory]
    [InlineData("2026-03-04T08:20:00Z", "2026-03-04T10:10:00Z", "2026-03-04T08:00:00Z", "2026-03-04T11:00:00Z")]
    [InlineData("2026-03-04T08:00:00Z", "2026-03-04T10:00:00Z", "2026-03-04T08:00:00Z", "2026-03-04T10:00:00Z")]
    [InlineData("2026-03-01T08:20:00Z", null, "2026-03-01T00:00:00Z", "2026-03-05T00:00:00Z")]
    [InlineData("2025-12-01T08:20:00Z", "2025-12-01T09:00:00Z", "2025-12-01T00:00:00Z", "2025-12-02T00:00:00Z")]
    public async Task Moments_are_widened_to_hours_and_to_days_where_hours_would_be_many_or_are_gone(string from, string? until, string asFrom, string asUntil)
    {
        await using var control = await StartAsync();
        var tallies = new MemoryTallies();

        var told = await ShowAsync(control, tallies, new() { From = At(from), Until = until is null ? null : At(until) });

        (told.From, told.Until, told.Window).ShouldBe((At(asFrom), At(asUntil), null));
        tallies.Asked.ShouldAllBe(one => one.From == told.From && one.Until == told.Until);
    }

    [Theory]
    [InlineData("window", "2d", null, null, null)]
    [InlineData("window", "7d", null, "2026-03-04T08:00:00Z", null)]
    [InlineData("by", null, "colour", null, null)]
    [InlineData("by", null, "all", null, null)]
    [InlineData("by", null, "person", null, null)]
    [InlineData("from", null, null, null, "2026-03-04T08:00:00Z")]
    [InlineData("from", null, null, "2026-03-04T08:00:00Z", "2026-03-04T08:00:00Z")]
    [InlineData("from", null, null, "2025-01-01T08:00:00Z", null)]
    public async Task What_cannot_be_told_is_refused_by_its_name(string field, string? window, string? by, string? from, string? until)
    {
        await using var control = await StartAsync();
        var input = new MetricsInput { Window = window, By = by, From = from is null ? null : At(from), Until = until is null ? null : At(until) };

        var refused = (await Use(control, new()).RunAsync(viewer, input, Cancellation)).ShouldBeOfType<Outcome<MetricsView>.Invalid>();

        refused.Field.ShouldBe(field);
        if (by is "colour")
        {
            refused.Message.ShouldContain("team, mode, provider, model, agent, repository, release, person");
        }
        else if (by is "person")
        {
            refused.Message.ShouldContain("metrics.byPerson");
        }
    }

    [Fact]
    public async Task Where_the_setting_says_so_people_are_named_however_few()
    {
        await using var control = await StartAsync();
        var ada = await control.SignedInAsync("ada");
        var tallies = new MemoryTallies();
        tallies.Add(Noon, new MetricPlace { Person = ada.Id }, (TaskCount.Claimed, 1));

        var told = (await Use(control, tallies, new() { ByPerson = true }).RunAsync(viewer, new() { By = "person" }, Cancellation)).ShouldBeDone();

        told.Groups.Select(one => (one.Value, one.Name, one.Withheld, one.Metrics?.TaskSuccess.N)).ShouldBe([(ada.Id, "ada", null, 1L)]);
    }

    [Fact]
    public async Task Configuration_is_apart_and_counts_what_was_in_force_before()
    {
        await using var control = await StartAsync();
        var (one, two) = (ReleaseTests.Named("one") with { Activate = true }, ReleaseTests.Named("two") with { Activate = true });
        foreach (var release in new[] { one, two, one, two })
        {
            (await control.Get<ImportRelease>().RunAsync(Admin, release, Cancellation)).ShouldBeDone();
            control.Time.Advance(TimeSpan.FromMinutes(1));
        }

        (await ShowAsync(control, new(), new())).ConfigurationRollback.ShouldBe(EstimateView.Of(Estimate.Share(2, 4)));
        (await ShowAsync(control, new(), new() { From = Noon.AddDays(-3), Until = Noon.AddDays(-1) })).ConfigurationRollback.N.ShouldBe(0);
    }

    [Fact]
    public async Task A_series_has_a_point_for_each_hour_or_day_also_where_there_was_nothing()
    {
        await using var control = await StartAsync();
        var tallies = new MemoryTallies();
        tallies.Add(Noon.AddDays(-2), Place("ada"), (TaskCount.Claimed, 3), (TaskCount.Failed, 1));

        var week = (await ShowAsync(control, tallies, new() { Series = true })).Series.ShouldNotBeNull();
        var day = (await ShowAsync(control, tallies, new() { Series = true, Window = "24h" })).Series.ShouldNotBeNull();

        week.Select(point => (point.At.Day, point.TaskSuccess.Value, point.TaskSuccess.N)).ShouldBe(
            [(26, null, 0), (27, null, 0), (28, null, 0), (1, null, 0), (2, 0.75, 4L), (3, null, 0), (4, null, 0)]);
        (day.Count, day[0].At).ShouldBe((24, Noon.AddDays(-1)));
        (await ShowAsync(control, tallies, new())).Series.ShouldBeNull();
    }

    internal static MetricPlace Place(string person, string? mode = null, params string[] teams) => new() { Person = person, Mode = mode, Teams = [.. teams] };

    internal static ShowMetrics Use(ControlUnderTest control, MemoryTallies tallies, MetricRules? rules = null) =>
        new(tallies, control.Get<IReleaseStore>(), control.Get<IIdentities>(), rules ?? new(), control.Time);

    internal static async Task<MetricsView> ShowAsync(ControlUnderTest control, MemoryTallies tallies, MetricsInput input) => (await Use(control, tallies).RunAsync(viewer, input, Cancellation)).ShouldBeDone();

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
