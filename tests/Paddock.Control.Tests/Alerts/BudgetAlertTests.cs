using Paddock.Control.Alerts;
using Paddock.Core.Alerts;
using Paddock.Core.Identity;
using Paddock.Core.Ledger;
using Paddock.Core.Releases;
using Paddock.Core.Snapshot;
using static Paddock.Control.Tests.Alerts.AlertTraffic;

namespace Paddock.Control.Tests.Alerts;

/// <summary>Rules on budgets, over what was spent.</summary>
public class BudgetAlertTests
{
    private const string OfTeams = "{scope: team, window: month, limit: {usd: 720}}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_teams_budget_that_is_spent_six_times_too_fast_pages_and_those_of_others_do_not()
    {
        await using var control = await ControlUnderTest.StartAsync();
        Publish(control, Budget("monthly", OfTeams));
        Calls(control, 3, error: null, usd: 2, team: "payments");
        Calls(control, 1, error: null, usd: 2, team: "web");

        var alert = (await LookAsync(control)).ShouldHaveSingleItem();

        (alert.Rule, alert.Severity, alert.Subject).ShouldBe(("budget-burn", "page", "monthly/payments"));
        alert.Says.ShouldBe("Team payments spent $6.00 of $720.00 a month (budget monthly) in the last hour: 6.2 times what is even.");
    }

    [Fact]
    public async Task What_was_spent_an_hour_ago_and_goes_on_no_more_pages_nobody()
    {
        await using var control = await ControlUnderTest.StartAsync();
        Publish(control, Budget("monthly", OfTeams));
        Calls(control, 10, error: null, usd: 2, team: "payments");

        control.Time.Advance(TimeSpan.FromMinutes(40));

        (await LookAsync(control)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_budget_of_one_person_is_looked_at_where_a_rule_names_it_and_the_person_is_kept_as_an_id()
    {
        await using var control = await ControlUnderTest.StartAsync();
        await control.KeyAsync();
        var ada = control.Get<IIdentities>().Current.Principals.Single(static one => one.Name == "ada").Id.Value;
        Calls(control, 3, error: null, usd: 2, principal: ada);
        Publish(control, Budget("personal", "{scope: user, window: month, limit: {usd: 720}}"));
        (await LookAsync(control)).ShouldBeEmpty();

        Publish(control, Budget("personal", "{scope: user, window: month, limit: {usd: 720}}"), Document("AlertRule", "mine", "{severity: page, overspend: {budget: personal}}"));
        var alert = (await LookAsync(control)).ShouldHaveSingleItem();

        (alert.Rule, alert.Subject).ShouldBe(("mine", "personal/ada"));
        alert.Says.ShouldStartWith("One person spent $6.00 of $720.00 a month");
        (await control.Get<IAlerts>().ListAsync(new(), Cancellation)).ShouldHaveSingleItem().Subject.ShouldBe($"personal/{ada}");
        (await control.Get<SilenceAlerts>().RunAsync(ControlUnderTest.Admin, new() { Subject = "personal/ada", Reason = "Known.", ForSeconds = 60 }, Cancellation)).ShouldBeDone();
        (await LookAsync(control)).ShouldHaveSingleItem().State.ShouldBe("silenced");
    }

    [Fact]
    public async Task A_budget_that_will_not_last_makes_a_ticket_after_a_week_by_the_days_before_the_season_is_known()
    {
        await using var control = await ControlUnderTest.StartAsync();
        control.Time.AdjustTime(new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero));
        Publish(control, Budget("monthly", OfTeams));
        await SpendAsync(control, TimeSpan.FromDays(6), usd: 5, team: "payments"); // 40 a day of 24
        (await LookAsync(control)).ShouldAllBe(static one => one.Rule != "budget-overrun");
        await SpendAsync(control, TimeSpan.FromDays(2), usd: 5, team: "payments");

        var alert = (await LookAsync(control)).Single(static one => one.Rule == "budget-overrun");

        (alert.Severity, alert.Subject).ShouldBe(("ticket", "monthly/payments"));
        alert.Says.ShouldBe("Team payments spent $320.00 of $720.00 (budget monthly), and by 2026-05-01 00:00 UTC it will be $1,200.00 if it goes on like this, as if every day were alike: 1.7 times the limit. The budget stops it when it is spent.");
    }

    [Fact]
    public async Task Where_the_season_is_known_it_tells_the_rest_of_the_month()
    {
        await using var control = await ControlUnderTest.StartAsync();
        control.Time.AdjustTime(new(2026, 3, 9, 0, 0, 0, TimeSpan.Zero)); // a Monday; nothing is spent at weekends
        Publish(control, Budget("monthly", OfTeams.Replace("720", "600")));
        for (var day = 0; day < 25; day++)
        {
            await SpendAsync(control, TimeSpan.FromDays(1), usd: control.Time.GetUtcNow().DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0 : 5, team: "payments");
        }

        var alert = (await LookAsync(control)).SingleOrDefault(static one => one.Rule == "budget-overrun"); // the third of April

        alert.ShouldNotBeNull().Says.ShouldContain("by the season");
        double.Parse(alert.Facts["projectedUsd"]).ShouldBe(22 * 40, tolerance: 10); // April 2026 has 22 working days; as if every day were alike it would be 1,200
    }

    /// <summary>Eight calls a day, in the order of time.</summary>
    private static async Task SpendAsync(ControlUnderTest control, TimeSpan span, int usd, string team)
    {
        for (var end = control.Time.GetUtcNow() + span; control.Time.GetUtcNow() < end; control.Time.AdjustTime(control.Time.GetUtcNow().AddHours(3)))
        {
            Calls(control, 1, error: null, usd: usd, team: team);
        }

        await control.Get<ILedger>().FlushAsync(Cancellation);
    }

    private static void Publish(ControlUnderTest control, params string[] documents) =>
        control.Get<ISnapshots>().Publish(SnapshotBuilder.Build(ReleaseLoader.Load([new("a.yaml", string.Join("---\n", documents))]).ShouldBeOfType<LoadOutcome.Loaded>().Content));

    private static string Budget(string name, string spec) => Document("Budget", name, spec);

    private static string Document(string kind, string name, string spec) => $"apiVersion: paddock/v1alpha1\nkind: {kind}\nmetadata: {{name: {name}, owner: tests}}\nspec: {spec}\n";
}
