using System.Text;
using Paddock.Core.Audit.Payloads;

namespace Paddock.Core.Audit.Masking;

/// <summary>
/// What stands in the place of what was masked: <c>[secret:github-token:1a2b3c4d]</c>, <c>[personal:email:1a2b3c4d]</c>. The digits are a keyed hash, so that
/// equal values have equal placeholders as long as the key is the same, and nobody without it can try values out.
/// </summary>
internal static class Placeholder
{
    private const string Secret = "[secret:", Personal = "[personal:";
    private const int Digits = 8;

    /// <summary>Longest placeholder, in characters.</summary>
    public static readonly int Longest = Personal.Length + TokenFormats.All.Max(static format => format.Kind.Length) + 1 + Digits + 1;

    /// <param name="value">UTF-8, or bytes that are no text.</param>
    public static string For(string kind, ReadOnlySpan<byte> value, DataKey key)
    {
        var digits = Convert.ToHexStringLower(key.Hash("mask", [.. Encoding.ASCII.GetBytes(kind), 0, .. value]).AsSpan(0, Digits / 2));
        return $"{(MaskKinds.IsPersonal(kind) ? Personal : Secret)}{kind}:{digits}]";
    }

    /// <summary>The next placeholder at or after a place; length 0 when there is none.</summary>
    public static (int Start, int Length) Next(ReadOnlySpan<char> text, int from)
    {
        for (var at = from; at < text.Length && text[at..].IndexOf('[') is >= 0 and var open; at++)
        {
            at += open;
            if (LengthAt(text[at..]) is > 0 and var length)
            {
                return (at, length);
            }
        }

        return (text.Length, 0);
    }

    private static int LengthAt(ReadOnlySpan<char> text)
    {
        var head = text.StartsWith(Secret, StringComparison.Ordinal) ? Secret.Length : text.StartsWith(Personal, StringComparison.Ordinal) ? Personal.Length : 0;
        var kind = head == 0 ? -1 : text[head..Math.Min(text.Length, Longest)].IndexOf(':');
        var end = head + kind + 1 + Digits;
        return kind > 0 && text.Length > end && text[end] == ']' && MaskKinds.IsKnown(text.Slice(head, kind)) && !text.Slice(head + kind + 1, Digits).ContainsAnyExcept("0123456789abcdef") ? end + 1 : 0;
    }
}
