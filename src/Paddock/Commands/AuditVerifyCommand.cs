using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Paddock.Core.Audit.Tiles;
using Paddock.Store.Audit.Tiles;

namespace Paddock.Commands;

/// <summary><c>paddock audit verify</c>: recomputes the log from its entries and holds it to what it signed. Needs no server and believes none.</summary>
internal static class AuditVerifyCommand
{
    private static readonly Argument<string?> Log = new("log")
    {
        Description = "A data directory (also while a server runs on it), a directory of fetched tiles, or the address of a server. Default: the data directory.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Vkey = new("--vkey") { Description = "The log's key, or a file with it, as you had it before. Default: what the log says." };
    private static readonly Option<string?> Pin = new("--pin") { Description = "File that keeps the newest log checkpoint from one time to the next. The log must have grown from it; then it is renewed." };

    public static Command Build()
    {
        var command = new Command("verify", "Recompute the log from its entries, and compare tiles, signature, and what you kept. Exit code 1 when it does not hold.")
        {
            Log, Vkey, Pin, ConnectionOptions.KeyFile, ConnectionOptions.Json,
        };
        command.SetAction(static (parsed, cancellationToken) => CommandRunner.GuardAsync(parsed, async () =>
        {
            var expected = parsed.GetValue(Vkey) is { } text ? await AuditProveCommand.KeyAsync(text, cancellationToken) : null;
            var pin = parsed.GetValue(Pin);
            var kept = pin is not null && File.Exists(pin) ? await File.ReadAllTextAsync(pin, cancellationToken) : null;
            var result = await VerifyAsync(parsed, expected, kept, pin, cancellationToken);
            CommandRunner.Print(parsed, result, CommandJson.Default.VerifyResult, (done, printer) => Show(done, expected is not null || kept is not null, printer));
            return CommandLine.Done;
        }));
        return command;
    }

    private static async Task<VerifyResult> VerifyAsync(ParseResult parsed, VerifierKey? expected, string? kept, string? pin, CancellationToken cancellationToken)
    {
        var log = await LogPlace.OpenAsync(parsed, parsed.GetValue(Log), cancellationToken);
        await using var closing = log as IAsyncDisposable;
        try
        {
            var watch = Stopwatch.StartNew();
            var shards = await new ChainVerification(log, new Ed25519Verifier()).RunAsync(expected, kept, cancellationToken);
            var took = watch.Elapsed;
            if (pin is not null)
            {
                await File.WriteAllTextAsync(pin + ".new", shards[^1].Signed.ToString(), cancellationToken);
                File.Move(pin + ".new", pin, overwrite: true);
            }

            return ResultOf(shards, kept is not null, took);
        }
        catch (LogDamagedException fault)
        {
            throw new CommandException(fault.Message);
        }
    }

    private static VerifyResult ResultOf(IReadOnlyList<VerifiedShard> shards, bool isPinned, TimeSpan took)
    {
        var (newest, head) = (shards[^1], shards[^1].Signed.Checkpoint);
        var entries = shards.Sum(static shard => shard.Log is null ? 0 : shard.Signed.Checkpoint.Size);
        return new(
            head.Origin, head.Size, head.Root.ToString(), newest.Key.ToString(), shards.Sum(static shard => shard.Log?.Tiles ?? 0), MadeAt(newest.Log?.Last ?? default), isPinned,
            Math.Round(took.TotalSeconds, 3), (long)(entries / Math.Max(took.TotalSeconds, 0.001)),
            [.. shards.Select(static shard => new ShardResult(shard.Shard.Number, shard.Signed.Checkpoint.Origin, shard.Signed.Checkpoint.Size, shard.Signed.Checkpoint.Root.ToString(), shard.Log is null, shard.Shard.Restarted))]);
    }

    /// <summary>The newest entry's own time; checkpoints have none.</summary>
    private static DateTimeOffset? MadeAt(ReadOnlyMemory<byte> entry)
    {
        try
        {
            using var json = JsonDocument.Parse(Encoding.UTF8.GetString(entry.Span));
            return json.RootElement.TryGetProperty("t", out var moment) && moment.TryGetDateTimeOffset(out var at) ? at : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static void Show(VerifyResult done, bool isAnchored, Printer printer)
    {
        printer.Table(
            ["what", "value"],
            [
                ["log", done.Origin],
                ["key", done.Vkey],
                ["entries", Printer.Number(done.Size)],
                ["root", done.Root],
                ["tiles compared", Printer.Number(done.Tiles)],
                ["newest entry", Printer.Time(done.NewestEntry)],
                ["grown from what was kept", done.Pinned ? "yes" : "nothing was kept"],
                ["entries per second", Printer.Number(done.EntriesPerSecond)],
            ]);
        if (done.Shards.Count > 1)
        {
            printer.Table(["shard", "log", "entries", "note"], done.Shards.Select(static shard => new[]
            {
                Printer.Number(shard.Number), shard.Origin, Printer.Number(shard.Size), shard.Restarted ? "does not continue the one before" : shard.Archived ? "archived: only its end is here" : "",
            }));
        }

        if (!isAnchored)
        {
            printer.Aside($"The key is the log's own word ({done.Seconds.ToString(CultureInfo.InvariantCulture)} s): keep it (--vkey) and a log checkpoint (--pin), and the next time will show more.");
        }
    }
}
