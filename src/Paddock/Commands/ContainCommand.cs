using System.CommandLine;
using System.Net.Http.Json;
using Paddock.Control;
using Paddock.Control.Containments;
using Paddock.Settings;

namespace Paddock.Commands;

/// <summary><c>paddock contain</c>, <c>paddock contain list|lift</c>.</summary>
internal static class ContainCommand
{
    private const string Path = "/control/v1/containments";

    private static readonly Option<string?> User = new("--user") { Description = "A person or service account: name or id." };
    private static readonly Option<string?> Key = new("--key") { Description = "An API key: prefix, id or name." };
    private static readonly Option<string?> Agent = new("--agent") { Description = "An agent, such as codex." };
    private static readonly Option<string?> Task = new("--task") { Description = "A task: Paddock's id (task_…) or the agent's own." };
    private static readonly Option<string?> Model = new("--model") { Description = "A model, as asked for or as its provider calls it; * at the end stands for anything." };
    private static readonly Option<string?> Provider = new("--provider") { Description = "A provider of the release; routes go on to their next one." };
    private static readonly Option<string?> Tool = new("--tool") { Description = "A tool, or server/tool of an MCP server; * at the end stands for anything. Answers go on, calls of it are refused." };
    private static readonly Option<string> Reason = new("--reason") { Description = "Why; whoever is stopped reads it.", Required = true };
    private static readonly Option<string?> For = new Option<string?>("--for") { Description = "How long, such as 30m, 1h (default) or 7d; 30d at most." }.TakesLifetime();
    private static readonly Option<string> LiftReason = new("--reason") { Description = "Why it may go on; kept.", Required = true };
    private static readonly Option<string?> State = new("--state") { Description = "in_force (default), expired, lifted, or all." };
    private static readonly Option<int> Limit = new("--limit") { Description = "How many, newest first. Default 50.", DefaultValueFactory = static _ => 50 };
    private static readonly Option<string?> Before = new("--before") { Description = "The 'next' of the page before." };
    private static readonly Argument<string> Containment = new("containment") { Description = "Containment id (con_…)." };

    public static Command Build()
    {
        var contain = new Command("contain", "Stop somebody or something at once and for a while: running calls that match end, new ones are refused. Several options narrow it.")
        {
            User, Key, Agent, Task, Model, Provider, Tool, Reason, For,
        };
        contain.Add(List());
        contain.Add(Lift());
        return contain.Asks(
            ControlJson.Default.NewContainment,
            static (parsed, connection, cancellationToken) => connection.SendAsync(
                HttpMethod.Post, Path, JsonContent.Create(InputOf(parsed), ControlJson.Default.ContainInput), ControlJson.Default.NewContainment, cancellationToken),
            Print);
    }

    private static Command List() =>
        new Command("list", "List containments, newest first.") { State, Limit, Before }.Asks(
            ControlJson.Default.ContainmentList,
            static (parsed, connection, cancellationToken) => connection.SendAsync(HttpMethod.Get, QueryOf(parsed), null, ControlJson.Default.ContainmentList, cancellationToken),
            static (list, printer) => printer.Table(
                ["containment", "state", "what", "by", "at", "until", "reason", "lifted by", "because"],
                list.Containments.Select(one => new[]
                {
                    one.Id, one.State, one.Selects, one.CreatedBy, Printer.Time(one.CreatedAt), Printer.Time(one.ExpiresAt), one.Reason, one.LiftedBy ?? "", one.LiftReason ?? "",
                })));

    private static Command Lift() =>
        new Command("lift", "End a containment before its time.") { Containment, LiftReason }.Asks(
            ControlJson.Default.ContainmentView,
            static (parsed, connection, cancellationToken) => connection.SendAsync(
                HttpMethod.Post, $"{Path}/{Uri.EscapeDataString(parsed.GetRequiredValue(Containment))}/lift",
                JsonContent.Create(new LiftInput(parsed.GetRequiredValue(LiftReason)), ControlJson.Default.LiftInput), ControlJson.Default.ContainmentView, cancellationToken),
            static (lifted, printer) => printer.Line($"{lifted.Id} is lifted: {lifted.Selects} may go on."));

    private static ContainInput InputOf(ParseResult parsed) => new()
    {
        User = parsed.GetValue(User),
        Key = parsed.GetValue(Key),
        Agent = parsed.GetValue(Agent),
        Task = parsed.GetValue(Task),
        Model = parsed.GetValue(Model),
        Provider = parsed.GetValue(Provider),
        Tool = parsed.GetValue(Tool),
        Reason = parsed.GetRequiredValue(Reason),
        ForSeconds = parsed.GetValue(For) is { } text && Lifetime.TryParse(text, out var lifetime) ? (long)lifetime.TotalSeconds : null,
    };

    private static string QueryOf(ParseResult parsed)
    {
        var state = parsed.GetValue(State) ?? "in_force";
        var filters = new (string Name, string? Value)[] { ("limit", Printer.Number(parsed.GetValue(Limit))), ("state", state == "all" ? null : state), ("before", parsed.GetValue(Before)) };
        return $"{Path}?" + string.Join('&', filters.Where(filter => filter.Value is not null).Select(filter => $"{filter.Name}={Uri.EscapeDataString(filter.Value!)}")); // filtered just now
    }

    private static void Print(NewContainment made, Printer printer)
    {
        var one = made.Containment;
        var calls = one.Tool is null ? $"{made.Calls} running calls end" : $"it is refused in {made.Calls} running calls";
        printer.Line($"{one.Id} contains {one.Selects} until {Printer.Time(one.ExpiresAt)}; {calls}.");
        printer.Aside($"To undo it: paddock contain lift {one.Id} --reason WHY");
        foreach (var hint in made.Hints)
        {
            printer.Aside(hint);
        }
    }
}
