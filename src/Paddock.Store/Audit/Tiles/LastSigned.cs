using System.Globalization;
using Paddock.Core.Audit.Tiles;

namespace Paddock.Store.Audit.Tiles;

/// <summary>The newest log checkpoint that this installation knows to have been signed. Kept apart from the database, so that a database from before it shows.</summary>
/// <param name="Shard">From 1.</param>
/// <param name="Checkpoint">Size 0: a shard is about to be opened, and nothing in it was signed.</param>
/// <param name="KeyId">Of the key that signed it, or is to.</param>
internal sealed record LastSigned(long Shard, LogCheckpoint Checkpoint, uint KeyId)
{
    /// <returns>Null when the text is no such thing.</returns>
    public static LastSigned? Parse(string text)
    {
        var lines = text.Split('\n');
        return lines is [var shard, var origin, var size, var root, var key, ""]
            && shard.StartsWith("shard ", StringComparison.Ordinal)
            && long.TryParse(shard.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            && LogCheckpoint.Parse($"{origin}\n{size}\n{root}\n") is { } checkpoint
            && key.StartsWith("key ", StringComparison.Ordinal)
            && uint.TryParse(key.AsSpan(4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id)
            ? new(number, checkpoint, id)
            : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"shard {Shard}\n{Checkpoint}key {KeyId:x8}\n");
}
