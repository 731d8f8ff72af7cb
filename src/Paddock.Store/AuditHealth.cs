namespace Paddock.Store;

/// <summary>What the audit log says about itself, for <c>/readyz</c>.</summary>
public sealed record AuditHealth
{
    /// <summary>Whether entries can be written at all; while not, mutating tool calls are refused.</summary>
    public required bool Available { get; init; }

    /// <summary>Whether the database took the last that was offered to it; otherwise a file does.</summary>
    public required bool DatabaseTakes { get; init; }

    /// <summary>What lies in the file and is not in the database yet, bytes.</summary>
    public required long SpooledBytes { get; init; }

    /// <summary>Until when mutating tool calls go on although neither device takes entries; null = they do not.</summary>
    public required DateTimeOffset? GlassBrokenUntil { get; init; }

    /// <summary>Age of the oldest entry that is not in the log yet; looked at every ten seconds.</summary>
    public required TimeSpan Behind { get; init; }

    /// <summary>Why the log is not signed any more until somebody decides; null = it has not halted.</summary>
    public required string? Halted { get; init; }

    /// <summary>When a witness last signed that it keeps a log checkpoint; null = never. Looked at every ten seconds.</summary>
    public required DateTimeOffset? KeptOutside { get; init; }

    /// <summary>Room on the fuller of the disks, bytes.</summary>
    public required long FreeBytes { get; init; }

    /// <summary><c>ok</c>, <c>low</c> or <c>critical</c>.</summary>
    public required string Disk { get; init; }
}
