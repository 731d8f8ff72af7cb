using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Paddock.Core.Audit;
using Paddock.Core.Audit.Tiles;
using Paddock.Core.Identity;

namespace Paddock.Control.Audit;

/// <summary>What is exported.</summary>
/// <param name="Format"><c>ocsf</c> or <c>cloudevents</c>.</param>
/// <param name="To">Null = a minute ago, or when the oldest entry was made that is not in the log yet.</param>
/// <param name="Acts">Empty = all.</param>
public sealed record ExportQuery(string Format, DateTimeOffset? From, DateTimeOffset? To, IReadOnlyList<string> Acts);

/// <summary>Writes entries of the log, oldest first, a line each, in a form that other systems take. Some hundred are in memory at a time.</summary>
public sealed class ExportEntries(IEntryReader entries, ILogReader log, TimeProvider time)
{
    private static readonly TimeSpan settled = TimeSpan.FromMinutes(1);

    /// <returns>What writes the lines.</returns>
    public async Task<Outcome<Func<Stream, CancellationToken, Task>>> RunAsync(Actor actor, ExportQuery query, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Auditor))
        {
            return new Outcome<Func<Stream, CancellationToken, Task>>.Forbidden(ControlRoles.Auditor);
        }

        if (FormOf(query.Format) is not { } form)
        {
            return new Outcome<Func<Stream, CancellationToken, Task>>.Invalid("format", "A format is ocsf or cloudevents; a bundle is made of the log's own files.");
        }

        var (waiting, to) = (await entries.OldestWaitingAsync(cancellationToken), query.To ?? time.GetUtcNow() - settled);
        if (waiting < to && query.To is not null)
        {
            return new Outcome<Func<Stream, CancellationToken, Task>>.Conflict(string.Create(CultureInfo.InvariantCulture, $"Entries made since {waiting:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} are not in the log yet; export up to then, or later."));
        }

        var scan = new EntryScan { From = query.From ?? default, To = waiting < to ? waiting.Value : to, Acts = [.. query.Acts] };
        return new Outcome<Func<Stream, CancellationToken, Task>>.Done((target, token) => WriteAsync(target, form, scan, token));
    }

    private static Action<ExportedEntry, Stream>? FormOf(string format) => format switch
    {
        "ocsf" => OcsfEvent.Write,
        "cloudevents" => CloudEvent.Write,
        _ => null,
    };

    private async Task WriteAsync(Stream target, Action<ExportedEntry, Stream> form, EntryScan scan, CancellationToken cancellationToken)
    {
        var shards = ImmutableDictionary<long, LogShard>.Empty;
        using var lines = new MemoryStream();
        for (Guid? after = Guid.Empty; after is { } last;)
        {
            var page = await entries.ScanAsync(scan with { After = last }, cancellationToken);
            foreach (var entry in page.Entries)
            {
                if (!shards.ContainsKey(entry.Shard ?? 0))
                {
                    shards = (await log.ShardsAsync(cancellationToken)).ToImmutableDictionary(static shard => shard.Number);
                }

                form(new(entry, shards[entry.Shard ?? 0]), lines); // what is scanned is in the log
                lines.WriteByte((byte)'\n');
            }

            await target.WriteAsync(lines.GetBuffer().AsMemory(0, (int)lines.Length), cancellationToken);
            lines.SetLength(0);
            after = page.Next;
        }
    }
}

/// <summary>An entry on its way out.</summary>
internal sealed record ExportedEntry(KeptEntry Entry, LogShard Shard)
{
    /// <summary>The entry as it is hashed.</summary>
    public string Text => Encoding.UTF8.GetString(Entry.Bytes.Span);

    public string Id => Entry.Id.ToString("D");
}
