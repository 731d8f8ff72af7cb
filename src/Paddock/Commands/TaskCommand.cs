using System.CommandLine;
using System.Globalization;
using System.Net.Http.Json;
using Paddock.Control;
using Paddock.Control.Tasks;

namespace Paddock.Commands;

/// <summary><c>paddock task show|timeline|accept|reject</c>.</summary>
internal static class TaskCommand
{
    private static readonly Argument<string> Id = new("task") { Description = "Task id (task_…)." };
    private static readonly Option<string?> Reason = new("--reason") { Description = "Kept with the verdict." };
    private static readonly Option<int> Limit = new("--limit") { Description = "How many entries, newest first. Default 50.", DefaultValueFactory = static _ => 50 };
    private static readonly Option<string?> Before = new("--before") { Description = "The 'next' of the page before." };

    public static Command Build() => new("task", "One task. To accept or reject takes a person's own key without models (PADDOCK_KEY or --key-file): the task's own, or one with the operator role.")
    {
        Show(), Timeline(), Judge("accept", "Say that its work is good.", "accepted"), Judge("reject", "Say that its work is not good.", "rejected"),
    };

    private static Command Show() =>
        new Command("show", "Show where it stands, its subtasks, its whole cost and what was said of it.") { Id }.Asks(
            ControlJson.Default.TaskDetails,
            static (parsed, connection, cancellationToken) => connection.SendAsync(HttpMethod.Get, PathOf(parsed, ""), null, ControlJson.Default.TaskDetails, cancellationToken),
            Print);

    private static Command Timeline() =>
        new Command("timeline", "Show what happened in it: model calls, tool calls with decision, approval and result, verdicts.") { Id, Limit, Before }.Asks(
            ControlJson.Default.TimelineView,
            static (parsed, connection, cancellationToken) => connection.SendAsync(
                HttpMethod.Get, PathOf(parsed, $"/timeline?limit={parsed.GetValue(Limit)}{(parsed.GetValue(Before) is { } before ? "&before=" + Uri.EscapeDataString(before) : "")}"), null, ControlJson.Default.TimelineView, cancellationToken),
            static (view, printer) =>
            {
                printer.Table(["at", "kind", "what", "decision", "rule", "result", "usd"], view.Entries.Select(Row));
                if (view.Next is { } next)
                {
                    printer.Aside($"There are more: --before {next}");
                }
            });

    private static Command Judge(string verb, string description, string kind) =>
        new Command(verb, description) { Id, Reason }.Asks(
            ControlJson.Default.TaskDetails,
            (parsed, connection, cancellationToken) => connection.SendAsync(
                HttpMethod.Post, PathOf(parsed, "/verdicts"), JsonContent.Create(new JudgeInput(kind, parsed.GetValue(Reason)), ControlJson.Default.JudgeInput), ControlJson.Default.TaskDetails, cancellationToken),
            static (view, printer) => printer.Line($"{view.Task.Id} is {view.Task.State}."));

    private static string PathOf(ParseResult parsed, string rest) => $"/control/v1/tasks/{Uri.EscapeDataString(parsed.GetRequiredValue(Id))}{rest}";

    private static void Print(TaskDetails view, Printer printer)
    {
        printer.Table(["what", "value"], Facts(view.Task).Where(fact => !string.IsNullOrEmpty(fact.Value)).Select(fact => new[] { fact.Name, fact.Value! })); // filtered just now
        if (view.Subtasks.Count > 0)
        {
            printer.Line("");
            TasksCommand.Print(view.Subtasks, printer);
        }

        foreach (var verdict in view.Verdicts)
        {
            printer.Line($"{Printer.Time(verdict.At)} {verdict.By}: {verdict.Kind}{(verdict.Reason is null ? "" : ": " + verdict.Reason)}{(verdict.Url is null ? "" : " " + verdict.Url)}");
        }
    }

    private static IEnumerable<(string Name, string? Value)> Facts(TaskView task) =>
    [
        ("task", task.Id), ("session", task.Session), ("user", task.User), ("teams", string.Join(", ", task.Teams)), ("agent", task.Agent), ("mode", task.Mode), ("model", task.Model), ("provider", task.Provider),
        ("repository", task.Repository), ("release", task.Release), ("state", task.State), ("says who", task.Source), ("why", task.Reason), ("started", Printer.Time(task.StartedAt)), ("last sign", Printer.Time(task.LastAt)),
        ("ended", task.EndedAt is { } ended ? Printer.Time(ended) : null), ("cycle time", task.CycleSeconds is { } cycle ? Time(cycle) : null), ("waited for people", task.WaitedSeconds > 0 ? Time(task.WaitedSeconds) : null),
        ("taken back", string.Join(", ", new[] { task.Restored ? "checkpoint restored" : null, task.RevertedByCommand ? "by command" : null, task.RevertedByScm ? "by source control" : null }.Where(static kind => kind is not null))),
        ("parent", task.Parent), ("root", task.Root == task.Id ? null : task.Root), ("turns", Printer.Number(task.Turns)), ("tool calls", Printer.Number(task.ToolCalls)),
        ("todos", task.Todos is { } todos ? $"{todos.Completed} of {todos.Total} done" : null), ("cost usd", Printer.Usd(task.CostUsd) + (task.CostReported ? " (as the agent says)" : "")),
        ("subtasks usd", task.SubtasksUsd > 0 ? Printer.Usd(task.SubtasksUsd) : null), ("whole usd", task.SubtasksUsd > 0 ? Printer.Usd(task.WholeUsd) : null),
    ];

    private static string[] Row(TimelineEntry entry) => entry switch
    {
        { Turn: { } turn } => [Printer.Time(entry.At), entry.Kind, turn.ModelServed ?? turn.ModelAsked, "", "", turn.ErrorClass ?? turn.Outcome, Printer.Usd(turn.CostUsd)],
        { ToolCall: { } call } =>
        [
            Printer.Time(entry.At), entry.Kind, call.Text is { } text ? $"{call.Tool}: {Short(text)}" : call.Tool, call.Effect == "allow" ? call.Outcome : $"{call.Effect}, {call.Outcome}", call.Rule ?? "",
            call.ExitCode is { } exit ? string.Create(CultureInfo.InvariantCulture, $"{call.Result}, exit {exit}") : call.Result ?? "", "",
        ],
        { Event: { } told } => [Printer.Time(entry.At), entry.Kind, told.Tool is null ? $"{told.Says} ({told.Type})" : $"{told.Says}: {told.Tool}", "", "", told.Result ?? "", told.CostUsd is { } cost ? Printer.Usd(cost) : ""],
        { Verdict: { } verdict } => [Printer.Time(entry.At), entry.Kind, $"{verdict.Kind} by {verdict.By}", "", "", verdict.Reason ?? "", ""],
        _ => [Printer.Time(entry.At), entry.Kind, "", "", "", "", ""],
    };

    private static string Time(double seconds) => TimeSpan.FromSeconds(seconds).ToString(@"d\.hh\:mm\:ss", CultureInfo.InvariantCulture);

    private static string Short(string text) => text.Length > 60 ? text[..59] + "…" : text;
}
