using Paddock.Control.Alerts;
using Paddock.Core.Alerts;
using Paddock.Core.Audit;
using Paddock.Core.Identity;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Tools;
using static Paddock.Control.Tests.Alerts.AlertTraffic;

namespace Paddock.Control.Tests.Alerts;

/// <summary>The shipped rules over what calls and decisions leave behind.</summary>
public class WatchAlertsTests
{
    private readonly AlertTraffic traffic = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_provider_that_stops_answering_pages_within_a_look_and_the_alert_ends_when_it_answers_again()
    {
        await using var control = await ControlUnderTest.StartAsync();
        Calls(control, 30, error: null);
        (await LookAsync(control)).ShouldBeEmpty();

        Calls(control, 20, error: "upstream_5xx");
        var alerts = await LookAsync(control);

        alerts.Select(static one => (one.Rule, one.Severity, one.Subject, one.State)).ShouldBe([("provider-outage", "page", "primary", "open"), ("route-outage", "page", "gpt-5", "open")], ignoreOrder: true);
        var outage = alerts.Single(static one => one.Rule == "provider-outage");
        outage.Says.ShouldBe("Provider primary failed 20 of 50 calls in the last hour and 20 of 50 in the last 5 minutes: 40 times what an objective of 99 % allows.");
        (outage.Facts["failed"], outage.Facts["threshold"], outage.Owner).ShouldBe(("20", "14.4", "paddock"));

        control.Time.Advance(TimeSpan.FromMinutes(35));
        Calls(control, 30, error: null);
        (await LookAsync(control)).ShouldAllBe(static one => one.Severity == "ticket"); // it answers, and much of a month's error budget is gone
        control.Time.Advance(TimeSpan.FromHours(7));
        (await LookAsync(control)).ShouldBeEmpty();
        (await Entries(control)).Order().ShouldBe([.. Enumerable.Repeat("alert.fired", 4), .. Enumerable.Repeat("alert.resolved", 4)]);
    }

    [Fact]
    public async Task Who_is_to_be_told_of_a_page_is_told_once_and_also_when_the_database_was_away_for_a_moment()
    {
        await using var control = await ControlUnderTest.StartAsync();
        Calls(control, 20, error: "upstream_5xx");
        control.Told.Fault = new InvalidOperationException("The database is away.");
        await Should.ThrowAsync<InvalidOperationException>(() => LookAsync(control));
        control.Told.Of("alert").ShouldBeEmpty();

        control.Told.Fault = null;
        await LookAsync(control);
        await LookAsync(control);

        control.Told.Of("alert").Select(static one => one.Facts.ToDictionary()["rule"]).ShouldBe(["provider-outage", "route-outage"], ignoreOrder: true);
    }

    [Fact]
    public async Task An_alert_goes_on_also_while_a_thousand_others_are_open()
    {
        await using var control = await ControlUnderTest.StartAsync();
        Calls(control, 20, error: "upstream_5xx");
        var before = await LookAsync(control);
        var others = Enumerable.Range(0, 1_000).Select(number => new Alert
        {
            Id = $"alr_{number}",
            Rule = "many",
            Subject = $"{number}",
            Severity = AlertSeverity.Ticket,
            BeganAt = control.Time.GetUtcNow().AddSeconds(1),
            SeenAt = control.Time.GetUtcNow().AddSeconds(1),
            Says = "It is so.",
        });
        await control.Get<IAlerts>().KeepAsync(new([.. others], [], []), [], Cancellation);

        await control.Get<WatchAlerts>().LookAsync(Cancellation);

        control.Get<WatchAlerts>().Open.Select(static one => one.Id).Intersect(before.Select(static one => one.Id)).Count().ShouldBe(before.Count);
        control.Get<WatchAlerts>().Open.Length.ShouldBe(1_000 + before.Count);
    }

    [Fact]
    public async Task An_alert_says_which_part_explains_most()
    {
        await using var control = await ControlUnderTest.StartAsync();
        Calls(control, 60, error: null, team: "web");
        Calls(control, 20, error: "timeout", team: "payments");

        (await LookAsync(control)).Single(static one => one.Rule == "provider-outage").Says.ShouldEndWith("100 % of it is team payments, which is 25 % of all.");
    }

    [Fact]
    public async Task A_credential_that_is_refused_pages_and_is_no_outage()
    {
        await using var control = await ControlUnderTest.StartAsync();
        Calls(control, 10, error: "upstream_auth", status: 401);

        var alert = (await LookAsync(control)).ShouldHaveSingleItem();

        (alert.Rule, alert.Severity, alert.Subject).ShouldBe(("credential-refused", "page", "primary"));
        alert.Says.ShouldContain("refused its credential in 10 of 10 calls");
    }

