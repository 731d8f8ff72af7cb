using System.Buffers;

namespace Paddock.Core.Audit.Masking;

/// <summary>Tokens with a form of their own, JSON Web Tokens, and the tokens of bots that look like them.</summary>
internal static class TokenDetector
{
    private static readonly SearchValues<string> anchors = SearchValues.Create([.. TokenFormats.All.Select(static format => format.Anchor).Distinct()], StringComparison.Ordinal);

    private static readonly ILookup<char, TokenFormat> byFirst = TokenFormats.All.OrderByDescending(static format => format.Anchor.Length).ToLookup(static format => format.Anchor[0]);

    public static void Find(ReadOnlySpan<char> text, List<Finding> into)
    {
        for (var at = 0; at < text.Length && text[at..].IndexOfAny(anchors) is >= 0 and var next; at++)
        {
            at += next;
            foreach (var format in byFirst[text[at]])
            {
                if (Match(text, at, format) is { } finding)
                {
                    into.Add(finding);
                    at = finding.End - 1;
                    break;
                }
            }
        }

        FindDotted(text, into);
    }

    private static Finding? Match(ReadOnlySpan<char> text, int at, TokenFormat format)
    {
        if (!text[at..].StartsWith(format.Anchor, StringComparison.Ordinal))
        {
            return null;
        }

        var start = at;
        if (format.Before > 0)
        {
            var before = CharSets.RunBack(text[..at], format.BeforeChars);
            if (before < format.Before || (before > Math.Max(format.Before, format.MostBefore) && format.MostBefore > 0))
            {
                return null;
            }

            start -= format.MostBefore > 0 ? before : format.Before;
        }

        var begin = at + format.Anchor.Length;
        var body = text.Slice(begin, CharSets.Run(text[begin..], format.Body)).TrimEnd(".-_");
        var isForm = body.Length >= format.Least && body.Length <= format.Most && CharSets.IsOver(text, begin + body.Length) && CharSets.Begins(text, start);
        return isForm && (!format.IsCommon || RandomText.LooksRandom(body)) ? new(start, begin + body.Length - start, format.Kind) : null;
    }

    /// <summary>Parts with dots between them. A JSON Web Token (RFC 7519) begins with a JSON object in base64url.</summary>
    private static void FindDotted(ReadOnlySpan<char> text, List<Finding> into)
    {
        for (var dot = 0; dot < text.Length && text[dot..].IndexOf('.') is >= 0 and var next; dot++)
        {
            dot += next;
            var first = CharSets.RunBack(text[..dot], TokenChars.Url);
            var second = first < 10 ? 0 : CharSets.Run(text[(dot + 1)..], TokenChars.Url);
            if (second < 4)
            {
                continue;
            }

            var head = text.Slice(dot - first, first);
            var end = dot + 1 + second;
            var third = end < text.Length && text[end] == '.' ? CharSets.Run(text[(end + 1)..], TokenChars.Url) : 0;
            if (head.IndexOf("eyJ", StringComparison.Ordinal) is >= 0 and var json && CharSets.Begins(text, dot - first + json) && (third > 0 || text[dot..].StartsWith(".eyJ", StringComparison.Ordinal)))
            {
                end += CharSets.Run(text[end..], TokenChars.Dotted);
                into.Add(new(dot - first + json, end - (dot - first + json), MaskKinds.Jwt));
                dot = end - 1;
            }
            else if (first is >= 24 and <= 28 && head[0] is 'M' or 'N' or 'O' && second is 6 or 7 && third is >= 27 and <= 40 && RandomText.LooksRandom(head))
            {
                into.Add(new(dot - first, end + 1 + third - (dot - first), TokenFormats.Bot));
                dot = end + third;
            }
        }
    }
}
