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
/// the median of the means of the weeks, so that one bad week of four changes little, and neither does it that most samples lie below the
/// mean where few tasks cost much. Sigma is the median absolute deviation of all of them, times <see cref="Skew"/>. It has a floor, a part of
/// the mean over whole weeks, because at night most samples are nothing and so is their deviation.
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

    /// <summary>The beginning of the bucket that a moment is in.</summary>
    public static DateTimeOffset BucketOf(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % Bucket.Ticks), TimeSpan.Zero);

    /// <summary>Less is no baseline: 14 days.</summary>
    public static TimeSpan Least { get; } = TimeSpan.FromDays(14);

    /// <summary>How far back it looks: 28 days.</summary>
    public static TimeSpan Reach { get; } = TimeSpan.FromDays(7 * Weeks);

    /// <summary>By how much samples that lean to one side spread wider than their median absolute deviation tells; found on generated series.</summary>
    public double Skew { get; init; } = 1.2;

    /// <summary>The least sigma, as a part of the mean of the last 4 weeks; of their means the lower middle one.</summary>
    public double FloorOfMean { get; init; } = 0.5;

    /// <summary>The least sigma there is, in the unit of the samples: below it nobody cares. Above 0.</summary>
    public double LeastSigma { get; init; } = 0.01;

    /// <summary>How long is known of the <see cref="Reach"/> before the bucket.</summary>
    public TimeSpan KnownBefore(DateTimeOffset bucket)
    {
        var (from, to) = Between(NumberOf(bucket), Weeks, 0);
        return Bucket * (knownBefore[to] - knownBefore[from]);
    }

    public bool HasBaseline(DateTimeOffset bucket) => KnownBefore(bucket) >= Least;

    /// <summary>What is usual for the bucket; null when there is no baseline. Looks only at what lies 6 days and more before it.</summary>
    public Expectation? Expect(DateTimeOffset bucket)
    {
        Span<double> like = stackalloc double[Weeks * ((2 * Around) + 1)];
        Span<double> means = stackalloc double[Weeks];
        var (samples, weeks) = HasBaseline(bucket) ? Gather(bucket, like, means) : (0, 0);
        if (weeks == 0)
        {
            return null;
        }

        like = like[..samples];
        var floor = FloorOfMean * Level(NumberOf(bucket));
        var spread = Skew * Medians.Deviation(like, Medians.Of(like));
        return new(Medians.Of(means[..weeks]), Math.Max(spread, Math.Max(floor, LeastSigma)), samples);
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

    private (int Samples, int Weeks) Gather(DateTimeOffset bucket, Span<double> like, Span<double> means)
    {
        var (samples, weeks) = (0, 0);
        for (var week = 1; week <= Weeks; week++)
        {
            var then = bucket - TimeSpan.FromDays(7 * week);
            var middle = NumberOf(then + (zone.GetUtcOffset(bucket) - zone.GetUtcOffset(then))) - first;
            var (sum, before) = (0.0, samples);
            for (var at = Math.Max(0, middle - Around); at <= middle + Around && at < values.Length; at++)
            {
                if (!double.IsNaN(values[at]))
                {
                    sum += values[at];
                    like[samples++] = values[at];
                }
            }

            if (samples > before)
            {
                means[weeks++] = sum / (samples - before);
            }
        }

        return (samples, weeks);
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

    /// <summary>The lower of the middle two of the weeks' means, so that one bad week, which lies in two of these, does not make the floor high.</summary>
    private double Level(long bucket)
    {
        Span<double> means = stackalloc double[Weeks];
        var weeks = 0;
        for (var week = 0; week < Weeks; week++)
        {
            var (from, to) = Between(bucket, week + 1, week);
            if (knownBefore[to] - knownBefore[from] is > 0 and var known)
            {
                means[weeks++] = (sumBefore[to] - sumBefore[from]) / known;
            }
        }

        means[..weeks].Sort();
        return means[Math.Max(0, weeks - 1) / 2];
    }

    private (int From, int To) Between(long bucket, int weeksBefore, int toWeeksBefore) =>
        ((int)Math.Clamp(bucket - first - (weeksBefore * PerWeek), 0, values.Length), (int)Math.Clamp(bucket - first - (toWeeksBefore * PerWeek), 0, values.Length));

    private static long NumberOf(DateTimeOffset at) => Math.DivRem(at.UtcTicks, Bucket.Ticks).Quotient;
}
