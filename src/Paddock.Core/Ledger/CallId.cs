using System.Buffers.Binary;

namespace Paddock.Core.Ledger;

/// <summary>Id of one governed call: a UUIDv7, so that ids sort by time. Written <c>call_</c> and 32 hexadecimal digits.</summary>
public readonly record struct CallId(Guid Value)
{
    /// <summary>Random bytes that an id takes.</summary>
    public const int RandomBytes = 10;

    public static CallId Create(DateTimeOffset at) => new(Guid.CreateVersion7(at));

    /// <summary>The same with random bytes of one's own, for those who make many.</summary>
    /// <param name="at">Its milliseconds are the first 48 bits (RFC 9562 §5.7).</param>
    /// <param name="random"><see cref="RandomBytes"/> of them; six bits give way to version and variant.</param>
    public static CallId Create(DateTimeOffset at, ReadOnlySpan<byte> random)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, at.ToUnixTimeMilliseconds() << 16);
        random[..RandomBytes].CopyTo(bytes[6..]);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new(new Guid(bytes, bigEndian: true));
    }

    public static bool TryParse(string text, out CallId id)
    {
        id = default;
        if (text is not { Length: 37 } || !text.StartsWith("call_", StringComparison.Ordinal) || !Guid.TryParseExact(text.AsSpan(5), "N", out var guid))
        {
            return false;
        }

        id = new(guid);
        return true;
    }

    public override string ToString() => "call_" + Value.ToString("N");
}
