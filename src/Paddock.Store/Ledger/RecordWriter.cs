using System.Buffers.Binary;
using System.Text;

namespace Paddock.Store.Ledger;

/// <summary>Builds one journal record in a buffer that is used again and again by its thread.</summary>
internal sealed class RecordWriter
{
    /// <summary>
    /// Texts are cut to this many characters: 2 KB of UTF-8 is what an index row of PostgreSQL holds, and nobody's session id may
    /// make the ledger fat, or stop it.
    /// </summary>
    public const int MaxText = 512;

    [ThreadStatic]
    private static RecordWriter? ofThread;

    private byte[] buffer = new byte[4096];
    private int length;

    /// <summary>This thread's writer, emptied, with room for the frame.</summary>
    public static RecordWriter Begin(RecordKind kind)
    {
        var writer = ofThread ??= new();
        writer.length = RecordFrame.HeaderBytes;
        writer.Byte((byte)kind);
        return writer;
    }

    /// <summary>The whole record with its frame, valid until the next <see cref="Begin"/> on this thread.</summary>
    public ReadOnlySpan<byte> End()
    {
        var record = buffer.AsSpan(0, length);
        RecordFrame.Seal(record);
        return record;
    }

    public void Byte(byte value)
    {
        Reserve(1);
        buffer[length++] = value;
    }

    public void Flag(bool value) => Byte(value ? (byte)1 : (byte)0);

    public void Id(Guid value)
    {
        Reserve(16);
        value.TryWriteBytes(buffer.AsSpan(length), bigEndian: true, out _);
        length += 16;
    }

    public void Int(long value)
    {
        Reserve(8);
        BinaryPrimitives.WriteInt64LittleEndian(buffer.AsSpan(length), value);
        length += 8;
    }

    public void OptionalInt(long? value)
    {
        Flag(value.HasValue);
        if (value is { } number)
        {
            Int(number);
        }
    }

    public void Text(string? value)
    {
        if (value is null)
        {
            Reserve(2);
            BinaryPrimitives.WriteUInt16LittleEndian(buffer.AsSpan(length), 0);
            length += 2;
            return;
        }

        var text = value.AsSpan(0, Math.Min(value.Length, MaxText));
        if (text.Contains('\0'))
        {
            // PostgreSQL has no NUL in texts.
            text = text.ToString().Replace('\0', '\uFFFD');
        }

        Raw(text);
    }

    /// <summary>Names as a JSON array; those that no longer fit in a text are left out.</summary>
    public void Names(IReadOnlyList<string> names)
    {
        if (names.Count == 0)
        {
            Raw("[]");
            return;
        }

        Raw(TeamNames.Format(names));
    }

    /// <summary>Leaves room for the length of a group of fields.</summary>
    public int BeginGroup()
    {
        Reserve(4);
        length += 4;
        return length;
    }

    public void EndGroup(int start) => BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(start - 4), length - start);

    private void Raw(ReadOnlySpan<char> text)
    {
        Reserve(2 + (text.Length * 3));
        var bytes = Encoding.UTF8.GetBytes(text, buffer.AsSpan(length + 2));
        BinaryPrimitives.WriteUInt16LittleEndian(buffer.AsSpan(length), (ushort)(bytes + 1));
        length += 2 + bytes;
    }

    private void Reserve(int bytes)
    {
        if (length + bytes > buffer.Length)
        {
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + bytes));
        }
    }
}
