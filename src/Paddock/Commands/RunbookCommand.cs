using System.CommandLine;
using System.Net.Http.Json;
using Paddock.Control;
using Paddock.Control.Runbooks;

namespace Paddock.Commands;

/// <summary><c>paddock runbook list|show|preview|start|runs|run|answer|undo|mitigations|end</c>.</summary>
internal static class RunbookCommand
{
    public const string Path = "/control/v1/runbooks";
    private const string Runs = "/control/v1/runs", Mitigations = "/control/v1/mitigations";

    private static readonly Argument<string> Name = new("runbook") { Description = "A runbook's name." };
    private static readonly Argument<string> Run = new("run") { Description = "Run id (run_…)." };
    private static readonly Argument<string> Step = new("step") { Description = "A step's name in its runbook." };
    private static readonly Argument<string> Mitigation = new("mitigation") { Description = "Mitigation id (mit_…)." };
    private static readonly Argument<string> Answer = new Argument<string>("answer") { Description = "yes or no." }.AcceptOnlyFromAmong("yes", "no");
    private static readonly Option<string[]> Set = new Option<string[]>("--set") { Description = "A parameter, as name=value." }.TakesSeveral();
    private static readonly Option<string?> Incident = new("--incident") { Description = "The open incident that it belongs to." };
    private static readonly Option<bool> Auto = new("--auto") { Description = "Do what is safe unasked; only while its drill is verified." };
    private static readonly Option<string> Reason = new("--reason") { Description = "Why; kept with your name.", Required = true };
    private static readonly Option<bool> All = new("--all") { Description = "Those that are over, too." };
    private static readonly Option<string?> Before = new("--before") { Description = "The 'next' of the page before." };

    public static Command Build() => new("runbook", "What is done when something goes wrong: runbooks, their runs, and what they changed.")
    {
        List(), Show(), Preview(), Start(), ListRuns(), ShowRun(), Say(), Undo(), ListMitigations(), End(),
    };

    private static Command List() => new Command("list", "List the runbooks in force with their badges.").Asks(
        ControlJson.Default.RunbookList,
        static (_, connection, cancellationToken) => connection.SendAsync(HttpMethod.Get, Path, null, ControlJson.Default.RunbookList, cancellationToken),
        static (list, printer) => printer.Table(
            ["runbook", "drill", "begins", "answers", "last drill", "owner"],
            list.Runbooks.Select(static one => new[] { one.Name, one.Badge, one.Start, string.Join(' ', one.Alerts), one.LastDrill is { } drill ? Printer.Time(drill.At) : "never", one.Owner })));

    private static Command Show() => new Command("show", "Show a runbook: what it is for, and its steps.") { Name }.Asks(
        ControlJson.Default.RunbookView,
        static async (parsed, connection, cancellationToken) =>
            (await connection.SendAsync(HttpMethod.Get, Path, null, ControlJson.Default.RunbookList, cancellationToken)).Runbooks.FirstOrDefault(one => one.Name == parsed.GetRequiredValue(Name))
            ?? throw new CommandException($"There is no runbook '{parsed.GetRequiredValue(Name)}'; paddock runbook list shows those there are."),
        static (one, printer) =>
        {
            printer.Line($"{one.Name}: its drill is {one.Badge}; an alert has it {one.Start}.");
            foreach (var (name, text) in one.Guide)
            {
                printer.Line($"{name}: {text}");
            }

            printer.Table(["step", "does", "with", "unasked"], one.Steps.Select(static step => new[] { step.Id, step.Do, string.Join(' ', step.With.Select(static pair => $"{pair.Key}={pair.Value}")), step.Safe || !step.Changes ? "yes" : "no" }));
        });

    private static Command Preview() => new Command("preview", "Show what a run would do now; nothing is done.") { Name, Set, Incident, Auto }.Asks(
        ControlJson.Default.RunPlan,
        static (parsed, connection, cancellationToken) => connection.SendAsync(HttpMethod.Post, $"{Runs}/preview", JsonContent.Create(InputOf(parsed), ControlJson.Default.RunInput), ControlJson.Default.RunPlan, cancellationToken),
        static (plan, printer) =>
        {
            printer.Line($"{plan.Runbook}, {plan.Mode}; its drill is {plan.Badge}.");
            printer.Table(["step", "does", "asks", "fault"], plan.Steps.Select(static step => new[] { step.Id, step.Plan, step.Asks ? "yes" : "no", step.Fault ?? "" }));
        });

    private static Command Start() => new Command("start", "Begin a run.") { Name, Set, Incident, Auto }.Asks(
        ControlJson.Default.RunView,
        static (parsed, connection, cancellationToken) => connection.SendAsync(HttpMethod.Post, Runs, JsonContent.Create(InputOf(parsed), ControlJson.Default.RunInput), ControlJson.Default.RunView, cancellationToken),
        static (run, printer) =>
        {
            printer.Line($"{run.Id} has begun ({run.Mode}).");
            printer.Aside($"See it: paddock runbook run {run.Id}");
        });

