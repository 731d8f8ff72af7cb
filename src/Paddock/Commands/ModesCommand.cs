using System.CommandLine;
using Paddock.Control;
using Paddock.Control.Modes;

namespace Paddock.Commands;

/// <summary><c>paddock modes list|export</c>.</summary>
internal static class ModesCommand
{
    private const string Path = "/control/v1/team-profiles";

    private static readonly Argument<string> Folder = new("directory") { Description = "Where the files go. Files of the same names are replaced." };
    private static readonly Option<string?> Profile = new("--profile") { Description = "Of this team profile only. Without it each has a folder of its name." };

    public static Command Build() => new("modes", "How teams work with their agents.") { List(), Export() };

    private static Command List() => new Command("list", "List the team profiles in force, in the order in which they hold.").Asks(
        ControlJson.Default.TeamProfileList,
        static (_, connection, cancellationToken) => connection.SendAsync(HttpMethod.Get, Path, null, ControlJson.Default.TeamProfileList, cancellationToken),
        static (list, printer) => printer.Table(["profile", "for", "priority", "modes", "forbidden", "budgets", "owner"], list.Profiles.Select(Row)));

    private static Command Export()
    {
        var command = new Command("export", "Write team profiles as the files that agents read: modes, MCP servers, settings.") { Folder, Profile }.WithConnection();
        command.SetAction(static (parsed, cancellationToken) => CommandRunner.GuardAsync(parsed, async () =>
        {
            await using var connection = await ControlConnection.OpenAsync(parsed, creates: false, cancellationToken);
            var written = await WriteAsync(parsed, connection, cancellationToken);
            CommandRunner.Print(parsed, new(written), CommandJson.Default.WrittenFiles, static (done, printer) => printer.Table(["file", "belongs to"], done.Files.Select(static file => new[] { file.Path, file.Use })));
            return CommandLine.Done;
        }));
        return command;
    }

    private static async Task<List<WrittenFile>> WriteAsync(ParseResult parsed, ControlConnection connection, CancellationToken cancellationToken)
    {
        var directory = System.IO.Path.GetFullPath(parsed.GetRequiredValue(Folder));
        var only = parsed.GetValue(Profile);
        string[] names = only is not null ? [only]
            : [.. (await connection.SendAsync(HttpMethod.Get, Path, null, ControlJson.Default.TeamProfileList, cancellationToken)).Profiles.Select(static profile => profile.Name)];
        var written = new List<WrittenFile>();
        foreach (var name in names)
        {
            var files = await connection.SendAsync(HttpMethod.Get, $"{Path}/{Uri.EscapeDataString(name)}/files", null, ControlJson.Default.TeamProfileFiles, cancellationToken);
            foreach (var file in files.Files)
            {
                var path = Within(only is null ? System.IO.Path.Combine(directory, name) : directory, file.Path);
                Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!); // it is within a directory
                await File.WriteAllTextAsync(path, file.Text, cancellationToken);
                written.Add(new(path, file.Use));
            }
        }

        return written;
    }

    /// <summary>What a server names lies where this command was told to write, and nowhere else.</summary>
    private static string Within(string directory, string path)
    {
        var full = System.IO.Path.GetFullPath(path, directory);
        return full.StartsWith(directory + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal) ? full : throw new CommandException($"The server names the file '{path}', which is elsewhere. Nothing was written there.");
    }

    private static string[] Row(TeamProfileView profile) =>
    [
        profile.Name, string.Join(", ", profile.Teams.Concat(profile.Users) is var names && names.Any() ? names : ["everybody else"]), Printer.Number(profile.Priority),
        string.Join(", ", profile.Modes), string.Join(", ", profile.ForbiddenModes), string.Join(", ", profile.Budgets), profile.Owner,
    ];
}
