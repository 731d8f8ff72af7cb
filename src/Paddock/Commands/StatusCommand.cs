using System.CommandLine;
using Paddock.Control;
using Paddock.Control.Installation;

namespace Paddock.Commands;

/// <summary><c>paddock status</c>: exit code 0 when calls are taken, 1 otherwise.</summary>
internal static class StatusCommand
{
    public static Command Build()
    {
        var command = new Command("status", "Show how the server is; fails when it takes no calls.").WithConnection();
        command.SetAction(static (parsed, cancellationToken) => CommandRunner.GuardAsync(parsed, async () =>
        {
            await using var connection = await ControlConnection.OpenAsync(parsed, creates: false, cancellationToken);
            if (!connection.IsServed)
            {
                throw new CommandException(new Problem("paddock:not-running", "Not running", 0, "No server runs on this data directory."));
            }

            var status = await connection.SendAsync(HttpMethod.Get, "/control/v1/status", null, ControlJson.Default.StatusView, cancellationToken);
            CommandRunner.Print(parsed, status, ControlJson.Default.StatusView, Print);
            return status.Ready ? CommandLine.Done : CommandLine.Failed;
        }));
        return command;
    }

    private static void Print(StatusView status, Printer printer) => printer.Table(
        ["what", "state"],
        [
            ["ready", status.Ready ? "yes" : "no"],
            .. status.Checks.Select(check => new[] { check.Key, check.Value }),
            ["version", status.Version],
            ["process", Printer.Number(status.ProcessId)],
            ["started", Printer.Time(status.StartedAt)],
            ["agents' address", string.Join(", ", status.Urls)],
            ["database", $"{status.Database}, schema {status.Schema}"],
            ["release", $"{status.Release} ({status.Documents} documents){(status.ReleaseDirectory is null ? "" : $" from {status.ReleaseDirectory}")}"],
            ["prices", status.Prices],
            ["journal", $"{Printer.Number(status.JournalBytes)} bytes"],
        ]);
}
