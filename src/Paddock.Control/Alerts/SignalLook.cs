using System.Collections.Frozen;
using System.Collections.Immutable;
using Paddock.Core.Alerts;

namespace Paddock.Control.Alerts;

/// <summary>The signals as one look sees them: each sum is read once, and all are of the same moment.</summary>
internal sealed class SignalLook(ISignals signals, DateTimeOffset now)
{
    private readonly Dictionary<(Signal, DateTimeOffset, DateTimeOffset), FrozenDictionary<string, SignalCount>> read = [];

    public DateTimeOffset Now => now;

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

    /// <summary>What usually happens in a window at this time of day: the median of the hours around it on the last seven days, for a window's length.</summary>
    public async Task<Func<string, double>> UsualAsync(Signal signal, TimeSpan window, Func<SignalCount, long> count, CancellationToken cancellationToken)
    {
        var (half, days) = (TimeSpan.FromMinutes(30), new List<FrozenDictionary<string, SignalCount>>());
        for (var day = 1; day <= 7; day++)
        {
            var then = End - TimeSpan.FromDays(day);
            days.Add(await SumsAsync(signal, then - half, then + half, cancellationToken));
        }

        return subject => days.Select(sums => count(sums.GetValueOrDefault(subject))).Order().ElementAt(days.Count / 2) * (window / (half * 2));
    }
}
