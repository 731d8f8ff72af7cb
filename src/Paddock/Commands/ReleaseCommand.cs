using System.CommandLine;
using System.Net.Http.Json;
using Paddock.Control;
using Paddock.Control.Releases;
using Paddock.Core.Releases;
using Paddock.Hosting;

namespace Paddock.Commands;

/// <summary><c>paddock release check|import|activate|list|show</c>.</summary>
internal static class ReleaseCommand
{
    public const string Path = "/control/v1/releases";

    private static readonly Argument<string> Folder = new("directory") { Description = "Directory of documents." };
    private static readonly Argument<string> Digest = new("release") { Description = "Digest, or its first digits." };
    private static readonly Argument<string> DigestOrActive = new("release") { Description = "Digest, its first digits, or 'active' (default).", DefaultValueFactory = static _ => "active" };
    private static readonly Option<bool> Activate = new("--activate") { Description = "Put it in force as well." };

    public static Command Build() => new("release", "Sets of documents: what is governed, and how.") { Check(), Import(), ActivateOne(), List(), Show() };

    /// <summary>Needs no server: the rules are part of the program, so that a pipeline can check before it delivers.</summary>
    private static Command Check()
    {
        var command = new Command("check", "Say whether a directory would be taken, with every fault. Needs no server.") { Folder, ConnectionOptions.Json };
        command.SetAction(static (parsed, _) => CommandRunner.GuardAsync(parsed, () =>
        {
            CommandRunner.Print(parsed, ReleaseView.Of(Load(parsed.GetRequiredValue(Folder)), active: false), ControlJson.Default.ReleaseView, PrintOne);
            return Task.FromResult(CommandLine.Done);
        }));
        return command;
    }

    /// <summary>The release that a directory is.</summary>
    /// <exception cref="CommandException">It would not be taken; every fault is told.</exception>
    public static ReleaseContent Load(string folder)
    {
        var found = ReleaseDirectory.Read(Existing(folder));
        var outcome = ReleaseLoader.Load(found.Files, ReleaseDirectory.FromEnvironment());
        if (outcome is LoadOutcome.Loaded { Content: var content } && found.Faults.Count == 0)
        {
            return content;
        }

        IReadOnlyList<ReleaseFault> faults = [.. found.Faults, .. outcome is LoadOutcome.Rejected rejected ? rejected.Faults : []];
        throw new CommandException(new Problem("paddock:release-refused", "Release refused", 422, $"The release has {Problem.Counted(faults.Count)}.", Faults: faults));
    }

    /// <summary>Whether a text that may name a release otherwise names a directory.</summary>
    public static bool IsDirectory(string release) => release.Contains('/', StringComparison.Ordinal) || Directory.Exists(release);

    /// <returns>The full path.</returns>
    /// <exception cref="CommandException">There is no such directory.</exception>
    public static string Existing(string folder)
    {
        var directory = System.IO.Path.GetFullPath(folder);
        return Directory.Exists(directory) ? directory : throw new CommandException($"There is no directory '{directory}'.");
    }

    private static Command Import() =>
        new Command("import", "Hand a directory to the server, to be put in force now or later.") { Folder, Activate }.Asks(
            ControlJson.Default.ReleaseView,
            static (parsed, connection, cancellationToken) =>
            {
                var found = ReleaseDirectory.Read(Existing(parsed.GetRequiredValue(Folder)));
                if (found.Faults.Count > 0)
                {
                    throw new CommandException(new Problem("paddock:release-refused", "Release refused", 422, $"The release has {Problem.Counted(found.Faults.Count)}.", Faults: found.Faults));
                }

                var input = new ReleaseInput { Files = [.. found.Files.Select(file => new FileInput(file.Path, file.Text))], Activate = parsed.GetValue(Activate) };
                return connection.SendAsync(HttpMethod.Post, Path, JsonContent.Create(input, ControlJson.Default.ReleaseInput), ControlJson.Default.ReleaseView, cancellationToken);
            },
            PrintOne,
            creates: true);

    private static Command ActivateOne() =>
        new Command("activate", "Put an imported release in force.") { Digest }.Asks(
            ControlJson.Default.ReleaseView,
            static (parsed, connection, cancellationToken) => connection.SendAsync(
                HttpMethod.Post, $"{Path}/{Uri.EscapeDataString(parsed.GetRequiredValue(Digest))}/activate", null, ControlJson.Default.ReleaseView, cancellationToken),
            PrintOne);

    private static Command List() =>
        new Command("list", "List imported releases.").Asks(
            ControlJson.Default.ReleaseList,
            static (_, connection, cancellationToken) => connection.SendAsync(HttpMethod.Get, Path, null, ControlJson.Default.ReleaseList, cancellationToken),
            static (list, printer) => printer.Table(
                ["release", "files", "imported", "by", "last in force", "state"],
                list.Releases.Select(one => new[] { one.Digest[7..19], Printer.Number(one.Files), Printer.Time(one.ImportedAt), one.Origin, Printer.Time(one.ActivatedAt), one.Active ? "in force" : "" })));

    private static Command Show() =>
        new Command("show", "Show a release; with --json its files too.") { DigestOrActive }.Asks(
            ControlJson.Default.ReleaseView,
            static (parsed, connection, cancellationToken) => connection.SendAsync(
                HttpMethod.Get, $"{Path}/{Uri.EscapeDataString(parsed.GetRequiredValue(DigestOrActive))}", null, ControlJson.Default.ReleaseView, cancellationToken),
            PrintOne);

    private static void PrintOne(ReleaseView release, Printer printer)
    {
        printer.Line($"{release.Digest}{(release.Active ? " (in force)" : "")}");
        printer.Table(["kind", "name", "owner", "where"], release.Documents.Select(document => new[] { document.Kind, document.Name, document.Owner, $"{document.File}:{document.Line}" }));
    }
}
