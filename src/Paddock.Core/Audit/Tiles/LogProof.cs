using System.Collections.Immutable;
using System.Globalization;

namespace Paddock.Core.Audit.Tiles;

/// <summary>A proof that an entry is in a log, which needs nothing else to be checked but the entry and the log's key (c2sp.org/tlog-proof).</summary>
/// <param name="Index">Of the entry, from 0.</param>
/// <param name="Hashes">The leaf's sibling first.</param>
/// <param name="Checkpoint">The signed note, as the log gave it.</param>
public sealed record LogProof(long Index, ImmutableArray<TreeHash> Hashes, string Checkpoint)
{
    private const string Start = "c2sp.org/tlog-proof@v1\n";
    private const string Extra = "extra ";
    private const string IndexWord = "index ";

    /// <returns>Null when it is no proof.</returns>
    public static LogProof? Parse(string text)
    {
        if (!text.StartsWith(Start, StringComparison.Ordinal) || text.IndexOf("\n\n", StringComparison.Ordinal) is not (> 0 and var split))
        {
            return null;
        }

        ReadOnlySpan<string> lines = text[Start.Length..Math.Max(split, Start.Length)].Split('\n');
        if (lines[0].StartsWith(Extra, StringComparison.Ordinal))
        {
            lines = lines[1..];
        }

        if (lines is not [var first, .. var rest] || !first.StartsWith(IndexWord, StringComparison.Ordinal) || LogCheckpoint.Decimal(first[IndexWord.Length..]) is not { } index)
        {
            return null;
        }

        var hashes = ImmutableArray.CreateBuilder<TreeHash>(rest.Length);
        foreach (var line in rest)
        {
            if (TreeHash.Parse(line) is not { } hash)
            {
                return null;
            }

            hashes.Add(hash);
        }

        return new(index, hashes.MoveToImmutable(), text[(split + 2)..]);
    }

    /// <summary>Checks signature and proof.</summary>
    /// <param name="key">The log's.</param>
    /// <exception cref="LogDamagedException">It does not hold.</exception>
    /// <returns>The checkpoint under which the entry lies.</returns>
    public LogCheckpoint Check(ReadOnlySpan<byte> entry, VerifierKey key, ISignatureVerifier verifier)
    {
        var checkpoint = SignedCheckpoint.Open(Checkpoint, key, verifier).Checkpoint;
        return TreeProof.Includes(Index, TreeHash.OfLeaf(entry), checkpoint.Size, checkpoint.Root, Hashes)
            ? checkpoint
            : throw new LogDamagedException($"The entry is not number {Index} of the log {checkpoint.Origin} at size {checkpoint.Size}.");
    }

    public override string ToString() =>
        $"{Start}{IndexWord}{Index.ToString(CultureInfo.InvariantCulture)}\n{string.Concat(Hashes.Select(hash => hash + "\n"))}\n{Checkpoint}";
}
