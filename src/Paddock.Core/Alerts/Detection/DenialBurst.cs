namespace Paddock.Core.Alerts.Detection;

/// <param name="Seen">Denials in the window.</param>
/// <param name="Threshold">Fires from so many.</param>
public sealed record BurstVerdict(bool Fires, long Seen, long Threshold);

/// <summary>Refused tool calls in a row: something tries what it may not. 5 denials in 5 minutes, by the default.</summary>
public static class DenialBurst
{
    public const long AtLeast = 5;

    /// <summary>The window that the default is meant for.</summary>
    public static TimeSpan Window { get; } = TimeSpan.FromMinutes(5);

    /// <param name="seen">Denials in the window.</param>
    /// <param name="atLeast">1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside of these.</exception>
    public static BurstVerdict Judge(long seen, long atLeast = AtLeast)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(seen);
        ArgumentOutOfRangeException.ThrowIfLessThan(atLeast, 1);
        return new(seen >= atLeast, seen, atLeast);
    }
}
