namespace Paddock.Store.Dialects;

/// <summary>Times are kept as microseconds since 1970 (UTC), the same 64-bit integer in both databases and in the journal.</summary>
internal static class UnixMicros
{
    public static long ToMicros(this DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static long ToMicros(this TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset ToTime(this long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);

    public static TimeSpan ToSpan(this long micros) => new(micros * TimeSpan.TicksPerMicrosecond);
}
