using System.Collections.Immutable;

namespace Paddock.Core.Policies.Matching;

/// <summary>Looks for a text without allocating, which <c>Contains</c> with a comparer does.</summary>
internal static class TextList
{
    public static bool Has(this ImmutableArray<string> texts, string text, StringComparison comparison = StringComparison.Ordinal)
    {
        foreach (var other in texts)
        {
            if (string.Equals(other, text, comparison))
            {
                return true;
            }
        }

        return false;
    }
}
