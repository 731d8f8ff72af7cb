namespace Paddock.Core.Audit.Tiles;

/// <summary>One shard of the log as it is told to those who check it. A log of its own; its first entry names the end of the one before.</summary>
/// <param name="Number">From 1; numbers may be missing only before one that was <paramref name="Restarted"/>.</param>
/// <param name="VerifierKey">As a line; its name is the origin.</param>
/// <param name="Size">Entries under its newest published checkpoint; 0 when there is none.</param>
/// <param name="Root">Its root; null when there is none.</param>
/// <param name="Closed">When its last entry was made; null while entries come into it.</param>
/// <param name="Archived">When its entries were taken out of the database; null while they are there.</param>
/// <param name="Restarted">It does not continue the one before: that was not signed to its end, or is not in this database.</param>
public sealed record LogShard(
    long Number, string Origin, string VerifierKey, long Size, string? Root, DateTimeOffset Opened, DateTimeOffset? Closed, DateTimeOffset? Archived, bool Restarted);
