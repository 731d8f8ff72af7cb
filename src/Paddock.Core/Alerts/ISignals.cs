using System.Collections.Immutable;

namespace Paddock.Core.Alerts;

/// <summary>Counts what alerts look at. All times are of when a call, or a decision on a tool call, was made.</summary>
public interface ISignals
{
    /// <summary>How long they are kept by the minute, and by five minutes.</summary>
    static readonly TimeSpan KeepMinutes = TimeSpan.FromDays(4), KeepFiveMinutes = TimeSpan.FromDays(36);

    /// <summary>Brings the counts up to now. Counted twice, nothing changes.</summary>
    /// <returns>False while another process does: one is enough, and it alone should look at them.</returns>
    Task<bool> CountAsync(CancellationToken cancellationToken);

    /// <summary>Sums by subject, from a full minute until a full minute, that one not included; further back than <see cref="KeepMinutes"/> by five minutes.</summary>
    Task<ImmutableArray<SignalSum>> SumsAsync(Signal signal, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Five minutes after five minutes, in the order of time; those in which nothing happened are left out.</summary>
    Task<ImmutableArray<SignalPoint>> PointsAsync(Signal signal, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Since when there is anything; null when there is nothing.</summary>
    Task<DateTimeOffset?> FirstAsync(CancellationToken cancellationToken);

    /// <summary>Since when there is anything of one signal; null when there is nothing.</summary>
    Task<DateTimeOffset?> FirstAsync(Signal signal, CancellationToken cancellationToken);
}
