using System.Numerics;

namespace Paddock.Core.Audit.Tiles;

/// <summary>A subtree over the leaves from <paramref name="Low"/> to before <paramref name="High"/>.</summary>
internal readonly record struct TreeRange(long Low, long High)
{
    /// <summary>The perfect subtrees that it is made of, from left to right.</summary>
    public IEnumerable<(int Height, long Index)> Perfect()
    {
        for (var low = Low; low < High;)
        {
            var height = BitOperations.Log2((ulong)(High - low));
            if (low > 0)
            {
                height = Math.Min(height, BitOperations.TrailingZeroCount(low));
            }

            yield return (height, low >> height);
            low += 1L << height;
        }
    }
}
