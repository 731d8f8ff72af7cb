using System.Globalization;
using System.Text.Json;

namespace Paddock.Core.Models;

/// <summary>One model of the price file.</summary>
internal sealed record PriceFileModel(string Id, string Name, int? Context, IReadOnlyList<string> Patterns, bool Retired, IReadOnlyList<PriceFileRow> Rows)
{
    public static PriceFileModel Read(JsonElement json)
    {
        var id = json.GetProperty("id").GetString()!; // written by dev/prices.cs
        return new(
            id,
            json.TryGetProperty("name", out var name) ? name.GetString() ?? id : id,
            json.TryGetProperty("context", out var context) ? context.GetInt32() : null,
            PriceFileProvider.Texts(json, "match"),
            json.TryGetProperty("retired", out var retired) && retired.ValueKind == JsonValueKind.True,
            [.. json.GetProperty("rows").EnumerateArray().Select(PriceFileRow.Read)]);
    }

    public bool Matches(string model) => Patterns.Any(pattern => Glob.Matches(pattern, model));

    /// <summary>The row in force: of those that hold, the one with the latest start; a row with a time of day before one without.</summary>
    public PriceFileRow? RowAt(DateTimeOffset at)
    {
        PriceFileRow? best = null;
        foreach (var row in Rows)
        {
            if (row.HoldsAt(at) && (best is null || row.Weight > best.Weight))
            {
                best = row;
            }
        }

        return best;
    }
}

/// <summary>A price with the time it is in force and its context bands.</summary>
internal sealed record PriceFileRow(DateOnly? From, TimeOnly? DailyStart, TimeOnly? DailyEnd, bool Free, Price Price, IReadOnlyList<(long Above, Price Price)> Bands)
{
    /// <summary>Orders rows that hold at the same time.</summary>
    public long Weight => ((From?.DayNumber ?? 0) * 2L) + (DailyStart is null ? 0 : 1);

    public static PriceFileRow Read(JsonElement json)
    {
        TimeOnly? Daily(int index) => json.TryGetProperty("daily", out var daily) ? TimeOnly.Parse(daily[index].GetString()!, CultureInfo.InvariantCulture) : null; // written by dev/prices.cs
        return new(
            json.TryGetProperty("from", out var from) ? DateOnly.Parse(from.GetString()!, CultureInfo.InvariantCulture) : null, // written by dev/prices.cs
            Daily(0),
            Daily(1),
            json.TryGetProperty("free", out var free) && free.ValueKind == JsonValueKind.True,
            ReadPrice(json),
            json.TryGetProperty("bands", out var bands) ? [.. bands.EnumerateArray().Select(band => (band.GetProperty("above").GetInt64(), ReadPrice(band)))] : []);
    }

    public bool HoldsAt(DateTimeOffset at)
    {
        var utc = at.UtcDateTime;
        return (From is not { } from || DateOnly.FromDateTime(utc) >= from)
            && (DailyStart is not { } start || TimeOnly.FromDateTime(utc).IsBetween(start, DailyEnd!.Value)); // both or none
    }

    /// <summary>The price of the highest band that the input exceeds.</summary>
    public Price PriceFor(long inputTokens)
    {
        var price = Price;
        foreach (var (above, banded) in Bands)
        {
            price = inputTokens > above ? banded : price;
        }

        return price;
    }

    private static Price ReadPrice(JsonElement json) => new()
    {
        InputPerMtok = Number(json, "in") ?? 0,
        OutputPerMtok = Number(json, "out") ?? 0,
        CacheReadPerMtok = Number(json, "read"),
        CacheWrite5mPerMtok = Number(json, "write"),
        CacheWrite1hPerMtok = Number(json, "write1h"),
    };

    private static decimal? Number(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetDecimal() : null;
}
