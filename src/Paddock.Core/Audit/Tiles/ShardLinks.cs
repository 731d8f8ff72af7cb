using System.Text.Json;

namespace Paddock.Core.Audit.Tiles;

/// <summary>What the first and the last entry of a shard say of those beside it.</summary>
internal static class ShardLinks
{
    /// <exception cref="LogDamagedException">The shard does not begin where the one before ended.</exception>
    public static void Check(VerifiedShard? before, VerifiedShard shard)
    {
        if (shard.Log is null)
        {
            CheckArchived(before, shard);
            return; // its entries are elsewhere
        }

        using var first = Read(shard.Log.First);
        if (shard.Shard.Restarted && Act(first) == AuditActs.LogRestarted)
        {
            return; // it says itself that it continues nothing
        }

        if (shard.Shard.Restarted || Act(first) != AuditActs.ShardOpened || Text(first, "shard", "vkey") != shard.Key.ToString())
        {
            throw new LogDamagedException($"Shard {shard.Shard.Number} does not begin with the entry that opens it.");
        }

        if (before is null)
        {
            if (shard.Shard.Number != 1)
            {
                throw new LogDamagedException($"The shards before {shard.Shard.Number} are missing.");
            }

            return;
        }

        var end = before.Signed.Checkpoint;
        if (Text(first, "before", "origin") != end.Origin || Text(first, "before", "root") != end.Root.ToString() || Number(first, "before", "size") != end.Size)
        {
            throw new LogDamagedException($"Shard {shard.Shard.Number} does not continue shard {before.Shard.Number} as it is: {end.Size} entries with the root {end.Root}.");
        }

        CheckNamed(before, shard);
    }

    /// <summary>That nothing was left away at the end.</summary>
    public static void CheckEnd(VerifiedShard last)
    {
        if (last.Log is null)
        {
            throw new LogDamagedException($"Shard {last.Shard.Number} is archived, and there is none after it.");
        }

        using var entry = Read(last.Log.Last);
        if (Act(entry) == AuditActs.ShardClosed)
        {
            throw new LogDamagedException($"Shard {last.Shard.Number} is closed, and the next one, {Text(entry, "next", "origin")}, is not there. (Just closed: it comes within seconds.)");
        }
    }

    /// <summary>Whether a shard ended with the key of another. Never when its entries are elsewhere.</summary>
    public static bool Names(VerifiedShard before, VerifiedShard shard)
    {
        using var last = before.Log is null ? null : Read(before.Log.Last);
        return Act(last) == AuditActs.ShardClosed && Text(last, "next", "vkey") == shard.Key.ToString();
    }

    /// <summary>The oldest is archived first, so that an archived one cannot stand for a link that is not looked at.</summary>
    private static void CheckArchived(VerifiedShard? before, VerifiedShard shard)
    {
        if (before?.Log is not null)
        {
            throw new LogDamagedException($"Shard {shard.Shard.Number} is said to be archived, and shard {before.Shard.Number} before it is not.");
        }
    }

    private static void CheckNamed(VerifiedShard before, VerifiedShard shard)
    {
        if (before.Log is not null && !Names(before, shard))
        {
            throw new LogDamagedException($"Shard {before.Shard.Number} did not end by naming the key of shard {shard.Shard.Number}.");
        }
    }

    private static JsonDocument? Read(ReadOnlyMemory<byte> entry)
    {
        try
        {
            return JsonDocument.Parse(entry);
        }
        catch (JsonException)
        {
            return null; // other logs hold what they like
        }
    }

    private static string? Act(JsonDocument? entry) => Value(entry?.RootElement, "act") is { ValueKind: JsonValueKind.String } act ? act.GetString() : null;

    private static string? Text(JsonDocument? entry, string group, string name) =>
        Value(Value(entry?.RootElement, group), name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static long? Number(JsonDocument? entry, string group, string name) =>
        Value(Value(entry?.RootElement, group), name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value) ? value : null;

    private static JsonElement? Value(JsonElement? within, string name) => within is { ValueKind: JsonValueKind.Object } group && group.TryGetProperty(name, out var value) ? value : null;
}
