using System.CommandLine;
using System.Globalization;
using Paddock.Control;
using Paddock.Control.Metrics;
using Paddock.Core.Metrics;

namespace Paddock.Commands;

/// <summary><c>paddock metrics</c>.</summary>
internal static class MetricsCommand
{
    private static readonly Option<string?> Window = new("--window") { Description = "1h, 24h, 7d (default) or 30d." };
    private static readonly Option<DateTimeOffset?> From = new("--from") { Description = "Instead of a window: from this moment (ISO 8601)." };
    private static readonly Option<DateTimeOffset?> Until = new("--until") { Description = "Up to this moment. Default: now." };
    private static readonly Option<string?> By = new("--by") { Description = "Cut by team, mode, provider, model, agent, repository, release or person." };
    private static readonly Option<string?> Team = new("--team") { Description = "Only what this team has." };

    public static Command Build() =>
        new Command("metrics", "The five numbers: task success, rollbacks, errors, cycle time, cost. With --json however few cases they are made of.") { Window, From, Until, By, Team }.Asks(
            ControlJson.Default.MetricsView,
            static (parsed, connection, cancellationToken) => connection.SendAsync(HttpMethod.Get, PathOf(parsed), null, ControlJson.Default.MetricsView, cancellationToken),
            Print);

    private static string PathOf(ParseResult parsed)
    {
        var filters = new (string Name, string? Value)[]
        {
            ("window", parsed.GetValue(Window)), ("from", Moment(parsed.GetValue(From))), ("until", Moment(parsed.GetValue(Until))), ("by", parsed.GetValue(By)), ("team", parsed.GetValue(Team)),
        };
        return "/control/v1/metrics?" + string.Join('&', filters.Where(filter => filter.Value is not null).Select(filter => $"{filter.Name}={Uri.EscapeDataString(filter.Value!)}")); // filtered just now
    }

    private static void Print(MetricsView view, Printer printer)
    {
        printer.Aside($"{view.Team ?? "All"}, {Printer.Time(view.From)} to {Printer.Time(view.Until)}");
        if (view.By is not null)
        {
            printer.Table(
                [view.By, "people", "tasks", "success", "accepted", "rollback", "errors", "cycle p50", "cycle p90", "usd per success", "spend usd"], view.Groups.Prepend(view.Total).Select(group => Row(group, view.MinimumGroup)));
        }
        else if (view.Total.Metrics is { } figures)
        {
            printer.Table(["metric", "value", "n", "95 %"], Figures(figures, view.ConfigurationRollback));
        }
        else
        {
            printer.Line(Withheld(view.Total, view.MinimumGroup));
        }
    }

    private static IEnumerable<string[]> Figures(FiguresView of, EstimateView configuration) =>
    [
        Line("task success", of.TaskSuccess, Share), Line("accepted by others than the agent", of.TaskAccepted, Share), Line("success as it was at first", of.TaskSuccessAtFirst, Share),
        Line("rollback of work", new(of.Rollback.Value, of.Rollback.N, of.Rollback.Low, of.Rollback.High), Share), Line("rollback of configuration", configuration, Share),
        Line("errors", new(of.Errors.Value, of.Errors.N, of.Errors.Low, of.Errors.High), Share), Line("  tool failed", of.Errors.ToolFailed, Share), Line("  command not zero", of.Errors.CommandNonZero, Share),
        Line("  timed out", of.Errors.TimedOut, Share), Line("cycle time p50", of.CycleTime.P50, Time), Line("cycle time p90", of.CycleTime.P90, Time), Line("  waited for people p50", of.CycleTime.WaitedP50, Time),
        Line("cost per success, usd", new(of.CostPerSuccess.Value, of.CostPerSuccess.N, of.CostPerSuccess.Low, of.CostPerSuccess.High), Usd),
        ["spend, usd", Printer.Usd(of.CostPerSuccess.SpendUsd), "", ""], ["spend as agents tell it, usd", Printer.Usd(of.CostPerSuccess.ReportedUsd), "", ""],
        ["model calls", Printer.Number(of.CostPerSuccess.Calls), "", ""], ["calls without a price", Printer.Number(of.CostPerSuccess.UnpricedCalls), "", ""],
    ];

    private static string[] Line(string name, EstimateView estimate, Func<double, string> format) =>
        [name, Shown(estimate, format), Printer.Number(estimate.N), estimate is { IsTelling: true, Low: { } low, High: { } high } ? $"{format(low)} to {format(high)}" : ""];

    private static string[] Row(GroupView group, int minimum) => group.Metrics is { } of
        ?
        [
            group.Name, People(group), Printer.Number(of.TaskSuccess.N), Shown(of.TaskSuccess, Share), Shown(of.TaskAccepted, Share), Shown(new(of.Rollback.Value, of.Rollback.N, null, null), Share),
            Shown(new(of.Errors.Value, of.Errors.N, null, null), Share), Shown(of.CycleTime.P50, Time), Shown(of.CycleTime.P90, Time), Shown(new(of.CostPerSuccess.Value, of.CostPerSuccess.N, null, null), Usd),
            Printer.Usd(of.CostPerSuccess.SpendUsd),
        ]
        : [group.Name, People(group), Withheld(group, minimum), "", "", "", "", "", "", "", ""];

    private static string People(GroupView group) => group.People >= PeopleCount.Many ? $"{group.People} or more" : Printer.Number(group.People);

    private static string Withheld(GroupView group, int minimum) => group.Withheld is GroupView.TooFewPeople ? $"withheld: fewer than {minimum} people" : "withheld: it would tell a smaller group's";

    private static string Shown(EstimateView estimate, Func<double, string> format) => estimate.Value is not { } value ? "" : estimate.IsTelling ? format(value) : "too few to tell";

    private static string Share(double value) => value.ToString("P1", CultureInfo.InvariantCulture);

    private static string Usd(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    private static string Time(double seconds) => TimeSpan.FromSeconds(seconds).ToString(@"d\.hh\:mm\:ss", CultureInfo.InvariantCulture);

    private static string? Moment(DateTimeOffset? at) => at?.ToString("O", CultureInfo.InvariantCulture);
}
