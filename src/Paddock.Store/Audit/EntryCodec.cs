using System.Buffers.Binary;
using System.Text;
using Paddock.Core.Audit;
using Paddock.Store.Dialects;
using Paddock.Store.Ledger;

namespace Paddock.Store.Audit;

/// <summary>Entries as records of the spool: frame, kind, file (8), id (16), time (8), act and ref with their lengths (2 each; none = 65,535), entry.</summary>
internal static class EntryCodec
{
    private const byte Kind = 16; // none of the ledger's, so that neither takes the other's records for its own
    private const ushort None = ushort.MaxValue;
    private const int Fixed = 1 + 8 + 16 + 8 + 2 + 2;

    /// <summary>Entries behind each other, for one write.</summary>
    /// <param name="file">Stands in each: a file is written over, and what lies behind its last record is of an earlier one.</param>
    public static byte[] WriteAll(IReadOnlyList<AuditEntry> entries, long file)
    {
        var records = new byte[entries.Sum(Length)];
        var rest = records.AsSpan();
        foreach (var entry in entries)
        {
            var length = Length(entry);
            Write(entry, file, rest[..length]);
            rest = rest[length..];
        }

        return records;
    }

    /// <summary>The entries of a file up to its end, or to where writing broke off.</summary>
    /// <param name="bytes">The entries keep parts of it.</param>
    /// <param name="file">As it was written.</param>
    public static List<AuditEntry> ReadAll(ReadOnlyMemory<byte> bytes, long file)
    {
        var entries = new List<AuditEntry>();
        while (RecordFrame.TryRead(bytes.Span, out var body) is FrameResult.Complete && body[0] == Kind && BinaryPrimitives.ReadInt64LittleEndian(body[1..]) == file)
        {
            entries.Add(Read(bytes.Slice(RecordFrame.HeaderBytes, body.Length)));
            bytes = bytes[(RecordFrame.HeaderBytes + body.Length)..];
        }

        return entries;
    }

    private static int Length(AuditEntry entry) =>
        RecordFrame.HeaderBytes + Fixed + Encoding.UTF8.GetByteCount(entry.Act) + Encoding.UTF8.GetByteCount(entry.Ref ?? "") + entry.Bytes.Length;

    private static void Write(AuditEntry entry, long file, Span<byte> record)
    {
        var body = record[RecordFrame.HeaderBytes..];
        body[0] = Kind;
        BinaryPrimitives.WriteInt64LittleEndian(body[1..], file);
        entry.Id.TryWriteBytes(body[9..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt64LittleEndian(body[25..], entry.MadeAt.ToMicros());
        var act = Encoding.UTF8.GetBytes(entry.Act, body[Fixed..]);
        var about = Encoding.UTF8.GetBytes(entry.Ref ?? "", body[(Fixed + act)..]);
        BinaryPrimitives.WriteUInt16LittleEndian(body[33..], (ushort)act);
        BinaryPrimitives.WriteUInt16LittleEndian(body[35..], entry.Ref is null ? None : (ushort)about);
        entry.Bytes.Span.CopyTo(body[(Fixed + act + about)..]);
        RecordFrame.Seal(record);
    }

    private static AuditEntry Read(ReadOnlyMemory<byte> record)
    {
        var body = record.Span;
        var (act, about) = (BinaryPrimitives.ReadUInt16LittleEndian(body[33..]), BinaryPrimitives.ReadUInt16LittleEndian(body[35..]));
        return new(
            new Guid(body.Slice(9, 16), bigEndian: true), BinaryPrimitives.ReadInt64LittleEndian(body[25..]).ToTime(),
            Encoding.UTF8.GetString(body.Slice(Fixed, act)), about is None ? null : Encoding.UTF8.GetString(body.Slice(Fixed + act, about)),
            record[(Fixed + act + (about is None ? 0 : about))..]);
    }
}
