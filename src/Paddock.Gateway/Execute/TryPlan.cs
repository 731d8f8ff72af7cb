using Paddock.Core.Snapshot;
using Paddock.Gateway.Decide;

namespace Paddock.Gateway.Execute;

/// <summary>Where to go next: the same target again after a wait, the next target, or nowhere. Pure; jitter comes in as numbers.</summary>
/// <param name="nextJitter">0 to 1, asked for once for each try.</param>
internal sealed class TryPlan(ResolvedTargets targets, Func<double> nextJitter)
{
    private double jitter = nextJitter();
    private int tries;
    private int triesHere;
    private int index;

    public UpstreamTarget Target => targets.Targets[index];

    /// <summary>Whether another try may follow the current one at all.</summary>
    public bool MayHaveNext => tries + 1 < targets.MaxTries && (triesHere + 1 < targets.TriesPerTarget || index + 1 < targets.Targets.Length);

    /// <summary>Whether another try follows when the provider answers with a failure; if not, its answer is the best there is for the client.</summary>
    /// <param name="retryAfter">What the provider asks for, if anything.</param>
    public bool HasNext(TimeSpan? retryAfter) => MayHaveNext && Step(retryAfter, sameHelps: true) is not null;

    /// <summary>Moves on from a target that must not be asked; that is no try.</summary>
    /// <returns>False when there is none after it.</returns>
    public bool Skip()
    {
        if (index + 1 >= targets.Targets.Length)
        {
            return false;
        }

        index++;
        triesHere = 0;
        return true;
    }

    /// <summary>Moves on after a failure.</summary>
    /// <param name="retryAfter">What the provider asked for, if anything.</param>
    /// <param name="sameHelps">Whether the same target may do better on another try (a broken answer or overload; not a refused connection that just was).</param>
    /// <returns>How long to wait before the next try, or null when there is none.</returns>
    public TimeSpan? Next(TimeSpan? retryAfter, bool sameHelps)
    {
        if (Step(retryAfter, sameHelps) is not var (onward, wait))
        {
            return null;
        }

        (tries, triesHere, index) = (tries + 1, onward ? 0 : triesHere + 1, onward ? index + 1 : index);
        jitter = nextJitter();
        return wait;
    }

    private (bool Onward, TimeSpan Wait)? Step(TimeSpan? retryAfter, bool sameHelps)
    {
        if (tries + 1 >= targets.MaxTries)
        {
            return null;
        }

        var backoff = targets.Backoff * Math.Pow(2, triesHere);
        // Half fixed, half random: spread enough that a crowd does not come back at once, never at zero.
        var wait = retryAfter ?? (backoff / 2) + (backoff / 2 * jitter);
        if (sameHelps && triesHere + 1 < targets.TriesPerTarget && wait <= targets.MaxWait)
        {
            return (false, wait);
        }

        return index + 1 < targets.Targets.Length ? (true, TimeSpan.Zero) : null;
    }
}
