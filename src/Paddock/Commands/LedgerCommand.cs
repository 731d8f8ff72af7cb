using System.CommandLine;
using System.Globalization;
using Paddock.Control;
using Paddock.Control.Ledger;

namespace Paddock.Commands;

/// <summary><c>paddock ledger list|show</c>.</summary>
internal static class LedgerCommand
{
    private static readonly Option<int> Limit = new("--limit") { Description = "How many, newest first. Default 20.", DefaultValueFactory = static _ => 20 };
    private static readonly Option<string?> Agent = new("--agent") { Description = "Only calls of this agent." };
    private static readonly Option<string?> Task = new("--task") { Description = "Only calls of this task (task_…)." };
    private static readonly Option<string?> Session = new("--session") { Description = "Only calls of this session of the agent's own." };
    private static readonly Argument<string> Call = new("call") { Description = "Call id (call_…)." };

    public static Command Build() => new("ledger", "What was called, by whom, and what it cost.") { List(), Show() };

    private static Command List()
    {
        var command = new Command("list", "List calls.") { Limit, Agent, Task, Session };
        command.Runs(
            ControlJson.Default.IReadOnlyListCallView,
            static (parsed, connection, cancellationToken) => connection.SendAsync(HttpMethod.Get, PathOf(parsed), null, ControlJson.Default.IReadOnlyListCallView, cancellationToken),
            static (calls, output) => Tables.Write(
                output, ["at", "user", "agent", "session", "model", "provider", "in", "out", "usd", "ms", "outcome"],
                calls.Select(call => new[]
                {
                    Tables.Time(call.At), call.User, call.Agent, Short(call.Session), call.ModelAsked, call.Provider ?? "", InputOf(call.Tokens), Text(call.Tokens.Output),
                    call.CostUsd?.ToString("0.000000", CultureInfo.InvariantCulture) ?? "", Text((long)(call.DurationMs ?? 0)), call.ErrorClass ?? call.Outcome,
                })));
        return command;
    }

    private static Command Show()
    {
        var command = new Command("show", "Show one call with its attempts.") { Call };
        command.Runs(
            ControlJson.Default.CallView,
            static (parsed, connection, cancellationToken) => connection.SendAsync(HttpMethod.Get, "/control/v1/calls/" + Uri.EscapeDataString(parsed.GetValue(Call)!), null, ControlJson.Default.CallView, cancellationToken), // required
            static (call, output) => output.WriteLine(System.Text.Json.JsonSerializer.Serialize(call, Indented)));
        return command;
    }

    private static readonly System.Text.Json.JsonSerializerOptions Indented = new(ControlJson.Default.Options) { WriteIndented = true };

    private static string PathOf(ParseResult parsed)
    {
        var path = $"/control/v1/calls?limit={parsed.GetValue(Limit)}";
        foreach (var (name, value) in new[] { ("agent", parsed.GetValue(Agent)), ("task", parsed.GetValue(Task)), ("session", parsed.GetValue(Session)) })
        {
            path += value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";
        }

        return path;
    }

    private static string InputOf(TokensView tokens) => Text(tokens.Input + tokens.CacheRead + tokens.CacheWrite5m + tokens.CacheWrite1h);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Short(string? text) => text is { Length: > 18 } ? text[..17] + "…" : text ?? "";
}