    [Fact]
    public async Task Somebody_whose_agent_is_refused_change_after_change_is_named_to_those_who_look_and_not_in_what_is_kept()
    {
        await using var control = await ControlUnderTest.StartAsync();
        await control.KeyAsync();
        var ada = control.Get<IIdentities>().Current.Principals.Single(static one => one.Name == "ada").Id.Value;
        traffic.Decisions(control, 5, ToolClass.Command, DecisionOutcome.Refused, principal: ada);

        var alert = (await LookAsync(control)).ShouldHaveSingleItem();

        (alert.Rule, alert.Severity, alert.Subject).ShouldBe(("denial-burst", "page", "ada"));
        (await control.Get<IAlerts>().ListAsync(new(), Cancellation)).ShouldHaveSingleItem().Subject.ShouldBe(ada);
    }

    [Fact]
    public async Task Commands_that_time_out_more_often_than_they_used_to_make_a_ticket()
    {
        await using var control = await ControlUnderTest.StartAsync();
        traffic.Decisions(control, 400, ToolClass.Command, DecisionOutcome.Released, ToolEnd.Success);
        traffic.Decisions(control, 2, ToolClass.Command, DecisionOutcome.Released, ToolEnd.Timeout);
        (await LookAsync(control)).ShouldBeEmpty();
        control.Time.Advance(TimeSpan.FromHours(1));
        traffic.Decisions(control, 10, ToolClass.Command, DecisionOutcome.Released, ToolEnd.Success);
        traffic.Decisions(control, 5, ToolClass.Command, DecisionOutcome.Released, ToolEnd.Timeout);

        var alert = (await LookAsync(control)).ShouldHaveSingleItem();

        (alert.Rule, alert.Severity, alert.Subject).ShouldBe(("command-timeouts", "ticket", "codex"));
        alert.Says.ShouldBe("Of codex's commands 5 of 15 ran into their time limit in the last 15 minutes (33 %); in the 28 days before it was 0.5 %.");
    }

    [Fact]
    public async Task An_agent_that_changes_far_more_than_at_this_time_of_day_makes_a_ticket_once_a_week_is_known()
    {
        await using var control = await ControlUnderTest.StartAsync();
        for (var day = 0; day < 8; day++)
        {
            traffic.Decisions(control, 6, ToolClass.Edit, DecisionOutcome.Released);
            (await LookAsync(control)).ShouldBeEmpty();
            control.Time.AdjustTime(control.Time.GetUtcNow().AddDays(1));
        }

        traffic.Decisions(control, 60, ToolClass.Edit, DecisionOutcome.Released);
        (await LookAsync(control)).ShouldBeEmpty(); // six at once and then none for an hour: it works in bursts
        traffic.Decisions(control, 90, ToolClass.Edit, DecisionOutcome.Released);
        var alert = (await LookAsync(control)).ShouldHaveSingleItem();

        (alert.Rule, alert.Severity, alert.Subject).ShouldBe(("mutation-anomaly", "ticket", "codex/shell"));
        alert.Says.ShouldBe("codex/shell changed something 150 times in the last 10 minutes; at this time of day 20 are expected.");
    }

