using System.Collections.Frozen;
using System.Collections.Immutable;
using Paddock.Core.Alerts;
using Paddock.Core.Alerts.Detection;

namespace Paddock.Control.Alerts;

/// <summary>The signals as one look sees them: each sum is read once, and all are of the same moment.</summary>
internal sealed class SignalLook(ISignals signals, DateTimeOffset now, IReadOnlyCollection<Alert> open)
{
    private readonly Dictionary<(Signal, DateTimeOffset, DateTimeOffset), FrozenDictionary<string, SignalCount>> read = [];

    private static readonly TimeSpan halfHour = TimeSpan.FromMinutes(30);

    /// <summary>The last seven days, and the same day of the last four weeks; in days back.</summary>
    public static readonly IReadOnlyCollection<int> Week = [1, 2, 3, 4, 5, 6, 7], Weeks = [7, 14, 21, 28];

    public DateTimeOffset Now => now;

    /// <summary>Alerts that were open before it.</summary>
    public IReadOnlyCollection<Alert> Open => open;

    /// <summary>The end of the minute that has begun.</summary>
    public DateTimeOffset End { get; } = new(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute) + TimeSpan.TicksPerMinute, TimeSpan.Zero);

    /// <summary>Sums of the last so many minutes, by subject.</summary>
    public Task<FrozenDictionary<string, SignalCount>> LastAsync(Signal signal, TimeSpan window, CancellationToken cancellationToken) => SumsAsync(signal, End - window, End, cancellationToken);

    public async Task<FrozenDictionary<string, SignalCount>> SumsAsync(Signal signal, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        if (!read.TryGetValue((signal, from, until), out var sums))
        {
            read[(signal, from, until)] = sums = (await signals.SumsAsync(signal, from, until, cancellationToken)).ToFrozenDictionary(static one => one.Subject, static one => one.Count, StringComparer.Ordinal);
        }

        return sums;
    }

    public Task<ImmutableArray<SignalPoint>> PointsAsync(Signal signal, TimeSpan back, CancellationToken cancellationToken) => signals.PointsAsync(signal, now - back, now, cancellationToken);

    /// <summary>How long anything is known.</summary>
    public async Task<TimeSpan> KnownAsync(CancellationToken cancellationToken) => await signals.FirstAsync(cancellationToken) is { } first ? now - first : TimeSpan.Zero;

    /// <summary>How long anything is known of one signal.</summary>
    public async Task<TimeSpan> KnownAsync(Signal signal, CancellationToken cancellationToken) => await signals.FirstAsync(signal, cancellationToken) is { } first ? now - first : TimeSpan.Zero;

    /// <summary>What usually happens in a window at this time of day: the median of the hours around it on other days, for a window's length.</summary>
    /// <param name="days">How many days back they are.</param>
    public async Task<Func<string, double>> UsualAsync(Signal signal, TimeSpan window, IReadOnlyCollection<int> days, Func<SignalCount, long> count, CancellationToken cancellationToken)
    {
        var hours = new List<FrozenDictionary<string, SignalCount>>();
        foreach (var day in days)
        {
            var then = End - TimeSpan.FromDays(day);
            hours.Add(await SumsAsync(signal, then - halfHour, then + halfHour, cancellationToken));
        }

        return subject => Medians.Of([.. hours.Select(sums => (double)count(sums.GetValueOrDefault(subject)))]) * (window / (halfHour * 2));
    }

    /// <summary>Windows of the hour around this time of day, on other days: a list of each day.</summary>
    /// <param name="window">A multiple of five minutes.</param>
    public async Task<IReadOnlyList<IReadOnlyList<SignalCount>>> HoursAsync(Signal signal, string subject, TimeSpan window, IReadOnlyCollection<int> days, CancellationToken cancellationToken)
    {
        var hours = new List<IReadOnlyList<SignalCount>>();
        foreach (var day in days)
        {
            var begin = SeasonalReference.BucketOf(now - TimeSpan.FromDays(day) - halfHour);
            hours.Add(await WindowsAsync(signal, subject, window, begin, begin + (halfHour * 2), cancellationToken));
        }

        return hours;
    }

    /// <summary>Windows one after the other, those in which nothing happened too.</summary>
    public async Task<IReadOnlyList<SignalCount>> WindowsAsync(Signal signal, string subject, TimeSpan window, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var counts = new SignalCount[(int)((until - from) / window)];
        foreach (var point in await signals.PointsAsync(signal, from, until, cancellationToken))
        {
            if (point.Subject == subject && (int)((point.Begin - from) / window) is var at && at < counts.Length)
            {
                counts[at] += point.Count;
            }
        }

        return counts;
    }
}
