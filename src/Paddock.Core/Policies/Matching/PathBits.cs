using System.Collections.Frozen;

namespace Paddock.Core.Policies.Matching;

/// <summary>The rules that may be about a path: a pattern with a plain word in it matches only paths that hold the word.</summary>
internal sealed class PathBits
{
    private readonly ulong[] unbound;
    private readonly ulong[] anywhere;
    private readonly ulong[] all;
    private readonly FrozenDictionary<string, ulong[]> anchored;

    public PathBits(RuleEntry[] entries)
    {
        all = RuleBits.Of(entries, _ => true);
        unbound = RuleBits.Of(entries, entry => entry.Rule.Match.Paths.IsEmpty);
        anywhere = RuleBits.Of(entries, entry => entry.Rule.Match.Paths.Any(pattern => pattern.Anchor is null));
        var bits = new Dictionary<string, ulong[]>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < entries.Length; i++)
        {
            foreach (var anchor in entries[i].Rule.Match.Paths.Select(pattern => pattern.Anchor).OfType<string>())
            {
                RuleBits.Set(bits.TryGetValue(anchor, out var found) ? found : bits[anchor] = new ulong[all.Length], i);
            }
        }

        anchored = bits.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Takes away the bits of the rules that none of the call's paths can concern.</summary>
    public void Keep(PolicySubject subject, Span<ulong> bits)
    {
        Span<ulong> kept = stackalloc ulong[bits.Length];
        unbound.CopyTo(kept);
        foreach (var path in subject.Paths)
        {
            if (path.Expands)
            {
                all.CopyTo(kept);
                break;
            }

            RuleBits.Or(kept, anywhere);
            foreach (var part in path.Parts)
            {
                if (anchored.TryGetValue(part, out var found))
                {
                    RuleBits.Or(kept, found);
                }
            }
        }

        RuleBits.And(bits, kept);
    }
}
