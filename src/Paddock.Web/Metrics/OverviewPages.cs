using Microsoft.AspNetCore.Http;
using Paddock.Control;
using Paddock.Control.Agents;
using Paddock.Control.Alerts;
using Paddock.Control.Approvals;
using Paddock.Control.Budgets;
using Paddock.Control.Incidents;
using Paddock.Control.Ledger;
using Paddock.Control.Metrics;
using Paddock.Core.Approvals;
using Paddock.Core.Identity;
using Paddock.Core.Metrics;
using Paddock.Web.Identity;
using Paddock.Web.Kit;
using Paddock.Web.Start;

namespace Paddock.Web.Metrics;

/// <summary>The console's first page: the five numbers and what stands open, for those who read everything; how to attach an agent for everybody else.</summary>
internal sealed class OverviewPages(ConsoleSessions sessions, ShowMetrics metrics, ShowBudgets budgets, ShowProviders providers, ListIncidents incidents, ListAlerts alerts, ListApprovals approvals, ListClients clients, MetricRules rules)
{
    public static readonly IReadOnlyList<string> Windows = ["24h", "7d", "30d"];

    private const int MostAlerts = 50, MostApprovals = 200, MostClients = 1000;

    public async Task ShowAsync(HttpContext http) =>
        await (sessions.Of(http) is { } session && session.Actor.May(ControlRoles.Viewer) ? await PageAsync(http, session) : StartPage.Of(sessions.Of(http))).WriteAsync(http);

    /// <param name="window">Null = the usual one.</param>
    public static string PathOf(string? window, string? by, string? team)
    {
        var parts = new (string Name, string? Value)[] { ("window", window), ("by", by), ("team", team) };
        return Places.Start + "?" + string.Join('&', parts.Where(static part => part.Value is not null).Select(static part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}")); // those without were passed over
    }

    public static string Words(string window) => window switch { "24h" => "24 hours", "7d" => "7 days", _ => "30 days" };

    public static string WhyWithheld(GroupView group, int minimum) => group.Withheld is GroupView.TooFewPeople
        ? $"Not shown: it is of fewer than {minimum} people, and would be about each of them."
        : "Not shown: with the total it would tell the numbers of a group of few people.";

    private async Task<Page> PageAsync(HttpContext http, ConsoleSession session)
    {
        var (query, actor, aborted) = (http.Request.Query, session.Actor, http.RequestAborted);
        var input = new MetricsInput { Window = Said(query["window"]) ?? MetricWindow.Usual, By = Said(query["by"]), Team = Said(query["team"]), Series = true };
        var outcome = await metrics.RunAsync(actor, input, aborted);
        if (outcome is not Outcome<MetricsView>.Done { Value: var view } || !Windows.Contains(view.Window))
        {
            var (fault, status) = OutcomeText.Of(outcome);
            return PlainPage.Of(session, "Not shown", fault ?? $"The window is one of {string.Join(", ", Windows)}.", fault is null ? StatusCodes.Status400BadRequest : status);
        }

        return OverviewPage.Page(
            session, view, [.. MetricDimensions.Names.Skip(1).Where(name => rules.ByPerson || name != MetricDimension.Person.Name())],
            Value(await incidents.RunAsync(actor, new() { Open = true, Limit = MostAlerts }, aborted))?.Incidents ?? [],
            [.. (Value(await alerts.RunAsync(actor, new() { Open = true, Limit = MostAlerts }, aborted))?.Alerts ?? []).Where(static one => one.State == "open")],
            Value(await approvals.RunAsync(actor, new() { State = ApprovalState.Pending, Limit = MostApprovals }, aborted))?.Approvals,
            Value(await clients.RunAsync(actor, new() { Stale = true, Limit = MostClients }, aborted))?.Clients.Count ?? 0,
            Value(await providers.RunAsync(actor, aborted)) ?? new(default, [], IsWhole: true), Value(await budgets.RunAsync(actor, aborted))?.Accounts ?? []);
    }

    /// <summary>Null for who may not see it.</summary>
    private static T? Value<T>(Outcome<T> outcome)
        where T : class => (outcome as Outcome<T>.Done)?.Value;

    private static string? Said(string? text) => text?.Trim() is { Length: > 0 } said ? said : null;
}
