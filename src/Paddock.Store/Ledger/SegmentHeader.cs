using System.Buffers.Binary;

namespace Paddock.Store.Ledger;

/// <summary>The first 32 bytes of a segment: <c>PADDOCKJ</c>, format (4 bytes), 4 reserved, and the id of the journal.</summary>
internal static class SegmentHeader
{
    public const int Bytes = 32;
    private const int Format = 1;

    public static byte[] Write(Guid journal)
    {
        var bytes = new byte[Bytes];
        "PADDOCKJ"u8.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), Format);
        journal.TryWriteBytes(bytes.AsSpan(16), bigEndian: true, out _);
        return bytes;
    }

    /// <summary>The journal's id; null when the header was never written whole (the process died while it began the segment).</summary>
    /// <exception cref="InvalidDataException">The segment was written by a newer version.</exception>
    public static Guid? Read(IJournalFile file)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        if (file.Read(bytes, 0) < Bytes || !bytes[..8].SequenceEqual("PADDOCKJ"u8))
        {
            return null;
        }

        return BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]) is var format && format == Format
            ? new Guid(bytes[16..], bigEndian: true)
            : throw new InvalidDataException($"A journal segment has format {format}; this version of Paddock knows {Format}. Start the version that wrote it, let it stop cleanly, and try again.");
    }
}
