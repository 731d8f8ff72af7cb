using System.CommandLine;

namespace Paddock.Commands;

/// <summary><c>paddock backup FILE</c>.</summary>
internal static class BackupCommand
{
    private static readonly Argument<string> Target = new("file") { Description = "Where to write it; must not exist." };

    public static Command Build()
    {
        var command = new Command("backup", "Take a consistent copy of the database while calls go on. Keys (DIR/keys) are not in it; keep them apart.") { Target }.WithConnection();
        command.SetAction(static (parsed, cancellationToken) => CommandRunner.GuardAsync(parsed, async () =>
        {
            var path = Path.GetFullPath(parsed.GetRequiredValue(Target));
            if (File.Exists(path))
            {
                throw new CommandException($"{path} exists; a backup overwrites nothing.");
            }

            await using var connection = await ControlConnection.OpenAsync(parsed, creates: false, cancellationToken);
            using var answer = await connection.SendAsync(HttpMethod.Post, "/control/v1/backup", null, cancellationToken);
            await WriteAsync(answer, path, cancellationToken);
            CommandRunner.Print(parsed, new(path, new FileInfo(path).Length), CommandJson.Default.BackupResult, static (done, printer) => printer.Line($"{done.File} ({done.Bytes} bytes)"));
            return CommandLine.Done;
        }));
        return command;
    }

    /// <summary>Under its name it is whole.</summary>
    private static async Task WriteAsync(HttpResponseMessage answer, string path, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var partial = path + ".partial";
        try
        {
            await using (var file = new FileStream(partial, options))
            {
                await answer.Content.CopyToAsync(file, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            File.Move(partial, path);
        }
        finally
        {
            File.Delete(partial);
        }
    }
}
