using System.Buffers.Binary;

namespace Paddock.Core.Audit.Tiles;

/// <summary>Up to 256 entries of a log, one after the other: a length of two bytes, big-endian, then the entry (c2sp.org/tlog-tiles).</summary>
public static class EntryBundle
{
    /// <summary>Bytes of the longest entry.</summary>
    public const int LongestEntry = ushort.MaxValue;

    public static byte[] Write(IReadOnlyCollection<ReadOnlyMemory<byte>> entries)
    {
        var bytes = new byte[entries.Sum(entry => sizeof(ushort) + entry.Length)];
        var at = 0;
        foreach (var entry in entries)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at), checked((ushort)entry.Length));
            entry.Span.CopyTo(bytes.AsSpan(at += sizeof(ushort)));
            at += entry.Length;
        }

        return bytes;
    }

    /// <returns>Null when the bytes are no bundle: a length that leads beyond the end.</returns>
    public static List<ReadOnlyMemory<byte>>? Read(ReadOnlyMemory<byte> bundle)
    {
        var entries = new List<ReadOnlyMemory<byte>>(TileId.Full);
        while (bundle.Length > 0)
        {
            if (bundle.Length < sizeof(ushort) || BinaryPrimitives.ReadUInt16BigEndian(bundle.Span) is var length && bundle.Length < sizeof(ushort) + length)
            {
                return null;
            }

            entries.Add(bundle.Slice(sizeof(ushort), length));
            bundle = bundle[(sizeof(ushort) + length)..];
        }

        return entries;
    }
}
