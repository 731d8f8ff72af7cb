using System.CommandLine;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Paddock.Control;
using Paddock.Control.Incidents;

namespace Paddock.Commands;

/// <summary><c>paddock incidents postmortem show|write|approve</c>.</summary>
internal static class IncidentPostmortemCommand
{
    private static readonly Option<FileInfo> FromFile = new("--file") { Description = "What 'postmortem show --json' wrote, edited.", Required = true };

    private static readonly Option<int?> Read = new("--of") { Description = "The version that was read; one that was written meanwhile is then not approved. Default: whichever it is now." };

    public static Command Build() => new("postmortem", "What is written down of an incident so that it does not come again.") { Show(), Write(), Approve() };

    private static Command Show() => new Command("show", "Show it; while nobody has written one, what one begins with.") { IncidentsCommand.Id }.Asks(
        ControlJson.Default.PostmortemView,
        static async (parsed, connection, cancellationToken) =>
            (await connection.SendAsync(HttpMethod.Get, IncidentsCommand.PathOf(parsed), null, ControlJson.Default.IncidentDetails, cancellationToken)).Postmortem,
        Print);

    private static Command Write() => new Command("write", "Write it from a file, over the version that was read.") { IncidentsCommand.Id, FromFile }.Asks(
        ControlJson.Default.IncidentView,
        static async (parsed, connection, cancellationToken) => await connection.SendAsync(
            HttpMethod.Put, IncidentsCommand.PathOf(parsed, "/postmortem"), JsonContent.Create(await ReadAsync(parsed.GetRequiredValue(FromFile), cancellationToken), ControlJson.Default.PostmortemInput), ControlJson.Default.IncidentView,
            cancellationToken),
        static (one, printer) => printer.Line($"The postmortem of {one.Id} was written."));

    private static Command Approve() => new Command("approve", "Approve it; nobody approves what they have written themselves.") { IncidentsCommand.Id, Read }.Asks(
        ControlJson.Default.IncidentView,
        static (parsed, connection, cancellationToken) => connection.SendAsync(
            HttpMethod.Post, IncidentsCommand.PathOf(parsed, "/postmortem/approve") + (parsed.GetValue(Read) is { } version ? $"?version={version}" : ""), null, ControlJson.Default.IncidentView, cancellationToken),
        static (one, printer) => printer.Line($"The postmortem of {one.Id} was approved."));

    internal static async Task<PostmortemInput> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = file.OpenRead();
            return await JsonSerializer.DeserializeAsync(stream, ControlJson.Default.PostmortemView, cancellationToken) is { } read
                ? new()
                {
                    Version = read.Version,
                    Summary = read.Summary ?? "",
                    Impact = read.Impact ?? "",
                    Timeline = read.Timeline ?? "",
                    Causes = read.Causes ?? "",
                    WentWell = read.WentWell ?? "",
                    Actions = [.. read.Actions ?? []],
                }
                : throw new CommandException(new Problem("paddock:usage", "Wrong usage", 0, $"{file.Name} holds no postmortem."));
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new CommandException(new Problem("paddock:usage", "Wrong usage", 0, $"{file.Name} holds no postmortem that can be read: {(fault is JsonException broken ? Say(broken) : fault.Message)}"));
        }
    }

    /// <summary>The reader's own words are for those who program it.</summary>
    private static string Say(JsonException fault)
    {
        var (path, line) = (fault.Path ?? "$", Printer.Number((fault.LineNumber ?? 0) + 1));
        JsonTypeInfo of = path.StartsWith("$.actions[", StringComparison.Ordinal) ? ControlJson.Default.ActionItemView : ControlJson.Default.PostmortemView;
        var fields = of.Properties.Select(static one => one.Name).ToList();
        var isField = path is "$" || char.IsAsciiDigit(path[^2]) || fields.Any(name => path.EndsWith("." + name, StringComparison.Ordinal));
        return isField ? $"what stands at {path} in line {line} is of another kind, stands there twice, or is no JSON." : $"there is no field {path}, in line {line}; the fields there are {string.Join(", ", fields)}.";
    }

    private static void Print(PostmortemView one, Printer printer)
    {
        foreach (var (name, text) in new[] { ("Summary", one.Summary), ("Impact", one.Impact), ("Timeline", one.Timeline), ("Causes", one.Causes), ("What went well", one.WentWell) })
        {
            printer.Line($"{name}:\n{(text.Length == 0 ? "-" : text)}\n");
        }

        printer.Table(
            ["action", "kind", "owner", "due", "link", "test", "failed", "passed"],
            one.Actions.Select(static action => new[] { action.Text, action.Kind ?? "", action.Owner ?? "", action.Due is { } due ? Printer.Time(due) : "", action.Link ?? "", action.Test ?? "", action.FailingRun ?? "", action.PassingRun ?? "" }));
        printer.Line(one.ApprovedBy is { } by ? $"Approved by {by}." : one.Version == 0 ? "Nobody has written one; this is what one begins with." : $"Version {one.Version}, written by {string.Join(", ", one.Authors)}; not approved.");
    }
}
