namespace Paddock.Core.Alerts.Detection;

/// <param name="AtLeast">Fewer bad events never fire.</param>
/// <param name="Times">Fires from so many times the rate of the baseline.</param>
/// <param name="Chance">Fires where chance alone would bring so many less often than this.</param>
public sealed record ShiftBounds(long AtLeast = 5, double Times = 2, double Chance = 1e-3);

/// <param name="Seen">Of the window.</param>
/// <param name="BaselineRate">0 to 1.</param>
/// <param name="Expected">Bad events that the baseline lets expect in the window.</param>
/// <param name="P">How likely at least so many are at the baseline's rate.</param>
/// <param name="Threshold">Rate from which it fires, the other bounds permitting.</param>
/// <param name="Dispersion">By how much more than independent events they vary; <paramref name="P"/> allows for it.</param>
public sealed record ShiftVerdict(bool Fires, Ratio Seen, double BaselineRate, double Expected, double P, double Threshold, double Dispersion);

/// <summary>A share that is higher than it used to be, by the one-sided binomial test. Commands that time out in 15 minutes, against 28 days, by the defaults.</summary>
public static class RateShift
{
    /// <summary>The rolling window that the default bounds are meant for.</summary>
    public static TimeSpan Window { get; } = TimeSpan.FromMinutes(15);

    /// <summary>What it is compared with; it ends where the window begins.</summary>
    public static TimeSpan Baseline { get; } = TimeSpan.FromDays(28);

    /// <param name="seen">Of the window.</param>
    /// <param name="baseline">Of the time before. Without a bad event it counts as half of one, so that the first ever is not beyond all chance; and without any event its rate is a half.</param>
    /// <param name="dispersion">Of windows of the baseline, by <see cref="Detection.Dispersion.OfRates"/>; 1 takes each event for a chance of its own.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number cannot be.</exception>
    public static ShiftVerdict Judge(Ratio seen, Ratio baseline, double dispersion = 1, ShiftBounds? bounds = null)
    {
        Dispersion.Check(dispersion);
        seen.Check(nameof(seen));
        baseline.Check(nameof(baseline));
        bounds ??= new();
        var rate = Math.Max(baseline.Bad, 0.5) / Math.Max(baseline.Total, 1);
        var p = Tails.BinomialUpper((long)(seen.Bad / dispersion), (long)Math.Ceiling(seen.Total / dispersion), rate);
        var threshold = bounds.Times * rate;
        return new(p < bounds.Chance && seen.Bad >= bounds.AtLeast && seen.Rate >= threshold, seen, rate, rate * seen.Total, p, threshold, dispersion);
    }
}
