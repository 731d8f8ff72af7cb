using System.Buffers;

namespace Paddock.Gateway.Protocols;

/// <summary>One SSE event taken apart: its name and its data, each a part of the event's bytes.</summary>
internal readonly ref struct SseEvent
{
    public ReadOnlySpan<byte> Name { get; private init; }

    /// <summary>The data field. Several data lines are joined by LF (then it is a copy); empty when there is none.</summary>
    public ReadOnlySpan<byte> Data { get; private init; }

    /// <summary>Where <see cref="Data"/> starts in the event, or -1 when it is a copy.</summary>
    public int DataStart { get; private init; }

    public static SseEvent Parse(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> name = default, data = default;
        ArrayBufferWriter<byte>? joined = null;
        var dataStart = 0;
        // A stream may begin with a byte order mark, which clients pass over: what they read must be read here too.
        var position = bytes.StartsWith("\uFEFF"u8) ? 3 : 0;
        while (position < bytes.Length)
        {
            var rest = bytes[position..];
            var length = rest.IndexOfAny((byte)'\n', (byte)'\r');
            var line = length < 0 ? rest : rest[..length];
            if (IsField(line, "data"u8, out var valueAt))
            {
                if (data.IsEmpty)
                {
                    data = line[valueAt..];
                    dataStart = position + valueAt;
                }
                else
                {
                    joined ??= Copy(data);
                    joined.Write("\n"u8);
                    joined.Write(line[valueAt..]);
                }
            }
            else if (IsField(line, "event"u8, out valueAt))
            {
                name = line[valueAt..];
            }

            position += line.Length + 1;
        }

        return joined is null ? new() { Name = name, Data = data, DataStart = dataStart } : new() { Name = name, Data = joined.WrittenSpan, DataStart = -1 };
    }

    /// <summary>The space after the colon is optional.</summary>
    private static bool IsField(ReadOnlySpan<byte> line, ReadOnlySpan<byte> field, out int valueAt)
    {
        valueAt = field.Length + 1;
        if (line.Length < valueAt || line[field.Length] != ':' || !line.StartsWith(field))
        {
            return false;
        }

        valueAt += line.Length > valueAt && line[valueAt] == ' ' ? 1 : 0;
        return true;
    }

    private static ArrayBufferWriter<byte> Copy(ReadOnlySpan<byte> first)
    {
        var writer = new ArrayBufferWriter<byte>();
        writer.Write(first);
        return writer;
    }
}
