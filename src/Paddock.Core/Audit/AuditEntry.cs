namespace Paddock.Core.Audit;

/// <summary>An entry as the log has it.</summary>
/// <param name="Id">UUIDv7; the same entry handed in twice is one.</param>
/// <param name="Ref">As <see cref="AuditEvent.Ref"/>.</param>
/// <param name="Bytes">Canonical JSON (RFC 8785) in UTF-8, at most <see cref="Longest"/> bytes: what is hashed.</param>
public sealed record AuditEntry(Guid Id, DateTimeOffset MadeAt, string Act, string? Ref, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The length prefix of an entry bundle has 16 bits (C2SP tlog-tiles).</summary>
    public const int Longest = ushort.MaxValue;

    /// <summary>Writes down what happened.</summary>
    /// <exception cref="ArgumentException">It would be longer than an entry may be.</exception>
    public static AuditEntry Of(AuditEvent what, Guid id, DateTimeOffset now, SealingKey key) =>
        new(id, now, what.Act, what.Ref, EntryJson.Write(what, id, now, key));
}
