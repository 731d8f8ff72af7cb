namespace Paddock.Store.Backups;

/// <summary>What a backup holds.</summary>
/// <param name="Path">The file.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Schema">Schema version.</param>
/// <param name="CreatedAt">The moment whose state it holds.</param>
/// <param name="Rows">Rows of all tables.</param>
public sealed record BackupSummary(string Path, long Bytes, int Schema, DateTimeOffset CreatedAt, long Rows);
