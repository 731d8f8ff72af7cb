using System.Collections.Immutable;

namespace Paddock.Core.Audit;

/// <summary>An entry of the audit log as it is kept.</summary>
/// <param name="Bytes">Canonical JSON: exactly these bytes are the leaf of the tree.</param>
/// <param name="Shard">Of the log; null, like <paramref name="Index"/>, while the entry is not in it.</param>
/// <param name="Index">Place in the shard, from 0.</param>
public sealed record KeptEntry(Guid Id, DateTimeOffset MadeAt, string Act, string? Ref, ReadOnlyMemory<byte> Bytes, long? Shard, long? Index);

/// <summary>Which entries, newest first.</summary>
public sealed record EntryQuery
{
    public string? Act { get; init; }

    /// <summary>What they are about, or the id of one.</summary>
    public string? Ref { get; init; }

    public DateTimeOffset? Since { get; init; }

    /// <summary>Only entries older than this one.</summary>
    public Guid? Before { get; init; }

    public int Limit { get; init; } = 100;
}

/// <summary>Entries, and where the next page begins.</summary>
/// <param name="Next">Null on the last page. A page may have fewer entries than were asked for, also none: no query looks through everything at once.</param>
public sealed record EntryPage(ImmutableArray<KeptEntry> Entries, Guid? Next);

/// <summary>Which entries, oldest first; only those under a published log checkpoint.</summary>
public sealed record EntryScan
{
    public DateTimeOffset From { get; init; }

    /// <summary>Before which they were made.</summary>
    public DateTimeOffset To { get; init; }

    /// <summary>Of these acts only; empty = of all.</summary>
    public ImmutableArray<string> Acts { get; init; } = [];

    /// <summary>Only entries newer than this one.</summary>
    public Guid After { get; init; }
}

/// <summary>Where entries are read one by one. Ids are in the order of time, so that newest is highest.</summary>
public interface IEntryReader
{
    Task<EntryPage> ListAsync(EntryQuery query, CancellationToken cancellationToken);

    /// <summary>A page of some hundred entries at most.</summary>
    Task<EntryPage> ScanAsync(EntryScan scan, CancellationToken cancellationToken);

    /// <summary>When the oldest entry was made that lies under no published log checkpoint yet; null when all do. Scans up to then miss nothing but what a device that was away brings later.</summary>
    Task<DateTimeOffset?> OldestWaitingAsync(CancellationToken cancellationToken);

    /// <summary>The first entry of a span of time that has a text in it. Reads every entry of the span up to it, so let that be minutes.</summary>
    /// <param name="text">ASCII.</param>
    Task<KeptEntry?> FirstWithAsync(string text, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken);
}
