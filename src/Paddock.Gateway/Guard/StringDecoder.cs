using System.Buffers;
using System.Globalization;
using System.Text;

namespace Paddock.Gateway.Guard;

/// <summary>
/// Decodes the contents of JSON strings that are pieces of one text. A character outside the basic plane may be escaped as two
/// halves, and a provider may send them in two pieces.
/// </summary>
internal struct StringDecoder
{
    private char half;

    /// <param name="inner">Checked JSON string content, without quotes.</param>
    /// <returns>False when a half of a surrogate pair stands alone.</returns>
    public bool TryDecode(ReadOnlySpan<byte> inner, IBufferWriter<byte> into)
    {
        while (!inner.IsEmpty)
        {
            var plain = inner.IndexOf((byte)'\\');
            if (plain != 0)
            {
                if (half != 0)
                {
                    return false;
                }

                into.Write(plain < 0 ? inner : inner[..plain]);
                inner = plain < 0 ? default : inner[plain..];
                continue;
            }

            if (inner[1] != 'u')
            {
                if (half != 0)
                {
                    return false;
                }

                into.Write([Simple(inner[1])]);
                inner = inner[2..];
                continue;
            }

            var unit = (char)ushort.Parse(inner[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            inner = inner[6..];
            if (!TryTake(unit, into))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryTake(char unit, IBufferWriter<byte> into)
    {
        if (char.IsHighSurrogate(unit))
        {
            (var before, half) = (half, unit);
            return before == 0;
        }

        if (char.IsLowSurrogate(unit) != (half != 0))
        {
            return false;
        }

        var rune = half != 0 ? new Rune(half, unit) : new Rune(unit);
        half = '\0';
        into.Advance(rune.EncodeToUtf8(into.GetSpan(4)));
        return true;
    }

    private static byte Simple(byte letter) => letter switch
    {
        (byte)'n' => (byte)'\n',
        (byte)'t' => (byte)'\t',
        (byte)'r' => (byte)'\r',
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        _ => letter, // quote, backslash, slash
    };
}
