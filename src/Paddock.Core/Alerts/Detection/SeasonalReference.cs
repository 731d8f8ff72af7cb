using Paddock.Core.Budgets;

namespace Paddock.Core.Alerts.Detection;

/// <summary>A value of one bucket of 5 minutes.</summary>
/// <param name="Start">When the bucket begins: a multiple of <see cref="SeasonalReference.Bucket"/> since midnight UTC.</param>
/// <param name="Value">0 or more.</param>
public readonly record struct SeriesSample(DateTimeOffset Start, double Value);

/// <param name="Value">Expected of the bucket, in the unit of the samples.</param>
/// <param name="Sigma">Its standard deviation, above 0.</param>
/// <param name="Samples">How many samples say so.</param>
public readonly record struct Expectation(double Value, double Sigma, int Samples);

/// <summary>
/// What is usual at a time of the week: the samples at the same weekday and time of the last 4 weeks, 30 minutes before and after. Expected is
/// their median, sigma their median absolute deviation; so one bad week of four changes little. Sigma has a floor, a part of the mean of all
/// samples, because at night most samples are nothing and so is their deviation.
/// </summary>
public sealed class SeasonalReference
{
    private const int PerWeek = 7 * 24 * 12, Around = 6, Weeks = 4;

    // NaN where nothing is known.
    private readonly double[] values;
    private readonly int[] knownBefore;
    private readonly double[] sumBefore;
    private readonly long first;
    private readonly TimeZoneInfo zone;

    /// <param name="samples">In any order. A bucket that is missing counts as nothing where the installation was there.</param>
    /// <param name="since">When the installation began to be there.</param>
    /// <param name="until">First moment of which nothing is known yet.</param>
    /// <param name="away">When it was not there: unknown, not nothing.</param>
    /// <param name="zone">Whose clocks make the season; UTC if not told.</param>
    /// <exception cref="ArgumentOutOfRangeException">A sample is negative, none, or of no bucket between <paramref name="since"/> and <paramref name="until"/>; or there are more than 400 days.</exception>
    public SeasonalReference(IEnumerable<SeriesSample> samples, DateTimeOffset since, DateTimeOffset until, IReadOnlyCollection<WindowSpan>? away = null, TimeZoneInfo? zone = null)
    {
        this.zone = zone ?? TimeZoneInfo.Utc;
        first = NumberOf(since);
        var count = NumberOf(until) - first;
        ArgumentOutOfRangeException.ThrowIfNegative(count, nameof(until));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 400 * PerWeek / 7, nameof(until));
        values = new double[count];
        foreach (var sample in samples)
        {
            Finite.ThrowIfNot(sample.Value, nameof(samples));
            var at = NumberOf(sample.Start) - first;
            if (at < 0 || at >= count || sample.Start.UtcTicks % Bucket.Ticks != 0)
            {
                throw new ArgumentOutOfRangeException(nameof(samples), sample.Start, "Not the beginning of a bucket of the history.");
            }

            values[at] = sample.Value;
        }

        foreach (var span in away ?? [])
        {
            Forget(span);
        }

        (knownBefore, sumBefore) = (new int[count + 1], new double[count + 1]);
        for (var i = 0; i < count; i++)
        {
            var known = !double.IsNaN(values[i]);
            (knownBefore[i + 1], sumBefore[i + 1]) = (knownBefore[i] + (known ? 1 : 0), sumBefore[i] + (known ? values[i] : 0));
        }
    }

    /// <summary>5 minutes.</summary>
    public static TimeSpan Bucket { get; } = TimeSpan.FromMinutes(5);

    /// <summary>Less is no baseline: 14 days.</summary>
    public static TimeSpan Least { get; } = TimeSpan.FromDays(14);

    /// <summary>How far back it looks: 28 days.</summary>
    public static TimeSpan Reach { get; } = TimeSpan.FromDays(7 * Weeks);

    /// <summary>The least sigma, as a part of the mean of all samples that it may look back at.</summary>
    public double FloorOfMean { get; init; } = 0.5;

    /// <summary>The least sigma there is, in the unit of the samples: below it nobody cares. Above 0.</summary>
    public double LeastSigma { get; init; } = 0.01;

    /// <summary>How long is known of the <see cref="Reach"/> before the bucket.</summary>
    public TimeSpan KnownBefore(DateTimeOffset bucket)
    {
        var (from, to) = ReachOf(NumberOf(bucket));
        return Bucket * (knownBefore[to] - knownBefore[from]);
    }

    public bool HasBaseline(DateTimeOffset bucket) => KnownBefore(bucket) >= Least;

    /// <summary>What is usual for the bucket; null when there is no baseline. Looks only at what lies 6 days and more before it.</summary>
    public Expectation? Expect(DateTimeOffset bucket)
    {
        Span<double> like = stackalloc double[Weeks * ((2 * Around) + 1)];
        var found = HasBaseline(bucket) ? Gather(bucket, like) : 0;
        if (found == 0)
        {
            return null;
        }

        like = like[..found];
        var middle = Medians.Of(like);
        var (from, to) = ReachOf(NumberOf(bucket));
        var floor = FloorOfMean * (sumBefore[to] - sumBefore[from]) / Math.Max(1, knownBefore[to] - knownBefore[from]);
        return new(middle, Math.Max(Medians.Deviation(like, middle), Math.Max(floor, LeastSigma)), found);
    }

    /// <summary>What is usual from one moment to another, by its buckets; null when one of them has no baseline. Of what lies further ahead than a week it looks a week, and again a week, back.</summary>
    public double? Expect(DateTimeOffset from, DateTimeOffset to)
    {
        var sum = 0.0;
        for (var at = from; at < to; at += Bucket)
        {
            if (Expect(Within(at)) is not { } usual)
            {
                return null;
            }

            sum += usual.Value * Math.Min(1, (to - at) / Bucket);
        }

        return sum;
    }

    private int Gather(DateTimeOffset bucket, Span<double> like)
    {
        var found = 0;
        for (var week = 1; week <= Weeks; week++)
        {
            var then = bucket - TimeSpan.FromDays(7 * week);
            var middle = NumberOf(then + (zone.GetUtcOffset(bucket) - zone.GetUtcOffset(then))) - first;
            for (var at = Math.Max(0, middle - Around); at <= middle + Around && at < values.Length; at++)
            {
                if (!double.IsNaN(values[at]))
                {
                    like[found++] = values[at];
                }
            }
        }

        return found;
    }

    private void Forget(WindowSpan span)
    {
        var from = Math.Clamp(NumberOf(span.Start) - first, 0, values.Length);
        var to = Math.Clamp(NumberOf(span.End - TimeSpan.FromTicks(1)) + 1 - first, from, values.Length);
        values.AsSpan((int)from, (int)(to - from)).Fill(double.NaN);
    }

    /// <summary>The same time of the week, of the first week after what is known.</summary>
    private DateTimeOffset Within(DateTimeOffset at)
    {
        var weeks = Math.Max(0, (NumberOf(at) - first - values.Length) / PerWeek);
        return at - TimeSpan.FromDays(7 * weeks);
    }

    private (int From, int To) ReachOf(long bucket)
    {
        var to = Math.Clamp(bucket - first, 0, values.Length);
        return ((int)Math.Clamp(bucket - first - (Weeks * PerWeek), 0, to), (int)to);
    }

    private static long NumberOf(DateTimeOffset at) => Math.DivRem(at.UtcTicks, Bucket.Ticks).Quotient;
}
