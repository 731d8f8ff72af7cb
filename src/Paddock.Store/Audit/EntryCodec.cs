using System.Buffers.Binary;
using System.Text;
using Paddock.Core.Audit;
using Paddock.Store.Dialects;
using Paddock.Store.Ledger;

namespace Paddock.Store.Audit;

/// <summary>Entries as records of the spool: frame, kind, id (16), time (8), act and ref with their lengths (2 each; none = 65,535), entry.</summary>
internal static class EntryCodec
{
    private const byte Kind = 16; // none of the ledger's, so that neither takes the other's records for its own
    private const ushort None = ushort.MaxValue;
    private const int Fixed = 1 + 16 + 8 + 2 + 2;

    public static byte[] Write(AuditEntry entry)
    {
        var (act, about) = (Encoding.UTF8.GetBytes(entry.Act), entry.Ref is null ? null : Encoding.UTF8.GetBytes(entry.Ref));
        var record = new byte[RecordFrame.HeaderBytes + Fixed + act.Length + (about?.Length ?? 0) + entry.Bytes.Length];
        var rest = record.AsSpan(RecordFrame.HeaderBytes);
        rest[0] = Kind;
        entry.Id.TryWriteBytes(rest[1..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt64LittleEndian(rest[17..], entry.MadeAt.ToMicros());
        BinaryPrimitives.WriteUInt16LittleEndian(rest[25..], (ushort)act.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(rest[27..], about is null ? None : (ushort)about.Length);
        act.CopyTo(rest[Fixed..]);
        about?.CopyTo(rest[(Fixed + act.Length)..]);
        entry.Bytes.Span.CopyTo(rest[(Fixed + act.Length + (about?.Length ?? 0))..]);
        RecordFrame.Seal(record);
        return record;
    }

    /// <summary>The entries of a segment up to its end, or to where writing broke off.</summary>
    public static List<AuditEntry> ReadAll(ReadOnlySpan<byte> segment)
    {
        var entries = new List<AuditEntry>();
        while (RecordFrame.TryRead(segment, out var body) is FrameResult.Complete)
        {
            if (body[0] == Kind)
            {
                entries.Add(Read(body));
            }

            segment = segment[(RecordFrame.HeaderBytes + body.Length)..];
        }

        return entries;
    }

    private static AuditEntry Read(ReadOnlySpan<byte> body)
    {
        var (act, about) = (BinaryPrimitives.ReadUInt16LittleEndian(body[25..]), BinaryPrimitives.ReadUInt16LittleEndian(body[27..]));
        var bytes = body[(Fixed + act + (about is None ? 0 : about))..].ToArray();
        return new(
            new Guid(body.Slice(1, 16), bigEndian: true), BinaryPrimitives.ReadInt64LittleEndian(body[17..]).ToTime(),
            Encoding.UTF8.GetString(body.Slice(Fixed, act)), about is None ? null : Encoding.UTF8.GetString(body.Slice(Fixed + act, about)), bytes);
    }
}
