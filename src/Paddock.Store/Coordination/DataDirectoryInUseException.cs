namespace Paddock.Store.Coordination;

/// <summary>Another process owns the data directory.</summary>
/// <param name="directory">The data directory.</param>
/// <param name="processId">Of the owner; null when it could not be learnt.</param>
public sealed class DataDirectoryInUseException(string directory, int? processId) : Exception(
    $"The data directory {directory} is in use by {(processId is { } pid ? $"process {pid}" : "another process")}. One directory belongs to one running Paddock.")
{
    public string Directory => directory;

    public int? ProcessId => processId;
}
