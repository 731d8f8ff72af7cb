using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Paddock.Core.Policies.Matching;

/// <summary>The rules that may be about a name: those that name it, and those that name none or a pattern.</summary>
internal sealed class NameBits
{
    private readonly ulong[] others;
    private readonly FrozenDictionary<string, ulong[]> named;

    public NameBits(RuleEntry[] entries, Func<RuleEntry, ImmutableArray<string>> names)
    {
        others = RuleBits.Of(entries, entry => IsOpen(names(entry)));
        var bits = new Dictionary<string, ulong[]>(StringComparer.Ordinal);
        for (var i = 0; i < entries.Length; i++)
        {
            foreach (var name in IsOpen(names(entries[i])) ? [] : names(entries[i]))
            {
                RuleBits.Set(bits.TryGetValue(name, out var found) ? found : bits[name] = [.. others], i);
            }
        }

        named = bits.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public ReadOnlySpan<ulong> Find(string? name) => name is not null && named.TryGetValue(name, out var bits) ? bits : others;

    /// <summary>Sets the bits of the rules that may be about any of the names.</summary>
    public void FindAny(ImmutableArray<string> names, Span<ulong> bits)
    {
        others.CopyTo(bits);
        foreach (var name in names)
        {
            RuleBits.Or(bits, Find(name));
        }
    }

    private static bool IsOpen(ImmutableArray<string> names) => names.IsEmpty || names.Any(name => name.Contains('*', StringComparison.Ordinal));
}
