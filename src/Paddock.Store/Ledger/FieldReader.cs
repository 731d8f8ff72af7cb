using System.Buffers.Binary;

namespace Paddock.Store.Ledger;

/// <summary>Reads the values of a record in their order. Past its end everything is null or 0: the record is of an older version.</summary>
internal ref struct FieldReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> rest = bytes;

    public byte Byte() => Take(1) is [var value] ? value : (byte)0;

    public bool Flag() => Byte() != 0;

    public Guid Id() => Take(16) is { Length: 16 } bytes ? new(bytes, bigEndian: true) : Guid.Empty;

    public ReadOnlySpan<byte> IdBytes() => Take(16);

    public long Int() => Take(8) is { Length: 8 } bytes ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : 0;

    public long? OptionalInt() => Flag() ? Int() : null;

    /// <summary>False when the text is null.</summary>
    public bool Text(out ReadOnlySpan<byte> utf8)
    {
        var length = Take(2) is { Length: 2 } bytes ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : 0;
        utf8 = length > 1 ? Take(length - 1) : default;
        return length > 0;
    }

    /// <summary>The next group of fields.</summary>
    public ReadOnlySpan<byte> Group() => Take(4) is { Length: 4 } bytes ? Take(BinaryPrimitives.ReadInt32LittleEndian(bytes)) : default;

    public void Skip(FieldKind kind)
    {
        switch (kind)
        {
            case FieldKind.Id: Take(16); break;
            case FieldKind.Int: Take(8); break;
            case FieldKind.Flag: Take(1); break;
            case FieldKind.OptionalInt: OptionalInt(); break;
            default: Text(out _); break;
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > rest.Length)
        {
            rest = default;
            return default;
        }

        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }
}
