using Paddock.Core.Metrics;

namespace Paddock.Control.Metrics;

/// <summary>The stretch of time that numbers are of: whole hours, or whole days (UTC).</summary>
/// <param name="From">Its beginning.</param>
/// <param name="Until">Its end, which may lie in the hour or day that still runs.</param>
/// <param name="ByDay">Made of days; else of hours.</param>
public sealed record MetricWindow(DateTimeOffset From, DateTimeOffset Until, bool ByDay)
{
    public const string Usual = "7d";

    /// <summary>The windows that have a name, shortest first.</summary>
    public static readonly IReadOnlyList<string> Names = ["1h", "24h", Usual, "30d"];

    /// <summary>Up to this length it is made of hours.</summary>
    private static readonly TimeSpan longestOfHours = TimeSpan.FromHours(48);

    /// <summary>Hours are kept for as long; what is older is told in days.</summary>
    private static readonly TimeSpan keptHours = TimeSpan.FromDays(35);

    /// <returns>Null when there is no window of that name.</returns>
    public static MetricWindow? Of(string name, DateTimeOffset now) => name switch
    {
        "1h" => Hours(now, 1),
        "24h" => Hours(now, 24),
        "7d" => Days(now, 7),
        "30d" => Days(now, 30),
        _ => null,
    };

    /// <summary>What covers all from a moment up to another.</summary>
    /// <param name="until">After <paramref name="from"/>; what lies behind now is left out.</param>
    public static MetricWindow Between(DateTimeOffset from, DateTimeOffset until, DateTimeOffset now)
    {
        var byDay = until - from > longestOfHours || from < now - keptHours;
        var unit = byDay ? TimeSpan.FromDays(1) : TimeSpan.FromHours(1);
        return new(Down(from, unit), Up(until < now ? until : now, unit), byDay);
    }

    /// <summary>The beginnings of its hours or days, oldest first.</summary>
    public IEnumerable<DateTimeOffset> Stretches()
    {
        for (var at = From; at < Until; at += ByDay ? TimeSpan.FromDays(1) : TimeSpan.FromHours(1))
        {
            yield return at;
        }
    }

    internal TallyQuery Query(MetricDimension dimension, string? team) => new(dimension, team, From, Until);

    /// <summary>Since so many hours ago, from the beginning of that hour: never less than it says.</summary>
    private static MetricWindow Hours(DateTimeOffset now, int count) => new(Down(now.AddHours(-count), TimeSpan.FromHours(1)), Up(now, TimeSpan.FromHours(1)), ByDay: false);

    /// <summary>Today, and the days before it.</summary>
    private static MetricWindow Days(DateTimeOffset now, int count)
    {
        var today = Down(now, TimeSpan.FromDays(1));
        return new(today.AddDays(1 - count), today.AddDays(1), ByDay: true);
    }

    private static DateTimeOffset Down(DateTimeOffset at, TimeSpan unit) => new(at.UtcTicks - (at.UtcTicks % unit.Ticks), TimeSpan.Zero);

    private static DateTimeOffset Up(DateTimeOffset at, TimeSpan unit) => Down(at, unit) is var down && down == at ? down : down + unit;
}