    [Fact]
    public async Task An_agent_that_changes_something_by_a_tool_it_never_used_makes_a_ticket_for_an_hour_once_a_week_is_known()
    {
        await using var control = await ControlUnderTest.StartAsync();
        traffic.Decisions(control, 1, ToolClass.Edit, DecisionOutcome.Released, tool: "Edit");
        (await LookAsync(control)).ShouldBeEmpty();
        control.Time.AdjustTime(control.Time.GetUtcNow().AddDays(8));

        traffic.Decisions(control, 1, ToolClass.Edit, DecisionOutcome.Released, tool: "Edit");
        (await LookAsync(control)).ShouldBeEmpty();
        traffic.Decisions(control, 2, ToolClass.Edit, DecisionOutcome.Released, tool: "mcp/deploy");
        var alert = (await LookAsync(control)).ShouldHaveSingleItem();

        (alert.Rule, alert.Severity, alert.Subject).ShouldBe(("new-mutation", "ticket", "codex/mcp/deploy/edit"));
        alert.Says.ShouldBe("codex changed something by mcp/deploy (edit) 2 times in the last hour, and never in the five weeks before, as far as they are known.");
        control.Time.AdjustTime(control.Time.GetUtcNow().AddMinutes(70));
        traffic.Decisions(control, 1, ToolClass.Edit, DecisionOutcome.Released, tool: "mcp/deploy");
        (await LookAsync(control)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Spend_that_runs_away_from_the_season_pages_once_two_weeks_are_known()
    {
        await using var control = await ControlUnderTest.StartAsync();
        var begin = control.Time.GetUtcNow();
        for (var at = begin; at < begin.AddDays(15); at += TimeSpan.FromMinutes(20))
        {
            Calls(control, 1, error: null, at: at, usd: 2);
        }

        control.Time.AdjustTime(begin.AddDays(15));
        (await LookAsync(control)).ShouldBeEmpty();
        for (var at = begin.AddDays(15); at < begin.AddDays(15).AddHours(1); at += TimeSpan.FromMinutes(5))
        {
            Calls(control, 1, error: null, at: at, usd: 40);
        }

        control.Time.AdjustTime(begin.AddDays(15).AddHours(1));
        var alerts = await LookAsync(control);

        alerts.Select(static one => (one.Rule, one.Severity)).ShouldBe([("spend-surge", "page"), ("spend-drift", "ticket")], ignoreOrder: true);
        alerts.Single(static one => one.Rule == "spend-surge").Says.ShouldStartWith("$480.00 were spent since 12:00 UTC, where $");
    }

    [Fact]
    public async Task A_silence_has_an_owner_a_reason_and_an_end()
    {
        await using var control = await ControlUnderTest.StartAsync();
        Calls(control, 20, error: "connect");

        var made = (await control.Get<SilenceAlerts>().RunAsync(ControlUnderTest.Admin, new() { Rule = "provider-outage", Reason = "They told us.", ForSeconds = 3_600 }, Cancellation)).ShouldBeDone();

        (await LookAsync(control)).Select(static one => (one.Rule, one.State)).ShouldBe([("provider-outage", "silenced"), ("route-outage", "open")], ignoreOrder: true);
        (await control.Get<EndSilence>().RunAsync(ControlUnderTest.Admin, made.Id, Cancellation)).ShouldBeDone();
        (await control.Get<EndSilence>().RunAsync(ControlUnderTest.Admin, made.Id, Cancellation)).ShouldBeOfType<Outcome<SilenceView>.NotFound>();
        (await LookAsync(control)).ShouldAllBe(static one => one.State == "open");
        foreach (var (input, field) in new (SilenceInput, string)[]
        {
            (new() { Reason = "r", ForSeconds = 60 }, "rule"), (new() { Rule = "none", Reason = "r", ForSeconds = 60 }, "rule"), (new() { Rule = "spend-surge", Reason = "", ForSeconds = 60 }, "reason"),
            (new() { Rule = "spend-surge", Reason = "r", ForSeconds = 86_401 }, "forSeconds"),
        })
        {
            (await control.Get<SilenceAlerts>().RunAsync(ControlUnderTest.Admin, input, Cancellation)).ShouldBeOfType<Outcome<SilenceView>.Invalid>().Field.ShouldBe(field);
        }
    }

    [Fact]
    public async Task What_a_rule_that_is_no_more_left_open_can_be_kept_quiet()
    {
        await using var control = await ControlUnderTest.StartAsync();
        var now = control.Time.GetUtcNow();
        await control.Get<IAlerts>().KeepAsync(new([new() { Id = "alr_1", Rule = "gone", Subject = "", Severity = AlertSeverity.Page, BeganAt = now, SeenAt = now, Says = "It is so." }], [], []), [], Cancellation);

        (await control.Get<SilenceAlerts>().RunAsync(ControlUnderTest.Admin, new() { Rule = "gone", Reason = "We know.", ForSeconds = 60 }, Cancellation)).ShouldBeDone().Rule.ShouldBe("gone");
        (await control.Get<SilenceAlerts>().RunAsync(ControlUnderTest.Admin, new() { Rule = "never", Reason = "We know.", ForSeconds = 60 }, Cancellation)).ShouldBeOfType<Outcome<SilenceView>.Invalid>().Field.ShouldBe("rule");
    }

    private static async Task<IEnumerable<string>> Entries(ControlUnderTest control)
    {
        var acts = new List<string>();
        foreach (var alert in await control.Get<IAlerts>().ListAsync(new(), Cancellation))
        {
            acts.AddRange((await control.Get<IEntryReader>().ListAsync(new() { Ref = alert.Id }, Cancellation)).Entries.Select(static one => one.Act));
        }

        return acts;
    }
}
