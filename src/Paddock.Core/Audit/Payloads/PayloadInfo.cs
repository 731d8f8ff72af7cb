namespace Paddock.Core.Audit.Payloads;

/// <summary>Kept content, without the content.</summary>
/// <param name="Task">Null when it belonged to none, and when it was redacted.</param>
/// <param name="Principal">Null when it was redacted.</param>
/// <param name="Length">In bytes; 0 when it was redacted.</param>
/// <param name="IsHeld">Whether a legal hold stands on it.</param>
public sealed record PayloadInfo(PayloadId Id, DataKeyId Key, DateTimeOffset KeptAt, string? Task, string? Principal, int Length, DateTimeOffset? RedactedAt, bool IsHeld);

/// <summary>What came of asking for content.</summary>
public abstract record PayloadReading
{
    private PayloadReading()
    {
    }

    /// <param name="Bytes">The masked content.</param>
    /// <param name="Salt">32 bytes; with the content it proves the commitment of the entry (<see cref="Disclosure"/>).</param>
    public sealed record Content(PayloadInfo Info, ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte> Salt) : PayloadReading;

    /// <summary>It is not there: it never was, was forgotten, or a backup was restored since.</summary>
    public sealed record Missing : PayloadReading;

    public sealed record Redacted(DateTimeOffset At) : PayloadReading;

    /// <summary>Its key was destroyed.</summary>
    public sealed record Shredded(DataKeyId Key) : PayloadReading;

    /// <summary>Its key is kept elsewhere, or was lost.</summary>
    public sealed record NoKey(DataKeyId Key) : PayloadReading;

    /// <summary>Row or key are not as they were.</summary>
    public sealed record Damaged : PayloadReading;
}
