using System.Collections.Immutable;
using System.Globalization;
using Paddock.Core.Audit.Tiles;

namespace Paddock.Core.Audit.Witnesses;

/// <summary>What a log hands to a witness: a checkpoint, and the proof that it grew from the one that the witness saw last (c2sp.org/tlog-witness).</summary>
/// <param name="OldSize">Of the last one that the witness has seen; 0 = none.</param>
/// <param name="Note">The signed checkpoint.</param>
public sealed record AddCheckpoint(long OldSize, ImmutableArray<TreeHash> Proof, string Note)
{
    /// <summary>More lines of a proof are not read; no tree needs them.</summary>
    public const int MostHashes = 63;

    private const string Old = "old ";

    /// <returns>Null when the body is no such request.</returns>
    public static AddCheckpoint? Parse(string body)
    {
        if (body.IndexOf("\n\n", StringComparison.Ordinal) is not (> 0 and var split)
            || body[..split].Split('\n') is not [var first, .. var lines]
            || !first.StartsWith(Old, StringComparison.Ordinal)
            || LogCheckpoint.Decimal(first[Old.Length..]) is not { } size
            || lines.Length > MostHashes)
        {
            return null;
        }

        var proof = lines.Select(static line => TreeHash.Parse(line)).ToList();
        return proof.Exists(static hash => hash is null) ? null : new(size, [.. proof.OfType<TreeHash>()], body[(split + 2)..]);
    }

    public override string ToString() => $"{Old}{OldSize.ToString(CultureInfo.InvariantCulture)}\n{string.Concat(Proof.Select(static hash => hash + "\n"))}\n{Note}";
}
