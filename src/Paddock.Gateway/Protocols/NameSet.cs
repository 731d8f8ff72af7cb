using System.Text.Json;

namespace Paddock.Gateway.Protocols;

/// <summary>
/// The member names seen in one JSON object, to refuse duplicates: a reader that stops at the first match and one that takes the
/// last would see different requests, and a policy could be walked past. Plain names are compared in place; an escaped name, or
/// more than the scratch holds, moves the set to decoded strings.
/// </summary>
internal ref struct NameSet(Span<ByteRange> scratch)
{
    private readonly Span<ByteRange> seen = scratch;
    private int count;
    private HashSet<string>? decoded;

    /// <summary>False when the name (after decoding) is in the set already. The reader stands on the property name.</summary>
    public bool Add(in Utf8JsonReader reader, ReadOnlySpan<byte> body)
    {
        if (decoded is null && (reader.ValueIsEscaped || count == seen.Length))
        {
            Decode(body);
        }

        if (decoded is not null)
        {
            return decoded.Add(reader.GetString()!); // a property name is never null
        }

        var name = reader.ValueSpan;
        foreach (var range in seen[..count])
        {
            if (range.Length == name.Length && range.Of(body).SequenceEqual(name))
            {
                return false;
            }
        }

        seen[count++] = new((int)reader.TokenStartIndex + 1, name.Length);
        return true;
    }

    private void Decode(ReadOnlySpan<byte> body)
    {
        decoded = new(StringComparer.Ordinal);
        foreach (var range in seen[..count])
        {
            decoded.Add(System.Text.Encoding.UTF8.GetString(range.Of(body)));
        }
    }
}
