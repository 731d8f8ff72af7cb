using System.CommandLine;
using System.Globalization;
using Paddock.Control;
using Paddock.Control.Tasks;

namespace Paddock.Commands;

/// <summary><c>paddock tasks</c>.</summary>
internal static class TasksCommand
{
    private static readonly Option<string?> State = new("--state") { Description = "active, waiting_approval, claimed_complete, accepted, failed, abandoned, stuck, timed_out, rolled_back, …" };
    private static readonly Option<string?> User = new("--user") { Description = "Only tasks of this user." };
    private static readonly Option<string?> Team = new("--team") { Description = "Only tasks of people who are in this team." };
    private static readonly Option<string?> Agent = new("--agent") { Description = "Only tasks of this agent." };
    private static readonly Option<string?> Mode = new("--mode") { Description = "Only tasks in this mode." };
    private static readonly Option<string?> Model = new("--model") { Description = "Only tasks with this model." };
    private static readonly Option<string?> Repository = new("--repository") { Description = "Only tasks in this repository." };
    private static readonly Option<string?> Release = new("--release") { Description = "Only tasks under this release (sha256:…)." };
    private static readonly Option<string?> Search = new("--search") { Description = "The beginning of a task id, of an agent's own id, or of a repository; finds subtasks too." };
    private static readonly Option<string?> Parent = new("--parent") { Description = "Only subtasks of this task." };
    private static readonly Option<DateTimeOffset?> Since = new("--since") { Description = "Only tasks with a sign since this moment (ISO 8601)." };
    private static readonly Option<int> Limit = new("--limit") { Description = "How many, the newest sign first. Default 20.", DefaultValueFactory = static _ => 20 };
    private static readonly Option<string?> Before = new("--before") { Description = "The 'next' of the page before." };

    public static Command Build() =>
        new Command("tasks", "Tasks: what agents work on, how it ended and what it cost.") { State, User, Team, Agent, Mode, Model, Repository, Release, Search, Parent, Since, Limit, Before }.Asks(
            ControlJson.Default.TaskList,
            static (parsed, connection, cancellationToken) => connection.SendAsync(HttpMethod.Get, PathOf(parsed), null, ControlJson.Default.TaskList, cancellationToken),
            static (list, printer) =>
            {
                Print(list.Tasks, printer);
                if (list.Next is { } next)
                {
                    printer.Aside($"There are more: --before {next}");
                }
            });

    public static void Print(IReadOnlyList<TaskView> tasks, Printer printer) => printer.Table(
        ["last sign", "task", "user", "agent", "mode", "repository", "state", "why", "turns", "tool calls", "usd"],
        tasks.Select(static one => new[]
        {
            Printer.Time(one.LastAt), one.Id, one.User, one.Agent, one.Mode ?? "", one.Repository ?? "", one.State, one.Source ?? one.Reason ?? "", Printer.Number(one.Turns), Printer.Number(one.ToolCalls), Printer.Usd(one.WholeUsd),
        }));

    private static string PathOf(ParseResult parsed)
    {
        var filters = new (string Name, string? Value)[]
        {
            ("limit", Printer.Number(parsed.GetValue(Limit))), ("before", parsed.GetValue(Before)), ("state", parsed.GetValue(State)), ("user", parsed.GetValue(User)), ("team", parsed.GetValue(Team)),
            ("agent", parsed.GetValue(Agent)), ("mode", parsed.GetValue(Mode)), ("model", parsed.GetValue(Model)), ("repository", parsed.GetValue(Repository)), ("release", parsed.GetValue(Release)),
            ("search", parsed.GetValue(Search)), ("parent", parsed.GetValue(Parent)), ("since", parsed.GetValue(Since)?.ToString("O", CultureInfo.InvariantCulture)),
        };
        return "/control/v1/tasks?" + string.Join('&', filters.Where(filter => filter.Value is not null).Select(filter => $"{filter.Name}={Uri.EscapeDataString(filter.Value!)}")); // filtered just now
    }
}
