using System.Numerics;

namespace Paddock.Core.Audit.Tiles;

/// <summary>Proofs of RFC 6962, section 2.1: which subtrees they are made of, and whether they hold.</summary>
public static class TreeProof
{
    /// <summary>Whether a leaf is in a tree (algorithm of RFC 9162, section 2.1.3.2).</summary>
    /// <param name="index">Of the leaf, from 0.</param>
    public static bool Includes(long index, TreeHash leaf, long size, TreeHash root, IReadOnlyList<TreeHash> proof)
    {
        if (index < 0 || index >= size)
        {
            return false;
        }

        var (node, last, hash) = (index, size - 1, leaf);
        foreach (var sibling in proof)
        {
            if (last == 0)
            {
                return false;
            }

            if (long.IsOddInteger(node) || node == last)
            {
                hash = TreeHash.OfNode(sibling, hash);
                SkipMissing(ref node, ref last);
            }
            else
            {
                hash = TreeHash.OfNode(hash, sibling);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 && hash == root;
    }

    /// <summary>Whether a tree only grew into another (algorithm of RFC 9162, section 2.1.4.2). Everything grows from the empty tree, by an empty proof.</summary>
    public static bool Grew(long oldSize, TreeHash oldRoot, long newSize, TreeHash newRoot, IReadOnlyList<TreeHash> proof)
    {
        if (oldSize <= 0 || oldSize >= newSize)
        {
            return proof.Count == 0 && newSize >= 0 && (oldSize == 0 || (oldSize == newSize && oldRoot == newRoot));
        }

        IReadOnlyList<TreeHash> path = BitOperations.IsPow2(oldSize) ? [oldRoot, .. proof] : proof;
        if (path.Count == 0)
        {
            return false;
        }

        var shift = BitOperations.TrailingZeroCount(oldSize);
        var (node, last) = ((oldSize - 1) >> shift, (newSize - 1) >> shift);
        var (before, after) = (path[0], path[0]);
        for (var i = 1; i < path.Count; i++)
        {
            if (last == 0)
            {
                return false;
            }

            if (long.IsOddInteger(node) || node == last)
            {
                (before, after) = (TreeHash.OfNode(path[i], before), TreeHash.OfNode(path[i], after));
                SkipMissing(ref node, ref last);
            }
            else
            {
                after = TreeHash.OfNode(after, path[i]);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 && before == oldRoot && after == newRoot;
    }

    /// <summary>The subtrees whose roots prove that a leaf is in a tree, the leaf's sibling first.</summary>
    internal static List<TreeRange> Inclusion(long index, long size)
    {
        var proof = new List<TreeRange>();
        var (low, high) = (0L, size);
        while (high - low > 1)
        {
            var middle = low + Left(high - low);
            proof.Add(index < middle ? new(middle, high) : new(low, middle));
            (low, high) = index < middle ? (low, middle) : (middle, high);
        }

        proof.Reverse();
        return proof;
    }

    /// <summary>The subtrees whose roots prove that a tree only grew.</summary>
    internal static List<TreeRange> Consistency(long oldSize, long newSize)
    {
        var proof = new List<TreeRange>();
        if (oldSize == 0)
        {
            return proof;
        }

        var (low, high, known) = (0L, newSize, true);
        while (oldSize != high)
        {
            var middle = low + Left(high - low);
            var goesLeft = oldSize <= middle;
            proof.Add(goesLeft ? new(middle, high) : new(low, middle));
            (low, high, known) = goesLeft ? (low, middle, known) : (middle, high, false);
        }

        // The old root is known to whoever asks, but only while the way down kept to the left.
        if (!known)
        {
            proof.Add(new(low, high));
        }

        proof.Reverse();
        return proof;
    }

    /// <summary>The largest power of two below a number from 2.</summary>
    internal static long Left(long size) => 1L << BitOperations.Log2((ulong)(size - 1));

    /// <summary>At the right edge a node without a sibling rises until it is somebody's right child.</summary>
    private static void SkipMissing(ref long node, ref long last)
    {
        while (long.IsEvenInteger(node) && node != 0)
        {
            (node, last) = (node >> 1, last >> 1);
        }
    }
}
