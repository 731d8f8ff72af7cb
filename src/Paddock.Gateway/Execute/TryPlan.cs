using Paddock.Core.Snapshot;
using Paddock.Gateway.Decide;

namespace Paddock.Gateway.Execute;

/// <summary>Where to go next: the same target again after a wait, the next target, or nowhere. Pure; jitter comes in as a number.</summary>
internal sealed class TryPlan(ResolvedTargets targets)
{
    private int tries;
    private int triesHere;
    private int index;

    public UpstreamTarget Target => targets.Targets[index];

    /// <summary>Whether anything is left to try after the current try fails.</summary>
    public bool HasNext => tries + 1 < targets.MaxTries && (triesHere + 1 < targets.TriesPerTarget || index + 1 < targets.Targets.Length);

    /// <summary>Moves on after a failure.</summary>
    /// <param name="retryAfter">What the provider asked for, if anything.</param>
    /// <param name="sameHelps">Whether the same target may do better on another try (a broken answer or overload; not a refused connection that just was).</param>
    /// <param name="jitter">0 to 1.</param>
    /// <returns>How long to wait before the next try, or null when there is none.</returns>
    public TimeSpan? Next(TimeSpan? retryAfter, bool sameHelps, double jitter)
    {
        tries++;
        triesHere++;
        if (tries >= targets.MaxTries)
        {
            return null;
        }

        var backoff = targets.Backoff * Math.Pow(2, triesHere - 1);
        // Half fixed, half random: spread enough that a crowd does not come back at once, never at zero.
        var wait = retryAfter ?? (backoff / 2) + (backoff / 2 * jitter);
        if (sameHelps && triesHere < targets.TriesPerTarget && wait <= targets.MaxWait)
        {
            return wait;
        }

        if (index + 1 >= targets.Targets.Length)
        {
            return null;
        }

        index++;
        triesHere = 0;
        return TimeSpan.Zero;
    }
}
