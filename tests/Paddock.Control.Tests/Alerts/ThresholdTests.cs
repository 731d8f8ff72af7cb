using System.Collections.Immutable;
using Paddock.Control.Alerts;
using Paddock.Control.Alerts.Judging;
using Paddock.Control.Releases;
using Paddock.Control.Tests.Releases;
using Paddock.Core.Agents;
using Paddock.Core.Alerts;
using Paddock.Core.Identity;
using static Paddock.Control.Tests.ControlUnderTest;

namespace Paddock.Control.Tests.Alerts;

/// <summary>Rules on gauges, over what the installation is like.</summary>
public class ThresholdTests
{
    private static readonly ReleaseInput broken = new() { Files = [new("b.yaml", "kind: Providor\n")] };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_gauge_is_read_by_somebody_and_by_one_alone()
    {
        await using var control = await StartAsync();

        control.Get<IEnumerable<IGauges>>().SelectMany(static one => one.Has).Order(Comparer<Gauge>.Create(static (one, other) => string.CompareOrdinal(one.Name, other.Name)))
            .ShouldBe(Gauge.All.OrderBy(static one => one.Name, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Files_that_are_not_taken_as_a_release_make_a_ticket_after_five_minutes_and_good_ones_end_it()
    {
        await using var control = await StartAsync();
        await control.Get<ImportRelease>().RunAsync(Admin, broken, Cancellation);

        (await LookAsync(control, "release-rejected", TimeSpan.FromMinutes(4))).ShouldBeNull();
        var alert = (await LookAsync(control, "release-rejected", TimeSpan.FromMinutes(2))).ShouldNotBeNull();

        (alert.Severity, alert.Subject).ShouldBe(("ticket", "import"));
        alert.Says.ShouldStartWith("The newest files were not taken as a release (import), since 12:00 UTC. The first of 4 faults: b.yaml:1: apiVersion: ");
        alert.Facts["gauge"].ShouldBe("release_rejected");
        await control.Get<ImportRelease>().RunAsync(Admin, ReleaseTests.Named("good"), Cancellation);
        (await LookAsync(control, "release-rejected", TimeSpan.FromMinutes(6))).ShouldBeNull();
    }

    [Fact]
    public async Task What_is_over_for_a_moment_or_was_not_looked_at_begins_anew()
    {
        await using var control = await StartAsync();
        await control.Get<ImportRelease>().RunAsync(Admin, broken, Cancellation);
        (await LookAsync(control, "release-rejected", TimeSpan.FromMinutes(4))).ShouldBeNull();
        await control.Get<ImportRelease>().RunAsync(Admin, ReleaseTests.Named("good"), Cancellation);
        (await LookAsync(control, "release-rejected", TimeSpan.FromMinutes(1))).ShouldBeNull();
        await control.Get<ImportRelease>().RunAsync(Admin, broken, Cancellation);
        (await LookAsync(control, "release-rejected", TimeSpan.FromMinutes(4))).ShouldBeNull();

        control.Time.Advance(TimeSpan.FromMinutes(3));

        (await LookAsync(control, "release-rejected", TimeSpan.FromMinutes(1))).ShouldBeNull();
        (await LookAsync(control, "release-rejected", TimeSpan.FromMinutes(5))).ShouldNotBeNull();
    }

    [Fact]
    public async Task An_alert_that_is_open_stays_open_while_a_process_that_has_just_begun_to_look_counts_its_time()
    {
        await using var control = await StartAsync();
        await control.Get<ImportRelease>().RunAsync(Admin, broken, Cancellation);
        var before = (await LookAsync(control, "release-rejected", TimeSpan.FromMinutes(6))).ShouldNotBeNull();

        control.Time.Advance(TimeSpan.FromMinutes(4)); // nobody looked: who looks now knows of nothing
        (await LookAsync(control, "release-rejected", TimeSpan.FromMinutes(2))).ShouldNotBeNull().Id.ShouldBe(before.Id);
    }

    [Fact]
    public async Task Many_clients_that_go_on_without_asking_for_their_settings_make_a_ticket_and_closed_laptops_none()
    {
        await using var control = await StartAsync();
        var away = await SessionsAsync(control, "gone", 6);
        var here = await SessionsAsync(control, "here", 6);
        control.Time.Advance(TimeSpan.FromMinutes(80));
        Seen(control, away);
        control.Time.Advance(TimeSpan.FromHours(2));
        (await LookAsync(control, "stale-clients", TimeSpan.FromMinutes(70))).ShouldBeNull();

        var alert = await LookAsync(control, "stale-clients", TimeSpan.FromMinutes(70), () => Seen(control, here));

        alert.ShouldNotBeNull().Says.ShouldBe("Clients that made model calls in the last hour, and go on without asking for their settings: 6 clients, above 5 since 16:31 UTC.");
    }

    [Fact]
    public async Task A_limit_below_one_is_told_as_its_rule_says_it_and_not_rounded()
    {
        await using var control = await StartAsync();
        var judge = new ThresholdJudge(new([new FixedGauge(Gauge.DiskFree, 0.22)]));
        var rule = new AlertRule { Name = "mine", Owner = "us", Source = "", Condition = new AlertCondition.Threshold(Gauge.DiskFree, null, 0.25, TimeSpan.Zero) };

        var found = await judge.JudgeAsync(rule, new(control.Get<ISignals>(), Noon, []), Cancellation);

        found.ShouldHaveSingleItem().Says.ShouldBe("Room on the disk: 0.2 %, below 0.25 since 12:00 UTC.");
    }

    private static async Task<List<KeyId>> SessionsAsync(ControlUnderTest control, string name, int count)
    {
        var keys = new List<KeyId>();
        for (var one = 0; one < count; one++)
        {
            keys.Add((await control.SignedInAsync(name, SessionClient.Extension)).Key!.Value); // who signed in has one
            await control.Get<IClients>().RefreshedAsync(new(keys[^1], "roo-code", control.Time.GetUtcNow()), 7, Cancellation);
        }

        return keys;
    }

    private static void Seen(ControlUnderTest control, List<KeyId> keys) => keys.ForEach(key => control.Get<IClients>().Note(new(key, "roo-code", control.Time.GetUtcNow())));

    /// <summary>Looks minute after minute.</summary>
    /// <returns>The open alert of a rule after the last look.</returns>
    private static async Task<AlertView?> LookAsync(ControlUnderTest control, string rule, TimeSpan span, Action? each = null)
    {
        for (var end = control.Time.GetUtcNow() + span; ; control.Time.Advance(TimeSpan.FromMinutes(1)))
        {
            each?.Invoke();
            await control.Get<WatchAlerts>().LookAsync(Cancellation);
            if (control.Time.GetUtcNow() >= end)
            {
                break;
            }
        }

        return (await control.Get<ListAlerts>().RunAsync(Admin, new() { Open = true, Rule = rule }, Cancellation)).ShouldBeDone().Alerts.SingleOrDefault();
    }

    private sealed class FixedGauge(Gauge gauge, double value) : IGauges
    {
        public ImmutableArray<Gauge> Has => [gauge];

        public ValueTask<ImmutableArray<GaugeValue>> ReadAsync(Gauge asked, CancellationToken cancellationToken) => ValueTask.FromResult<ImmutableArray<GaugeValue>>([new("", value)]);
    }
}
