namespace Paddock.Core.Audit.Tiles;

/// <summary>Base64 (RFC 4648, section 4) in its one form: padded, no blanks, no stray bits. Two texts of one signature would be two notes.</summary>
public static class StrictBase64
{
    /// <returns>Null when the text is not what encoding gives.</returns>
    public static byte[]? Decode(ReadOnlySpan<char> text)
    {
        var bytes = new byte[(text.Length / 4 * 3) + 3];
        if (!Convert.TryFromBase64Chars(text, bytes, out var count))
        {
            return null;
        }

        var decoded = bytes[..count];
        return text.SequenceEqual(Convert.ToBase64String(decoded)) ? decoded : null;
    }
}
