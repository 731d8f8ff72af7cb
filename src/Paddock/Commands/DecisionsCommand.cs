using System.CommandLine;
using System.Globalization;
using Paddock.Control;
using Paddock.Control.Policies;

namespace Paddock.Commands;

/// <summary><c>paddock decisions list|show</c>.</summary>
internal static class DecisionsCommand
{
    private const string Path = "/control/v1/decisions";

    private static readonly Option<int> Limit = new("--limit") { Description = "How many, newest first. Default 20.", DefaultValueFactory = static _ => 20 };
    private static readonly Option<string?> Before = new("--before") { Description = "The 'next' of the page before." };
    private static readonly Option<DateTimeOffset?> Since = new("--since") { Description = "Only decisions since this moment (ISO 8601)." };
    private static readonly Option<DateTimeOffset?> Until = new("--until") { Description = "Only decisions before this moment (ISO 8601)." };
    private static readonly Option<string?> User = new("--user") { Description = "Only on calls of this user." };
    private static readonly Option<string?> Agent = new("--agent") { Description = "Only on calls of this agent." };
    private static readonly Option<string?> Task = new("--task") { Description = "Only on calls of this task (task_…)." };
    private static readonly Option<string?> Session = new("--session") { Description = "Only on calls of this session of the agent's own." };
    private static readonly Option<string?> Tool = new("--tool") { Description = "Only on calls of this tool." };
    private static readonly Option<string?> Class = new("--class") { Description = "Only on tools of this class: command, edit, read, mcp, browser, mode, subtask, other." };
    private static readonly Option<string?> Rule = new("--rule") { Description = "Only where this rule (policy/rule) decided, would have decided, or warned." };
    private static readonly Option<string?> Effect = new("--effect") { Description = "allow, require_approval or deny." };
    private static readonly Argument<string> Decision = new("decision") { Description = "Decision id (dec_…)." };

    public static Command Build() => new("decisions", "What was decided on tool calls, on which facts, and what came of them.") { List(), Show() };

    private static Command List() =>
        new Command("list", "List decisions.") { Limit, Before, Since, Until, User, Agent, Task, Session, Tool, Class, Rule, Effect }.Asks(
            ControlJson.Default.DecisionList,
            static (parsed, connection, cancellationToken) => connection.SendAsync(HttpMethod.Get, PathOf(parsed), null, ControlJson.Default.DecisionList, cancellationToken),
            static (list, printer) => printer.Table(
                ["at", "decision", "user", "agent", "tool", "effect", "rule", "shadow", "outcome", "result", "exit", "what"],
                list.Decisions.Select(one => new[]
                {
                    Printer.Time(one.At), one.Id, one.User, one.Agent, one.Tool, one.Effect, one.Rule ?? "defaults", one.ShadowEffect == one.Effect ? "" : one.ShadowEffect, one.Outcome, one.Result ?? "",
                    one.ExitCode?.ToString(CultureInfo.InvariantCulture) ?? "", Short(WhatOf(one)),
                })));

    private static Command Show() =>
        new Command("show", "Show one decision: by which rule, on which facts, and what came of the call.") { Decision }.Asks(
            ControlJson.Default.DecisionView,
            static (parsed, connection, cancellationToken) => connection.SendAsync(HttpMethod.Get, $"{Path}/{Uri.EscapeDataString(parsed.GetRequiredValue(Decision))}", null, ControlJson.Default.DecisionView, cancellationToken),
            static (one, printer) => printer.Table(["what", "value"], Facts(one).Where(fact => !string.IsNullOrEmpty(fact.Value)).Select(fact => new[] { fact.Name, fact.Value! }))); // filtered just now

    private static string PathOf(ParseResult parsed)
    {
        var filters = new (string Name, string? Value)[]
        {
            ("limit", Printer.Number(parsed.GetValue(Limit))), ("before", parsed.GetValue(Before)), ("since", Moment(parsed.GetValue(Since))), ("until", Moment(parsed.GetValue(Until))), ("user", parsed.GetValue(User)),
            ("agent", parsed.GetValue(Agent)), ("task", parsed.GetValue(Task)), ("session", parsed.GetValue(Session)), ("tool", parsed.GetValue(Tool)), ("class", parsed.GetValue(Class)), ("rule", parsed.GetValue(Rule)),
            ("effect", parsed.GetValue(Effect)),
        };
        return $"{Path}?" + string.Join('&', filters.Where(filter => filter.Value is not null).Select(filter => $"{filter.Name}={Uri.EscapeDataString(filter.Value!)}")); // filtered just now
    }

    private static IEnumerable<(string Name, string? Value)> Facts(DecisionView one) =>
    [
        ("decision", one.Id), ("at", Printer.Time(one.At)), ("user", one.User), ("key", one.Key), ("teams", string.Join(", ", one.Teams)), ("agent", one.Agent), ("task", one.Task), ("session", one.Session), ("mode", one.Mode),
        ("repository", one.Repository), ("model call", one.Call), ("tool call", one.ToolCall), ("tool", $"{one.Tool} ({one.Class})"), ("changes something", one.Mutating ? "yes" : "no"),
        ("effect", one.Soft ? $"{one.Effect} (soft)" : one.Effect), ("rule", one.NotEvaluated is null ? one.Rule ?? "the release's defaults" : null), ("enforcement", one.Enforcement),
        ("if all were enforced", one.ShadowEffect == one.Effect && one.ShadowRule == one.Rule ? null : $"{one.ShadowEffect} by {one.ShadowRule ?? "the release's defaults"}"), ("warning", one.Warning),
        ("conditions that failed", one.Errors == 0 ? null : Printer.Number(one.Errors)), ("cannot be read", one.Opaque ? "yes: what it runs is not known" : null), ("not evaluated", one.NotEvaluated), ("release", one.Release),
        ("outcome", $"{one.Outcome} at {Printer.Time(one.OutcomeAt)}"), ("result", one.Result is null ? null : $"{one.Result} at {Printer.Time(one.ResultAt ?? one.At)}"), ("exit code", one.ExitCode?.ToString(CultureInfo.InvariantCulture)),
        ("arguments", one.Text), ("runs", string.Join(" | ", one.Argv.Select(words => string.Join(' ', words)))), ("paths", string.Join(", ", one.Paths)), ("writes to", string.Join(", ", one.WritesTo)),
        ("hosts", string.Join(", ", one.Hosts)), ("assigns", string.Join(", ", one.Env)), .. one.Facts.Select(fact => (fact.Key, (string?)fact.Value)), ("not kept as it was", string.Join(", ", one.Altered)),
    ];

    private static string WhatOf(DecisionView one) => one.Argv is [var first, ..] ? string.Join(' ', first) : one.Paths is [var path, ..] ? path : one.Hosts is [var host, ..] ? host : one.NotEvaluated ?? "";

    private static string? Moment(DateTimeOffset? at) => at?.ToString("O", CultureInfo.InvariantCulture);

    private static string Short(string text) => text.Length > 60 ? text[..59] + "…" : text;
}
