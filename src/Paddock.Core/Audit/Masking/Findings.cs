namespace Paddock.Core.Audit.Masking;

/// <summary>What all detectors find.</summary>
internal static class Findings
{
    /// <returns>In the order of the text; none overlaps another.</returns>
    public static List<Finding> In(string text)
    {
        var all = new List<Finding>();
        var part = new List<Finding>();
        for (var from = 0; from <= text.Length;)
        {
            // Placeholders are read past, and what stands between them is looked at by itself.
            var (start, length) = Placeholder.Next(text, from);
            part.Clear();
            Find(text.AsSpan(from, start - from), part);
            foreach (var finding in part)
            {
                all.Add(finding with { Start = finding.Start + from });
            }

            from = length == 0 ? text.Length + 1 : start + length;
        }

        return Merged(all);
    }

    private static void Find(ReadOnlySpan<char> text, List<Finding> into)
    {
        if (text.IsEmpty)
        {
            return;
        }

        // In the order of what they know: of equal findings the first gives the kind.
        PrivateKeyDetector.Find(text, into);
        TokenDetector.Find(text, into);
        CardDetector.Find(text, into);
        AccountDetector.Find(text, into);
        NamedValueDetector.Find(text, into);
        AddressDetector.Find(text, into);
        RandomDetector.Find(text, into);
    }

    /// <summary>Findings that overlap become one, of the kind of the longest.</summary>
    private static List<Finding> Merged(List<Finding> all)
    {
        var merged = new List<Finding>(all.Count);
        var longest = 0;
        foreach (var finding in all.OrderBy(static one => one.Start))
        {
            if (merged.Count == 0 || finding.Start >= merged[^1].End)
            {
                merged.Add(finding);
                longest = finding.Length;
                continue;
            }

            var before = merged[^1];
            merged[^1] = new(before.Start, Math.Max(before.End, finding.End) - before.Start, finding.Length > longest ? finding.Kind : before.Kind);
            longest = Math.Max(longest, finding.Length);
        }

        return merged;
    }
}
