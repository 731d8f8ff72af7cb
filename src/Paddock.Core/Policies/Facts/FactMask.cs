namespace Paddock.Core.Policies.Facts;

/// <summary>A set of facts.</summary>
public readonly record struct FactMask(ulong Bits)
{
    public static readonly FactMask None;

    public static FactMask operator |(FactMask a, FactMask b) => new(a.Bits | b.Bits);

    public static FactMask Of(params ReadOnlySpan<Fact> facts)
    {
        var bits = 0UL;
        foreach (var fact in facts)
        {
            bits |= 1UL << (int)fact;
        }

        return new(bits);
    }

    public bool Has(Fact fact) => (Bits & (1UL << (int)fact)) != 0;

    public bool HasAll(FactMask other) => (other.Bits & ~Bits) == 0;

    public bool HasAny(FactMask other) => (other.Bits & Bits) != 0;
}
