namespace Paddock.Core.Alerts.Detection;

/// <param name="K">Sigmas by which a sample may be above what is expected for nothing.</param>
/// <param name="H">Sigmas of excess, summed, above which it fires.</param>
/// <param name="MostPerSample">A sample counts for at most so many sigmas, so that one large task does not fire.</param>
public sealed record CusumTuning(double K, double H, double MostPerSample = 4)
{
    /// <summary>At least 4 samples of 5 minutes to fire.</summary>
    public static CusumTuning Page { get; } = new(1, 10);

    /// <summary>Notices less, more often for nothing; at least 3 samples.</summary>
    public static CusumTuning Ticket { get; } = new(0.75, 8);
}

/// <summary>
/// Cumulative sum of what is above the season (E. S. Page, Continuous Inspection Schemes, Biometrika 41, 1954): S ← max(0, S + min(z, cap) - k)
/// with z = (value - expected) / sigma; fires while S > h. S goes up to 2 h, so that it ends in reasonable time once things are as usual:
/// with the page's tuning after 10 samples that are just as expected.
/// </summary>
public sealed class SeasonalCusum
{
    private readonly CusumTuning tuning;

    /// <param name="resumed">What it was when it was kept; null to begin.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number of the tuning is negative, none, or lets it never fire.</exception>
    public SeasonalCusum(CusumTuning tuning, CusumState? resumed = null)
    {
        Finite.ThrowIfNot(tuning.K, nameof(tuning));
        Finite.ThrowUnlessPositive(tuning.H, nameof(tuning));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(tuning.MostPerSample, tuning.K, nameof(tuning));
        this.tuning = tuning;
        State = resumed ?? CusumState.Start;
    }

    public CusumState State { get; private set; }

    /// <summary>Takes the next sample. Of a sample without a baseline it is not told: the state stays as it is.</summary>
    /// <param name="value">In any unit, 0 or more.</param>
    /// <param name="expected">In the same unit.</param>
    /// <param name="sigma">In the same unit, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or none, or <paramref name="sigma"/> is 0.</exception>
    public CusumState Update(double value, double expected, double sigma)
    {
        Finite.ThrowIfNot(value);
        Finite.ThrowIfNot(expected);
        Finite.ThrowUnlessPositive(sigma);
        var z = Math.Min((value - expected) / sigma, tuning.MostPerSample);
        var sum = Math.Clamp(State.Sum + z - tuning.K, 0, 2 * tuning.H);
        return State = sum == 0
            ? CusumState.Start
            : new(sum, sum > tuning.H, State.Samples + 1, State.Seen + value, State.Expected + expected, State.Variance + (sigma * sigma));
    }
}
