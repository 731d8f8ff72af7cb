using System.Collections.Frozen;

namespace Paddock.Core.Audit.Masking;

/// <summary>International bank account numbers (ISO 13616), together or in groups of four.</summary>
internal static class AccountDetector
{
    private const int Longest = 34;

    /// <summary>Lengths by country, from the registry of ISO 13616.</summary>
    private static readonly FrozenDictionary<string, int> lengths =
        ("AE23 AT20 BE16 BG22 BR29 CH21 CY28 CZ24 DE22 DK18 EE20 ES24 FI18 FR27 GB22 GI23 GR27 HR21 HU28 IE22 IL23 IS26 IT27 LI21 LT20 LU20 LV21 MC27 MT31 NL18 NO15 PL28 PT25 RO24 SA24 SE24 SI19 SK24 "
            + "SM27 TR26 UA29").Split(' ').ToFrozenDictionary(static one => one[..2], static one => int.Parse(one[2..]), StringComparer.Ordinal);

    public static void Find(ReadOnlySpan<char> text, List<Finding> into)
    {
        for (var at = 0; at < text.Length && text[at..].IndexOfAnyInRange('A', 'Z') is >= 0 and var next; at++)
        {
            at += next;
            var length = at + 2 < text.Length && lengths.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text.Slice(at, 2), out var count) && CardDetector.IsAlone(text, at) ? LengthAt(text[at..], count) : 0;
            if (length > 0)
            {
                into.Add(new(at, length, MaskKinds.Iban));
                at += length - 1;
            }
        }
    }

    private static int LengthAt(ReadOnlySpan<char> text, int count)
    {
        Span<char> compact = stackalloc char[Longest];
        var (at, taken) = (0, 0);
        for (; taken < count && at < text.Length; at++)
        {
            if (char.IsAsciiLetterUpper(text[at]) || char.IsAsciiDigit(text[at]))
            {
                compact[taken++] = text[at];
            }
            else if (text[at] != ' ' || taken % 4 != 0)
            {
                return 0;
            }
        }

        return taken == count && CharSets.IsOver(text, at) && IsAccount(compact[..count]) ? at : 0;
    }

    /// <summary>ISO 7064 MOD 97-10 over the number with its first four characters moved to the end.</summary>
    private static bool IsAccount(ReadOnlySpan<char> compact)
    {
        var rest = 0;
        for (var i = 0; i < compact.Length; i++)
        {
            var c = compact[(i + 4) % compact.Length];
            rest = char.IsAsciiDigit(c) ? ((rest * 10) + c - '0') % 97 : ((rest * 100) + c - 'A' + 10) % 97;
        }

        return rest == 1;
    }
}
