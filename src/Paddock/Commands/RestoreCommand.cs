using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Hosting;
using Paddock.Settings;
using Paddock.Store;
using Paddock.Store.Backups;
using Paddock.Store.Coordination;

namespace Paddock.Commands;

/// <summary><c>paddock restore FILE</c>: only where no server runs, under the directory's lock.</summary>
internal static class RestoreCommand
{
    private static readonly Argument<string> Source = new("file") { Description = "A backup." };
    private static readonly Option<bool> Replace = new("--replace") { Description = "Take the place of a database that is there; it is kept in backups/." };

    public static Command Build()
    {
        var command = new Command("restore", "Make the database what a backup holds; no server may run on it. Restore DIR/keys by hand, or no key works.")
        {
            Source, Replace, ConnectionOptions.Data, ConnectionOptions.Json,
        };
        command.SetAction(static (parsed, cancellationToken) => CommandRunner.GuardAsync(parsed, async () =>
        {
            var done = await RestoreAsync(parsed, cancellationToken);
            CommandRunner.Print(
                parsed, new(done.Path, done.Bytes, done.CreatedAt, done.Rows), CommandJson.Default.RestoreResult,
                static (result, printer) => printer.Line($"The database is as it was at {Printer.Time(result.CreatedAt)} ({result.Rows} rows)."));
            return CommandLine.Done;
        }));
        return command;
    }

    private static async Task<BackupSummary> RestoreAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(parsed.GetRequiredValue(Source));
        if (!File.Exists(path))
        {
            throw new CommandException($"There is no file {path}.");
        }

        var settings = ServeBinding.BindLocal(ConnectionOptions.Flags(parsed), ConnectionOptions.Variables());
        using var held = DataDirectoryLock.Acquire(settings.DataDirectory);
        DatabaseMark.Check(settings);
        var services = new ServiceCollection().AddStore(new() { DataDirectory = settings.DataDirectory, PostgresConnection = settings.Postgres?.Reveal() });
        await using var provider = services.BuildServiceProvider();
        var done = await provider.GetRequiredService<StoreMaintenance>().RestoreAsync(path, parsed.GetValue(Replace), cancellationToken);
        DatabaseMark.Write(settings);
        return done;
    }
}
