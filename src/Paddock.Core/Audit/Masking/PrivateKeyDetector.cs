namespace Paddock.Core.Audit.Masking;

/// <summary>Private keys in PEM (RFC 7468) and PuTTY's form, to their end or to that of the text.</summary>
internal static class PrivateKeyDetector
{
    private const string Begin = "-----BEGIN ", End = "-----END ", Dashes = "-----", PuTTY = "PuTTY-User-Key-File-", Lines = "Private-Lines:", Mac = "Private-MAC:";
    private const int LongestLabel = 60;

    public static void Find(ReadOnlySpan<char> text, List<Finding> into)
    {
        for (var at = 0; at < text.Length && text[at..].IndexOf(Begin, StringComparison.Ordinal) is >= 0 and var next; at++)
        {
            at += next;
            var label = text[(at + Begin.Length)..Math.Min(text.Length, at + Begin.Length + LongestLabel)];
            label = label[..Math.Max(0, label.IndexOf(Dashes, StringComparison.Ordinal))];
            if (label.Contains("PRIVATE KEY", StringComparison.Ordinal))
            {
                var end = EndOf(text, at);
                into.Add(new(at, end - at, MaskKinds.PrivateKey));
                at = end - 1;
            }
        }

        if (text.IndexOf(PuTTY, StringComparison.Ordinal) >= 0 && text.IndexOf(Lines, StringComparison.Ordinal) is >= 0 and var lines)
        {
            var start = lines + Lines.Length;
            var mac = text[start..].IndexOf(Mac, StringComparison.Ordinal);
            var length = mac < 0 ? text.Length - start : mac;
            if (!text.Slice(start, length).IsWhiteSpace())
            {
                into.Add(new(start, length, MaskKinds.PrivateKey));
            }
        }
    }

    private static int EndOf(ReadOnlySpan<char> text, int begin)
    {
        var end = text[begin..].IndexOf(End, StringComparison.Ordinal);
        var dashes = end < 0 ? -1 : text[(begin + end + End.Length)..].IndexOf(Dashes, StringComparison.Ordinal);
        return dashes < 0 ? text.Length : begin + end + End.Length + dashes + Dashes.Length;
    }
}
