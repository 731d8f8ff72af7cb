using System.CommandLine;
using System.Net.Http.Json;
using Paddock.Control;
using Paddock.Control.Audit;
using Paddock.Settings;

namespace Paddock.Commands;

/// <summary><c>paddock audit break-glass|reconcile</c>: what operators do about the audit log.</summary>
internal static class AuditCareCommand
{
    private const string Path = "/control/v1/audit";

    private static readonly Option<string?> Reason = new("--reason") { Description = "Why; stands in the log as it is." };
    private static readonly Option<string?> For = new Option<string?>("--for") { Description = "How long, such as 30m (default) or 2h; 4h at most." }.TakesLifetime();
    private static readonly Option<bool> End = new("--end") { Description = "End it before its time." };
    private static readonly Option<DateTimeOffset?> Since = new("--since") { Description = "From when, ISO 8601. Default: a day before the end." };
    private static readonly Option<DateTimeOffset?> Until = new("--until") { Description = "To when. Default: a minute ago; what is younger may still be on its way." };

    public static IEnumerable<Command> Build()
    {
        yield return BreakGlass();
        yield return Reconcile();
    }

    private static Command BreakGlass()
    {
        var command = new Command("break-glass", "On a full disk: let mutating tool calls go on for a while. Their entries go to the reserve; everybody is told.") { Reason, For, End };
        command.Validators.Add(static result =>
        {
            if (result.GetValue(End) == (result.GetValue(Reason) is not null))
            {
                result.AddError("Give --reason to break the glass, or --end to mend it.");
            }
        });
        return command.Asks(
            ControlJson.Default.BreakGlassView,
            static (parsed, connection, cancellationToken) => parsed.GetValue(End)
                ? connection.SendAsync(HttpMethod.Delete, Path + "/break-glass", null, ControlJson.Default.BreakGlassView, cancellationToken)
                : connection.SendAsync(HttpMethod.Post, Path + "/break-glass", JsonContent.Create(InputOf(parsed), ControlJson.Default.BreakGlassInput), ControlJson.Default.BreakGlassView, cancellationToken),
            static (view, printer) => printer.Line(view.Until is { } until ? $"The glass is broken until {Printer.Time(until)}: mutating tool calls go on, and their entries go to the reserve." : "The glass is whole."));
    }

    private static Command Reconcile() =>
        new Command("reconcile", "Compare ledger and spend, decisions and intents, approvals and their uses. Exit code 1 when they differ.") { Since, Until }.Asks(
            ControlJson.Default.ReconcileView,
            static (parsed, connection, cancellationToken) => connection.SendAsync(HttpMethod.Get, QueryOf(parsed), null, ControlJson.Default.ReconcileView, cancellationToken),
            Print);

    private static BreakGlassInput InputOf(ParseResult parsed) =>
        new(parsed.GetValue(Reason) ?? "", parsed.GetValue(For) is { } text && Lifetime.TryParse(text, out var span) ? (long)span.TotalSeconds : null);

    private static string QueryOf(ParseResult parsed)
    {
        var filters = new (string Name, DateTimeOffset? Value)[] { ("since", parsed.GetValue(Since)), ("until", parsed.GetValue(Until)) };
        return $"{Path}/reconcile?" + string.Join('&', filters.Where(static filter => filter.Value is not null).Select(static filter => $"{filter.Name}={Uri.EscapeDataString(filter.Value!.Value.ToString("O"))}")); // filtered just now
    }

    private static void Print(ReconcileView view, Printer printer)
    {
        printer.Table(["what", "compared", "differing"], view.Pairs.Select(static pair => new[] { pair.Name, Printer.Number(pair.Compared), Printer.Number(pair.Differing) }));
        foreach (var example in view.Pairs.SelectMany(static pair => pair.Examples))
        {
            printer.Aside(example);
        }

        if (!view.Agrees)
        {
            throw new CommandException("The accounts do not agree.");
        }
    }
}
