namespace Paddock.Notifications;

/// <summary>How often and for how long delivery is tried.</summary>
/// <param name="LongestPause">Between two tries, whatever a receiver asks for.</param>
/// <param name="Worth">How long a notification is worth trying for, from when it was posted.</param>
internal sealed record DeliveryPolicy(TimeSpan LongestPause, TimeSpan Worth)
{
    /// <summary>Of what is held in memory.</summary>
    public static readonly DeliveryPolicy Passing = new(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10));

    /// <summary>Of what is kept in the database.</summary>
    public static readonly DeliveryPolicy Kept = new(TimeSpan.FromMinutes(15), TimeSpan.FromDays(3));

    private const int MostDoublings = 16;

    /// <summary>One second after the first try that failed, then four times as long each.</summary>
    /// <param name="failed">Tries that failed, from 1.</param>
    /// <param name="asked">What the receiver asked for.</param>
    public TimeSpan PauseAfter(int failed, TimeSpan? asked)
    {
        var pause = TimeSpan.FromSeconds(1L << Math.Min(2 * (failed - 1), MostDoublings));
        pause = asked > pause ? asked.Value : pause;
        return pause < LongestPause ? pause : LongestPause;
    }
}
