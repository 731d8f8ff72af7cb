using System.CommandLine;
using System.Globalization;
using Paddock.Control;
using Paddock.Control.Ledger;

namespace Paddock.Commands;

/// <summary><c>paddock ledger list|show</c>.</summary>
internal static class LedgerCommand
{
    private static readonly Option<int> Limit = new("--limit") { Description = "How many, newest first. Default 20.", DefaultValueFactory = static _ => 20 };
    private static readonly Option<string?> Before = new("--before") { Description = "The 'next' of the page before." };
    private static readonly Option<DateTimeOffset?> Since = new("--since") { Description = "Only calls since this moment (ISO 8601)." };
    private static readonly Option<DateTimeOffset?> Until = new("--until") { Description = "Only calls before this moment (ISO 8601)." };
    private static readonly Option<string?> User = new("--user") { Description = "Only calls of this user." };
    private static readonly Option<string?> Key = new("--key") { Description = "Only calls under this key: name, prefix or id." };
    private static readonly Option<string?> Agent = new("--agent") { Description = "Only calls of this agent." };
    private static readonly Option<string?> Task = new("--task") { Description = "Only calls of this task (task_…)." };
    private static readonly Option<string?> Session = new("--session") { Description = "Only calls of this session of the agent's own." };
    private static readonly Argument<string> Call = new("call") { Description = "Call id (call_…)." };

    public static Command Build() => new("ledger", "What was called, by whom, and what it cost.") { List(), Show() };

    private static Command List() =>
        new Command("list", "List calls.") { Limit, Before, Since, Until, User, Key, Agent, Task, Session }.Asks(
            ControlJson.Default.CallList,
            static (parsed, connection, cancellationToken) => connection.SendAsync(HttpMethod.Get, PathOf(parsed), null, ControlJson.Default.CallList, cancellationToken),
            static (list, printer) => printer.Table(
                ["at", "call", "user", "agent", "session", "model", "provider", "tries", "in", "out", "usd", "ms", "outcome"],
                list.Calls.Select(call => new[]
                {
                    Printer.Time(call.At), call.Id, call.User, call.Agent, Short(call.Session), call.ModelAsked, call.Provider ?? "", Printer.Number(call.Attempts.Count), InputOf(call.Tokens),
                    Printer.Number(call.Tokens.Output), Printer.Usd(call.CostUsd), Printer.Number((long?)call.DurationMs), call.ErrorClass ?? call.Outcome,
                })));

    private static Command Show() =>
        new Command("show", "Show one call with its attempts.") { Call }.Asks(
            ControlJson.Default.CallView,
            static (parsed, connection, cancellationToken) => connection.SendAsync(HttpMethod.Get, "/control/v1/calls/" + Uri.EscapeDataString(parsed.GetRequiredValue(Call)), null, ControlJson.Default.CallView, cancellationToken),
            PrintCall);

    private static string PathOf(ParseResult parsed)
    {
        var filters = new (string Name, string? Value)[]
        {
            ("limit", Printer.Number(parsed.GetValue(Limit))), ("before", parsed.GetValue(Before)), ("since", Moment(parsed.GetValue(Since))), ("until", Moment(parsed.GetValue(Until))), ("user", parsed.GetValue(User)),
            ("key", parsed.GetValue(Key)), ("agent", parsed.GetValue(Agent)), ("task", parsed.GetValue(Task)), ("session", parsed.GetValue(Session)),
        };
        return "/control/v1/calls?" + string.Join('&', filters.Where(filter => filter.Value is not null).Select(filter => $"{filter.Name}={Uri.EscapeDataString(filter.Value!)}")); // filtered just now
    }

    private static void PrintCall(CallView call, Printer printer)
    {
        printer.Table(["what", "value"], Facts(call).Where(fact => !string.IsNullOrEmpty(fact.Value)).Select(fact => new[] { fact.Name, fact.Value! })); // filtered just now
        if (call.Attempts.Count > 0)
        {
            printer.Line("");
            printer.Table(
                ["try", "provider", "model", "started", "ms", "status", "error", "request id"],
                call.Attempts.Select(attempt => new[]
                {
                    Printer.Number(attempt.Number), attempt.Provider, attempt.Model, Printer.Time(attempt.StartedAt), Printer.Number((long)attempt.DurationMs), Printer.Number(attempt.Status), attempt.ErrorClass ?? "", attempt.RequestId ?? "",
                }));
        }
    }

    private static IEnumerable<(string Name, string? Value)> Facts(CallView call) =>
    [
        ("call", call.Id), ("at", Printer.Time(call.At)), ("user", call.User), ("key", call.Key), ("teams", string.Join(", ", call.Teams)), ("agent", $"{call.Agent} {call.AgentVersion}".Trim()),
        ("task", call.Task), ("session", call.Session), ("parent task", call.ParentTask), ("mode", call.Mode), ("repository", call.Repository), ("wire", call.Wire), ("path", call.Path),
        ("model asked", call.ModelAsked), ("model served", call.ModelServed), ("provider", call.Provider), ("stream", call.Stream ? "yes" : "no"), ("outcome", call.Outcome),
        ("status", Printer.Number(call.Status)), ("error", call.ErrorClass), ("finish", call.Finish), ("input tokens", Printer.Number(call.Tokens.Input)), ("cache read", Printer.Number(call.Tokens.CacheRead)),
        ("cache write", Printer.Number(call.Tokens.CacheWrite5m + call.Tokens.CacheWrite1h)), ("output tokens", Printer.Number(call.Tokens.Output)), ("of it reasoning", Printer.Number(call.Tokens.Reasoning)),
        ("estimated", call.Estimated ? "yes: the provider told no usage" : "no"), ("usd", Printer.Usd(call.CostUsd)), ("price", $"{call.PriceSource} {call.PriceRow}".Trim()), ("ms", Printer.Number((long?)call.DurationMs)),
        ("ms to first delta", Printer.Number((long?)call.FirstDeltaMs)), ("request bytes", Printer.Number(call.RequestBytes)), ("response bytes", Printer.Number(call.ResponseBytes)), ("release", call.Release),
        ("system prompt", call.SystemHash), ("tool set", call.ToolsHash), ("mode text", call.ModeHash),
    ];

    private static string? Moment(DateTimeOffset? at) => at?.ToString("O", CultureInfo.InvariantCulture);

    private static string InputOf(TokensView tokens) => Printer.Number(tokens.Input + tokens.CacheRead + tokens.CacheWrite5m + tokens.CacheWrite1h);

    private static string Short(string? text) => text is { Length: > 18 } ? text[..17] + "…" : text ?? "";
}
