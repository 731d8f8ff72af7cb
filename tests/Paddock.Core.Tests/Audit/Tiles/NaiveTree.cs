using System.Collections.Concurrent;
using Paddock.Core.Audit.Tiles;

namespace Paddock.Core.Tests.Audit.Tiles;

/// <summary>RFC 6962, section 2.1, written down as it stands there: slow, and plainly right.</summary>
internal sealed class NaiveTree(IReadOnlyList<TreeHash> leaves)
{
    private readonly ConcurrentDictionary<(int, int), TreeHash> known = new(); // samples run side by side

    /// <summary>MTH(D[low:high]).</summary>
    public TreeHash Hash(int low, int high)
    {
        if (high - low <= 1)
        {
            return high == low ? TreeHash.OfNothing : leaves[low];
        }

        if (!known.TryGetValue((low, high), out var hash))
        {
            var k = Split(high - low);
            known[(low, high)] = hash = TreeHash.OfNode(Hash(low, low + k), Hash(low + k, high));
        }

        return hash;
    }

    /// <summary>PATH(m, D[low:high]).</summary>
    public IEnumerable<TreeHash> Path(int m, int low, int high)
    {
        if (high - low == 1)
        {
            return [];
        }

        var k = Split(high - low);
        return m < k ? Path(m, low, low + k).Append(Hash(low + k, high)) : Path(m - k, low + k, high).Append(Hash(low, low + k));
    }

    /// <summary>PROOF(m, D[0:n]); nothing for m = 0.</summary>
    public IEnumerable<TreeHash> Proof(int m, int n) => m == 0 ? [] : SubProof(m, 0, n, true);

    private IEnumerable<TreeHash> SubProof(int m, int low, int high, bool known)
    {
        if (m == high - low)
        {
            return known ? [] : [Hash(low, high)];
        }

        var k = Split(high - low);
        return m <= k
            ? SubProof(m, low, low + k, known).Append(Hash(low + k, high))
            : SubProof(m - k, low + k, high, false).Append(Hash(low, low + k));
    }

    private static int Split(int n)
    {
        var k = 1;
        while (k * 2 < n)
        {
            k *= 2;
        }

        return k;
    }
}
