using System.Collections.Frozen;

namespace Paddock.Core.Policies.Matching;

/// <summary>The rules that may be about a path: a pattern with a plain word in it matches only paths that hold the word, or something a shell could make the word of.</summary>
internal sealed class PathBits
{
    private readonly ulong[] unbound;
    private readonly ulong[] anywhere;
    private readonly ulong[] all;
    private readonly FrozenDictionary<string, ulong[]> anchored;
    private readonly KeyValuePair<string, ulong[]>[] anchors;

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
        anchors = [.. anchored];
    }

    /// <summary>Takes away the bits of the rules that none of the call's paths can concern.</summary>
    public void Keep(PolicySubject subject, Span<ulong> bits)
    {
        Span<ulong> kept = stackalloc ulong[bits.Length];
        unbound.CopyTo(kept);
        foreach (var path in subject.Paths)
        {
            RuleBits.Or(kept, anywhere);
            foreach (var part in path.Parts)
            {
                Add(part, path.Expands, kept);
            }

            foreach (var part in path.OnWindows?.Parts ?? [])
            {
                Add(part, path.Expands, kept);
            }
        }

        RuleBits.And(bits, kept);
    }

    private void Add(string part, bool expands, Span<ulong> kept)
    {
        if (!expands || !PathWildcards.HasAny(part))
        {
            if (anchored.TryGetValue(part, out var found))
            {
                RuleBits.Or(kept, found);
            }
        }
        else if (PathWildcards.HasVariable(part))
        {
            all.CopyTo(kept); // it may stand for several parts, so also for those with the word
        }
        else
        {
            AddGlob(part, kept);
        }
    }

    private void AddGlob(string part, Span<ulong> kept)
    {
        foreach (var (anchor, rules) in anchors)
        {
            var budget = new MatchBudget();
            if (MayBegin(part, anchor) && MayEnd(part, anchor) && PartPattern.MightMatch(anchor, part, ref budget))
            {
                RuleBits.Or(kept, rules);
            }
        }
    }

    /// <summary>Most words are told apart by their first letter or their last, where the part has one that means itself.</summary>
    private static bool MayBegin(string part, string anchor) => part[0] is '*' or '?' or '[' or '{' || Same(part[0], anchor[0]);

    private static bool MayEnd(string part, string anchor) => part[^1] is '*' or '?' or ']' or '}' || Same(part[^1], anchor[^1]);

    private static bool Same(char a, char b) => a == b || char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
