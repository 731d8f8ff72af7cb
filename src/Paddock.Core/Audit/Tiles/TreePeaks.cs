namespace Paddock.Core.Audit.Tiles;

/// <summary>
/// Builds the root of a tree from perfect subtrees that are handed in from left to right. Memory grows with the tree's height only, so
/// that a log of any size can be recomputed.
/// </summary>
public sealed class TreePeaks
{
    private readonly Stack<(TreeHash Hash, int Height)> peaks = new();

    /// <summary>Leaves so far.</summary>
    public long Size { get; private set; }

    /// <summary>The root of what was added (RFC 6962, section 2.1).</summary>
    public TreeHash Root
    {
        get
        {
            TreeHash? root = null;
            foreach (var (hash, _) in peaks)
            {
                root = root is { } right ? TreeHash.OfNode(hash, right) : hash;
            }

            return root ?? TreeHash.OfNothing;
        }
    }

    /// <param name="height">Of the perfect subtree: 0 for a leaf. At most that of the last one added, or of what it merged to.</param>
    public void Add(TreeHash hash, int height = 0)
    {
        Size += 1L << height;
        while (peaks.TryPeek(out var left) && left.Height == height)
        {
            peaks.Pop();
            hash = TreeHash.OfNode(left.Hash, hash);
            height++;
        }

        peaks.Push((hash, height));
    }
}
