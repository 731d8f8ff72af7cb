namespace Paddock.Core.Audit.Tiles;

/// <summary>How long a shard of the log takes entries, by the calendar in UTC.</summary>
public enum ShardPeriod
{
    Year,
    Quarter,
    Month,
}

/// <summary>When a shard's time is over.</summary>
public static class ShardPeriods
{
    /// <summary>Whether a moment lies in a later period than another.</summary>
    public static bool IsOver(this ShardPeriod period, DateTimeOffset opened, DateTimeOffset now) => period.NumberOf(now) > period.NumberOf(opened);

    private static int NumberOf(this ShardPeriod period, DateTimeOffset at)
    {
        var month = (at.UtcDateTime.Year * 12) + at.UtcDateTime.Month - 1;
        return period switch
        {
            ShardPeriod.Month => month,
            ShardPeriod.Quarter => month / 3,
            _ => month / 12,
        };
    }
}
