namespace Paddock.Store.Backups;

/// <summary>A backup cannot be taken back, and nothing was changed. The message says why, for the operator.</summary>
public sealed class BackupException(string message, Exception? inner = null) : Exception(message, inner);
