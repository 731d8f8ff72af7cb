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

/// <summary>Where entries are read one by one. Ids are in the order of time, so that newest is highest.</summary>
public interface IEntryReader
{
    Task<ImmutableArray<KeptEntry>> ListAsync(EntryQuery query, CancellationToken cancellationToken);

    /// <summary>The first entry of a span of time that has a text in it. Reads every entry of the span up to it, so let that be minutes.</summary>
    /// <param name="text">ASCII.</param>
    Task<KeptEntry?> FirstWithAsync(string text, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken);
}
