using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Paddock.Store.Ledger;

/// <summary>What a journal record is about; its first byte.</summary>
internal enum RecordKind : byte
{
    /// <summary>Written to see whether the disk takes records again; says nothing.</summary>
    Probe = 0,
    Opening = 1,
    Closing = 2,
    /// <summary>A process began to write: every call that is open before it is lost.</summary>
    Started = 3,
}

/// <summary>The outcome of looking for a record.</summary>
internal enum FrameResult
{
    Complete,
    /// <summary>The bytes end before the record does.</summary>
    Short,
    /// <summary>These bytes are no record.</summary>
    Torn,
}

/// <summary>The frame of a record: its length (4 bytes, little-endian) and the CRC-32C of the rest (4 bytes), then kind and values.</summary>
internal static class RecordFrame
{
    public const int HeaderBytes = 8;
    private const int MaxBytes = 16 << 20;

    public static void Seal(Span<byte> record)
    {
        BinaryPrimitives.WriteInt32LittleEndian(record, record.Length - HeaderBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(record[4..], Checksum(record[HeaderBytes..]));
    }

    /// <param name="bytes">From the beginning of a record on.</param>
    /// <param name="body">Kind and values, when complete.</param>
    public static FrameResult TryRead(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> body)
    {
        body = default;
        if (bytes.Length < HeaderBytes)
        {
            return FrameResult.Short;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        if (length is < 1 or > MaxBytes)
        {
            return FrameResult.Torn;
        }

        if (bytes.Length < HeaderBytes + length)
        {
            return FrameResult.Short;
        }

        body = bytes.Slice(HeaderBytes, length);
        return Checksum(body) == BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) ? FrameResult.Complete : FrameResult.Torn;
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            crc = BitOperations.Crc32C(crc, BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word));
        }

        foreach (var one in bytes[(words.Length * 8)..])
        {
            crc = BitOperations.Crc32C(crc, one);
        }

        return ~crc;
    }
}
