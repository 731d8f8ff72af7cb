using System.CommandLine;
using System.Net.Http.Json;
using Paddock.Control;
using Paddock.Control.Alerts;
using Paddock.Settings;

namespace Paddock.Commands;

/// <summary><c>paddock alerts</c>, <c>paddock alerts silence|silences|unsilence|export</c>.</summary>
internal static class AlertsCommand
{
    private const string Path = "/control/v1/alerts";

    private static readonly Option<bool> All = new("--all") { Description = "Those that are over, too." };
    private static readonly Option<string?> Rule = new("--rule") { Description = "Of this rule." };
    private static readonly Option<int> Limit = new("--limit") { Description = "How many, newest first. Default 50.", DefaultValueFactory = static _ => 50 };
    private static readonly Option<string?> Before = new("--before") { Description = "The 'next' of the page before." };
    private static readonly Option<string?> Subject = new("--subject") { Description = "What the alert is about: a provider, a route, an agent, a person." };
    private static readonly Option<string> Reason = new("--reason") { Description = "Why; kept with your name.", Required = true };
    private static readonly Option<string?> For = new Option<string?>("--for") { Description = "How long, such as 30m or 4h; 24h at most.", Required = true }.TakesLifetime();
    private static readonly Option<bool> Prometheus = new("--prometheus") { Description = "As a rule file of Prometheus.", Required = true };
    private static readonly Argument<string> Silence = new("silence") { Description = "Silence id (sil_…)." };

    public static Command Build()
    {
        var alerts = new Command("alerts", "List alerts that are open, newest first.") { All, Rule, Limit, Before };
        alerts.Add(Quiet());
        alerts.Add(List());
        alerts.Add(End());
        alerts.Add(Export());
        return alerts.Asks(
            ControlJson.Default.AlertList,
            static (parsed, connection, cancellationToken) => connection.SendAsync(HttpMethod.Get, QueryOf(parsed), null, ControlJson.Default.AlertList, cancellationToken),
            Print);
    }

    private static Command Quiet() =>
        new Command("silence", "Keep alerts quiet for a time: they are seen, and nobody is told.") { Rule, Subject, Reason, For }.Asks(
            ControlJson.Default.SilenceView,
            static (parsed, connection, cancellationToken) => connection.SendAsync(HttpMethod.Post, $"{Path}/silences", JsonContent.Create(InputOf(parsed), ControlJson.Default.SilenceInput), ControlJson.Default.SilenceView, cancellationToken),
            static (made, printer) =>
            {
                printer.Line($"{made.Id} keeps {made.Rule ?? "every rule"} quiet{(made.Subject is null ? "" : $" about {made.Subject}")} until {Printer.Time(made.ExpiresAt)}.");
                printer.Aside($"To undo it: paddock alerts unsilence {made.Id}");
            });

    private static Command List() =>
        new Command("silences", "List the silences that stand.").Asks(
            ControlJson.Default.SilenceList,
            static (_, connection, cancellationToken) => connection.SendAsync(HttpMethod.Get, $"{Path}/silences", null, ControlJson.Default.SilenceList, cancellationToken),
            static (list, printer) => printer.Table(
                ["silence", "rule", "subject", "by", "until", "reason"],
                list.Silences.Select(static one => new[] { one.Id, one.Rule ?? "every", one.Subject ?? "every", one.Owner, Printer.Time(one.ExpiresAt), one.Reason })));

    private static Command End() =>
        new Command("unsilence", "End a silence before its time.") { Silence }.Asks(
            ControlJson.Default.SilenceView,
            static (parsed, connection, cancellationToken) => connection.SendAsync(HttpMethod.Post, $"{Path}/silences/{Uri.EscapeDataString(parsed.GetRequiredValue(Silence))}/end", null, ControlJson.Default.SilenceView, cancellationToken),
            static (ended, printer) => printer.Line($"{ended.Id} has ended."));

    private static Command Export()
    {
        var export = new Command("export", "Print the alert rules in force for another program.") { Prometheus }.WithConnection();
        export.SetAction(static (parsed, cancellationToken) => CommandRunner.GuardAsync(parsed, async () =>
        {
            await using var connection = await ControlConnection.OpenAsync(parsed, creates: false, cancellationToken);
            using var answer = await connection.SendAsync(HttpMethod.Get, $"{Path}/prometheus-rules", null, cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteAsync(await answer.Content.ReadAsStringAsync(cancellationToken));
            return CommandLine.Done;
        }));
        return export;
    }

    private static SilenceInput InputOf(ParseResult parsed) => new()
    {
        Rule = parsed.GetValue(Rule),
        Subject = parsed.GetValue(Subject),
        Reason = parsed.GetRequiredValue(Reason),
        ForSeconds = parsed.GetValue(For) is { } text && Lifetime.TryParse(text, out var lifetime) ? (long)lifetime.TotalSeconds : 0,
    };

    private static string QueryOf(ParseResult parsed)
    {
        var filters = new (string Name, string? Value)[] { ("limit", Printer.Number(parsed.GetValue(Limit))), ("open", parsed.GetValue(All) ? null : "true"), ("rule", parsed.GetValue(Rule)), ("before", parsed.GetValue(Before)) };
        return $"{Path}?" + string.Join('&', filters.Where(static filter => filter.Value is not null).Select(static filter => $"{filter.Name}={Uri.EscapeDataString(filter.Value!)}")); // filtered just now
    }

    private static void Print(AlertList list, Printer printer)
    {
        if (list.Alerts.Count == 0)
        {
            printer.Line("No alert.");
            return;
        }

        printer.Table(
            ["severity", "state", "rule", "about", "since", "why"],
            list.Alerts.Select(static one => new[] { one.Severity, one.State, one.Rule, one.Subject.Length == 0 ? "everything" : one.Subject, Printer.Time(one.BeganAt), one.Says }));
        if (list.Next is { } next)
        {
            printer.Aside($"More: --before {next}");
        }
    }
}
