using System.CommandLine;
using Paddock.Control;
using Paddock.Control.Runbooks;
using Paddock.Core.Snapshot;
using Paddock.Drills;

namespace Paddock.Commands;

/// <summary><c>paddock drill run NAME|--all</c>: rehearses runbooks, at the server, which keeps what it came to, or here for a directory of documents.</summary>
internal static class DrillCommand
{
    private static readonly Argument<string?> Name = new("runbook") { Description = "A runbook's name.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<bool> All = new("--all") { Description = "All runbooks, one after the other." };
    private static readonly Option<string?> Directory = new("--documents") { Description = "Rehearse the runbooks of this directory, and the shipped ones, here and now; needs no server, and nothing is kept." };

    public static Command Build() => new("drill", "Rehearse runbooks: each in an installation of its own, with simulated providers and a clock that is moved.") { Run() };

    private static Command Run()
    {
        var command = new Command("run", "Rehearse a runbook, or all. Ends with 1 when a drill fails.") { Name, All, Directory }.WithConnection();
        command.SetAction((parsed, cancellationToken) => CommandRunner.GuardAsync(parsed, async () =>
        {
            if (parsed.GetValue(Name) is null != parsed.GetValue(All))
            {
                throw new CommandException("Name a runbook, or say --all.");
            }

            var drills = parsed.GetValue(Directory) is { } folder ? await HereAsync(parsed, folder, cancellationToken) : await ThereAsync(parsed, cancellationToken);
            CommandRunner.Print(parsed, new DrillReport(drills), CommandJson.Default.DrillReport, Print);
            return drills.All(static drill => drill.Passed) ? CommandLine.Done : CommandLine.Failed;
        }));
        return command;
    }

    private static async Task<IReadOnlyList<DrillView>> HereAsync(ParseResult parsed, string folder, CancellationToken cancellationToken)
    {
        var inForce = SnapshotBuilder.Build(ReleaseCommand.Load(folder));
        var runbooks = inForce.Runbooks;
        var wanted = runbooks.Where(one => parsed.GetValue(Name) is not { } name || one.Name == name).ToList();
        var (rehearsal, drills) = (new TwinDrills(new SnapshotHolder(inForce), TimeProvider.System), new List<DrillView>());
        foreach (var runbook in wanted.Count > 0 ? wanted : throw new CommandException($"There is no runbook '{parsed.GetValue(Name)}'; there are {string.Join(", ", runbooks.Select(static one => one.Name))}."))
        {
            drills.Add(DrillView.Of(await rehearsal.RunAsync(runbook, static _ => { }, cancellationToken)));
        }

        return drills;
    }

    private static async Task<IReadOnlyList<DrillView>> ThereAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var connection = await ControlConnection.OpenAsync(parsed, creates: true, cancellationToken);
        IEnumerable<string> names = parsed.GetValue(Name) is { } name
            ? [name]
            : (await connection.SendAsync(HttpMethod.Get, RunbookCommand.Path, null, ControlJson.Default.RunbookList, cancellationToken)).Runbooks.Select(static one => one.Name);
        var drills = new List<DrillView>();
        foreach (var one in names)
        {
            drills.Add(await connection.SendAsync(HttpMethod.Post, $"{RunbookCommand.Path}/{Uri.EscapeDataString(one)}/drill", null, ControlJson.Default.DrillView, cancellationToken));
        }

        return drills;
    }

    private static void Print(DrillReport report, Printer printer)
    {
        printer.Table(
            ["runbook", "drill", "detected", "mitigated", "recovered"],
            report.Drills.Select(static one => new[] { one.Runbook, one.Passed ? "passed" : "failed", Span(one.DetectedSeconds), Span(one.MitigatedSeconds), Span(one.RecoveredSeconds) }));
        foreach (var drill in report.Drills)
        {
            foreach (var line in drill.Lines.Where(static line => !line.Passed))
            {
                printer.Line($"{drill.Runbook}: {line.Expectation}: {line.Found}");
            }
        }
    }

    private static string Span(double? seconds) => DrillClock.Show(seconds is { } one ? TimeSpan.FromSeconds(one) : null);
}

internal sealed record DrillReport(IReadOnlyList<DrillView> Drills);
