namespace Paddock.Core.Policies.Matching;

/// <summary>Sets of rules, one bit each.</summary>
internal static class RuleBits
{
    public static ulong[] Of(RuleEntry[] entries, Func<RuleEntry, bool> has)
    {
        var bits = new ulong[(entries.Length + 63) / 64];
        for (var i = 0; i < entries.Length; i++)
        {
            bits[i / 64] |= has(entries[i]) ? 1UL << (i % 64) : 0;
        }

        return bits;
    }

    public static void Set(Span<ulong> bits, int at) => bits[at / 64] |= 1UL << (at % 64);

    public static void And(Span<ulong> bits, ReadOnlySpan<ulong> others)
    {
        for (var i = 0; i < bits.Length; i++)
        {
            bits[i] &= others[i];
        }
    }

    public static void Or(Span<ulong> bits, ReadOnlySpan<ulong> others)
    {
        for (var i = 0; i < bits.Length; i++)
        {
            bits[i] |= others[i];
        }
    }
}
