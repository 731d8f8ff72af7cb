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

    /// <summary>False when the name (after decoding) is in the set already.</summary>
    public bool Add(JsonName name, ReadOnlySpan<byte> body)
    {
        if (decoded is null && (name.IsEscaped || count == seen.Length))
        {
            Decode(body);
        }

        if (decoded is not null)
        {
            return decoded.Add(JsonText.Decode(name.Text, name.IsEscaped, body));
        }

        var text = name.Text.Of(body);
        foreach (var range in seen[..count])
        {
            if (range.Length == text.Length && range.Of(body).SequenceEqual(text))
            {
                return false;
            }
        }

        seen[count++] = name.Text;
        return true;
    }

    private void Decode(ReadOnlySpan<byte> body)
    {
        decoded = new(StringComparer.Ordinal);
        foreach (var range in seen[..count])
        {
            decoded.Add(JsonText.Decode(range, isEscaped: false, body));
        }
    }
}
