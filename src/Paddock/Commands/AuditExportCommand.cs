using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Paddock.Control;
using Paddock.Control.Audit;
using Paddock.Core.Audit.Tiles;

namespace Paddock.Commands;

/// <summary><c>paddock audit export</c>: entries for other systems, or the whole log as files that are checked without Paddock.</summary>
internal static class AuditExportCommand
{
    private static readonly Option<string> Format = new Option<string>("--format") { Description = "ocsf or cloudevents: a line of JSON for each entry. bundle: a directory with everything that is needed to verify the log.", Required = true }.AcceptOnlyFromAmong("ocsf", "cloudevents", "bundle");
    private static readonly Option<string> Out = new("--out") { Description = "File, or the bundle's directory.", Required = true };
    private static readonly Option<DateTimeOffset?> From = new("--from") { Description = "Only entries from this moment on (ISO 8601)." };
    private static readonly Option<DateTimeOffset?> To = new("--to") { Description = "Only entries before this moment. Default: a minute ago, or as far as all are in the log." };
    private static readonly Option<string[]> Act = new("--act") { Description = "Only of this act; again for each." };

    public static Command Build()
    {
        var command = new Command("export", "Write entries for other systems, or the log as files that anybody can verify. Needs the role auditor.") { Format, Out, From, To, Act }.WithConnection();
        command.Validators.Add(static result =>
        {
            if (result.GetValue(Format) == "bundle" && (result.GetValue(From) is not null || result.GetValue(To) is not null || result.GetValue(Act) is { Length: > 0 }))
            {
                result.AddError("A bundle is the whole log: with entries left out nobody could verify it.");
            }
        });
        command.SetAction(static (parsed, cancellationToken) => CommandRunner.GuardAsync(parsed, async () =>
        {
            await using var connection = await ControlConnection.OpenAsync(parsed, creates: false, cancellationToken);
            var result = await (parsed.GetValue(Format) == "bundle" ? BundleAsync(parsed, connection, cancellationToken) : LinesAsync(parsed, connection, cancellationToken));
            CommandRunner.Print(parsed, result, CommandJson.Default.ExportResult, static (done, printer) => printer.Line($"{Printer.Number(done.Entries)} entries are in {done.Path}."));
            return CommandLine.Done;
        }));
        return command;
    }

    private static async Task<ExportResult> LinesAsync(ParseResult parsed, ControlConnection connection, CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(parsed.GetRequiredValue(Out));
        using var answer = await connection.SendAsync(HttpMethod.Get, QueryOf(parsed), null, cancellationToken);
        var lines = 0L;
        await using (var source = await answer.Content.ReadAsStreamAsync(cancellationToken))
        await using (var target = File.Create(path + ".part"))
        {
            var buffer = new byte[1 << 16];
            while (await source.ReadAsync(buffer, cancellationToken) is > 0 and var count)
            {
                lines += buffer.AsSpan(0, count).Count((byte)'\n');
                await target.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            }
        }

        File.Move(path + ".part", path, overwrite: true); // one that was cut off is not taken for a whole one
        return new(path, lines);
    }

    private static string QueryOf(ParseResult parsed)
    {
        var filters = new List<(string Name, string Value)> { ("format", parsed.GetRequiredValue(Format)) };
        foreach (var (name, moment) in new[] { ("from", parsed.GetValue(From)), ("to", parsed.GetValue(To)) })
        {
            if (moment is { } at)
            {
                filters.Add((name, at.ToString("O", CultureInfo.InvariantCulture)));
            }
        }

        filters.AddRange((parsed.GetValue(Act) ?? []).Select(static act => ("act", act)));
        return "/control/v1/audit/export?" + string.Join('&', filters.Select(static filter => $"{filter.Name}={Uri.EscapeDataString(filter.Value)}"));
    }

    private static async Task<ExportResult> BundleAsync(ParseResult parsed, ControlConnection connection, CancellationToken cancellationToken)
    {
        var directory = Path.GetFullPath(parsed.GetRequiredValue(Out));
        var (list, entries) = (await connection.SendAsync(HttpMethod.Get, "/audit/shards", null, ControlJson.Default.ShardList, cancellationToken), 0L);
        var kept = new List<ShardView>();
        foreach (var shard in list.Shards.Where(static shard => shard.Root is not null))
        {
            try
            {
                var archive = new ArchivedShard(FetchedLog.DirectoryOf(directory, shard.Number));
                var end = shard.Archived is null ? (await archive.FillAsync(connection.Log(shard.Number), cancellationToken)).Signed.Checkpoint : await archive.FillEndAsync(connection.Log(shard.Number), cancellationToken);
                kept.Add(shard with { Size = end.Size, Root = end.Root.ToString() });
                entries += shard.Archived is null ? end.Size : 0;
            }
            catch (LogDamagedException fault)
            {
                throw new CommandException($"Shard {Printer.Number(shard.Number)}: {fault.Message}");
            }
        }

        await File.WriteAllTextAsync(Path.Combine(directory, FetchedLog.ShardsFile), JsonSerializer.Serialize(new(kept), ControlJson.Default.ShardList), cancellationToken);
        await BundleGuide.WriteAsync(directory, kept, cancellationToken);
        return new(directory, entries);
    }
}
