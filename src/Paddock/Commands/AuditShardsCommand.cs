using System.CommandLine;
using System.Net.Http.Json;
using Paddock.Control;
using Paddock.Control.Audit;
using Paddock.Core.Audit.Tiles;

namespace Paddock.Commands;

/// <summary><c>paddock audit shards|archive|rotate-key|restart</c>: the log in time.</summary>
internal static class AuditShardsCommand
{
    private const string Path = "/control/v1/audit";

    private static readonly Argument<long> Shard = new("shard") { Description = "Number of a closed shard, as 'paddock audit shards' shows it." };
    private static readonly Option<string> Out = new("--out") { Description = "Directory for its files; made when missing. One that was cut off is completed.", Required = true };
    private static readonly Option<bool> Remove = new("--remove") { Description = "Then take its entries out of the database. Needs the role operator, and --reason." };
    private static readonly Option<string?> Reason = new("--reason") { Description = "Why; stands in the log as it is." };
    private static readonly Option<string> Because = new("--reason") { Description = "Why; stands in the log as it is.", Required = true };

    public static IEnumerable<Command> Build()
    {
        yield return new Command("shards", "List the log's shards.").Asks(
            ControlJson.Default.ShardList,
            static (_, connection, cancellationToken) => connection.SendAsync(HttpMethod.Get, "/audit/shards", null, ControlJson.Default.ShardList, cancellationToken),
            static (list, printer) => printer.Table(
                ["shard", "log", "entries", "opened", "closed", "archived"],
                list.Shards.Select(static shard => new[] { Printer.Number(shard.Number), shard.Origin, Printer.Number(shard.Size), Printer.Time(shard.Opened), Printer.Time(shard.Closed), Printer.Time(shard.Archived) })));
        yield return Archive();
        yield return Care("rotate-key", "Make another key for the log. Its open shard is closed within seconds, and the next one is signed with the new key.", "/rotate-key",
            static (_, printer) => printer.Line("There is a new key. The open shard is closed within seconds; see 'paddock audit shards'. Copy keys/audit.key to other replicas."));
        yield return Care("restart", "After the log has halted: go on in a new shard, which says that it does not continue what was signed.", "/restart",
            static (view, printer) => printer.Line(view.State == "signing" ? $"The log goes on in shard {Printer.Number(view.Shard)}, {view.Origin}." : $"It is written down; whoever signs the log goes on within seconds. State here: {view.State}."));
    }

    private static Command Care(string name, string description, string path, Action<LogCareView, Printer> print) => new Command(name, description) { Because }.Asks(
        ControlJson.Default.LogCareView,
        (parsed, connection, cancellationToken) => connection.SendAsync(
            HttpMethod.Post, Path + path, JsonContent.Create(new(parsed.GetRequiredValue(Because)), ControlJson.Default.LogCareInput), ControlJson.Default.LogCareView, cancellationToken),
        print);

    private static Command Archive()
    {
        var command = new Command("archive", "Copy a closed shard into a directory that 'paddock audit verify DIR' and others' tools check; with --remove take it out of the database.") { Shard, Out, Remove, Reason };
        command.Validators.Add(static result =>
        {
            if (result.GetValue(Remove) != (result.GetValue(Reason) is not null))
            {
                result.AddError("--remove and --reason go together.");
            }
        });
        return command.Asks(
            CommandJson.Default.ArchiveResult,
            ArchiveAsync,
            static (done, printer) => printer.Line($"{Printer.Number(done.Size)} entries of {done.Origin} are in {done.Directory}, verified ({Printer.Number(done.Files)} files){(done.Removed ? ", and taken out of the database" : "")}."));
    }

    private static async Task<ArchiveResult> ArchiveAsync(ParseResult parsed, ControlConnection connection, CancellationToken cancellationToken)
    {
        var (number, directory) = (parsed.GetValue(Shard), System.IO.Path.GetFullPath(parsed.GetRequiredValue(Out)));
        var list = await connection.SendAsync(HttpMethod.Get, "/audit/shards", null, ControlJson.Default.ShardList, cancellationToken);
        if (list.Shards.FirstOrDefault(shard => shard.Number == number) is not { Closed: not null } shard)
        {
            throw new CommandException($"There is no closed shard {Printer.Number(number)}.");
        }

        var archive = new ArchivedShard(directory);
        try
        {
            var held = await archive.FillAsync(connection.Log(number), cancellationToken);
            var root = held.Signed.Checkpoint.Root.ToString();
            if (parsed.GetValue(Reason) is { } reason)
            {
                await connection.SendAsync(
                    HttpMethod.Post, $"{Path}/shards/{Printer.Number(number)}/remove", JsonContent.Create(new(reason, root), ControlJson.Default.RemoveShardInput), ControlJson.Default.LogCareView, cancellationToken);
            }

            return new(directory, shard.Origin, held.Signed.Checkpoint.Size, root, archive.Files, archive.Bytes, parsed.GetValue(Remove));
        }
        catch (LogDamagedException fault)
        {
            throw new CommandException(fault.Message);
        }
    }
}