    private static Command ListRuns() => new Command("runs", "List runs that are not over, newest first.") { All, Before }.Asks(
        ControlJson.Default.RunList,
        static (parsed, connection, cancellationToken) => connection.SendAsync(
            HttpMethod.Get, $"{Runs}?open={(parsed.GetValue(All) ? "false" : "true")}{(parsed.GetValue(Before) is { } before ? $"&before={Uri.EscapeDataString(before)}" : "")}", null, ControlJson.Default.RunList, cancellationToken),
        static (list, printer) =>
        {
            printer.Table(["run", "runbook", "state", "mode", "since", "incident"], list.Runs.Select(static run => new[] { run.Id, run.Runbook, run.State, run.Mode, Printer.Time(run.StartedAt), run.Incident ?? "" }));
            if (list.Next is { } next)
            {
                printer.Aside($"More: --before {next}");
            }
        });

    private static Command ShowRun() => new Command("run", "Show a run, step by step.") { Run }.Asks(
        ControlJson.Default.RunView,
        static (parsed, connection, cancellationToken) => connection.SendAsync(HttpMethod.Get, PathOf(parsed), null, ControlJson.Default.RunView, cancellationToken),
        PrintRun);

    private static Command Say() => new Command("answer", "Say yes or no to a step that waits. No takes the run back.") { Run, Step, Answer, Reason }.Asks(
        ControlJson.Default.RunView,
        static (parsed, connection, cancellationToken) => connection.SendAsync(
            HttpMethod.Post, $"{PathOf(parsed)}/steps/{Uri.EscapeDataString(parsed.GetRequiredValue(Step))}/answer",
            JsonContent.Create(new AnswerInput(parsed.GetRequiredValue(Answer) is "yes", parsed.GetRequiredValue(Reason)), ControlJson.Default.AnswerInput), ControlJson.Default.RunView, cancellationToken),
        PrintRun);

    private static Command Undo() => new Command("undo", "Take back what a run did, the last step first.") { Run, Reason }.Asks(
        ControlJson.Default.RunView,
        static (parsed, connection, cancellationToken) => connection.SendAsync(
            HttpMethod.Post, $"{PathOf(parsed)}/undo", JsonContent.Create(new UndoInput(parsed.GetRequiredValue(Reason)), ControlJson.Default.UndoInput), ControlJson.Default.RunView, cancellationToken),
        PrintRun);

    private static Command ListMitigations() => new Command("mitigations", "List what is served otherwise than the release says.").Asks(
        ControlJson.Default.MitigationList,
        static (_, connection, cancellationToken) => connection.SendAsync(HttpMethod.Get, Mitigations, null, ControlJson.Default.MitigationList, cancellationToken),
        static (list, printer) => printer.Table(
            ["mitigation", "what", "until", "run", "step"], list.Mitigations.Select(static one => new[] { one.Id, one.Says, Printer.Time(one.ExpiresAt), one.Run, one.Step })));

    private static Command End() => new Command("end", "End a mitigation before its time.") { Mitigation }.Asks(
        ControlJson.Default.MitigationView,
        static (parsed, connection, cancellationToken) => connection.SendAsync(
            HttpMethod.Post, $"{Mitigations}/{Uri.EscapeDataString(parsed.GetRequiredValue(Mitigation))}/end", null, ControlJson.Default.MitigationView, cancellationToken),
        static (one, printer) => printer.Line($"{one.Id} has ended."));

    private static string PathOf(ParseResult parsed) => $"{Runs}/{Uri.EscapeDataString(parsed.GetRequiredValue(Run))}";

    private static RunInput InputOf(ParseResult parsed) => new()
    {
        Runbook = parsed.GetRequiredValue(Name),
        Parameters = (parsed.GetValue(Set) ?? []).Select(static text => text.Split('=', 2)).GroupBy(static pair => pair[0], StringComparer.Ordinal).ToDictionary(
            static same => same.Key, static same => same.ToList() is [[_, var value]] ? value : throw new CommandException($"--set: '{same.Key}' has one value; write name=value, once."), StringComparer.Ordinal),
        Incident = parsed.GetValue(Incident),
        Auto = parsed.GetValue(Auto),
    };

    private static void PrintRun(RunView run, Printer printer)
    {
        printer.Line($"{run.Id} {run.Runbook} is {run.State} ({run.Mode}){(run.HoldUntil is { } until && run.State is "holding" ? $"; it holds until {Printer.Time(until)}" : "")}{(run.Reason is { } reason ? $": {reason}" : "")}");
        printer.Table(["step", "state", "does", "says"], run.Steps.Select(static step => new[] { step.Id, step.State, step.Plan, step.Says.Split('\n')[^1] }));
        foreach (var waiting in run.Steps.Where(static step => step.State is "waiting"))
        {
            printer.Aside($"Answer: paddock runbook answer {run.Id} {waiting.Id} yes --reason WHY");
        }
    }
}
