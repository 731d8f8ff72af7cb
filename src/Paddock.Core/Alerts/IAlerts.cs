using System.Collections.Immutable;
using Paddock.Core.Audit;

namespace Paddock.Core.Alerts;

/// <summary>Which alerts to list: open ones first, then the newest.</summary>
public sealed record AlertQuery
{
    public string? Rule { get; init; }

    /// <summary>Only those that are open.</summary>
    public bool Open { get; init; }

    /// <summary>Only those that began before this one did, for the next page.</summary>
    public string? Before { get; init; }

    /// <summary>1 to 1,000.</summary>
    public int Limit { get; init; } = 100;
}

/// <summary>Keeps alerts and silences.</summary>
public interface IAlerts
{
    Task<ImmutableArray<Alert>> ListAsync(AlertQuery query, CancellationToken cancellationToken);

    /// <summary>Keeps what a look came to. Each alert that began or ended has its entry in the audit log with it.</summary>
    Task KeepAsync(AlertStep step, IReadOnlyCollection<AuditEvent> entries, CancellationToken cancellationToken);

    /// <summary>Those that stand.</summary>
    Task<ImmutableArray<AlertSilence>> SilencesAsync(DateTimeOffset now, CancellationToken cancellationToken);

    Task AddSilenceAsync(AlertSilence silence, AuditEvent entry, CancellationToken cancellationToken);

    /// <returns>False when it does not stand.</returns>
    Task<bool> EndSilenceAsync(string id, string by, DateTimeOffset at, AuditEvent entry, CancellationToken cancellationToken);
}
