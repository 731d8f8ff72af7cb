using System.Collections.Immutable;

namespace Paddock.Core.Alerts;

/// <summary>A fact of the installation that is so at the moment of the look. There are these and no others; each has its <see cref="IGauges"/>.</summary>
/// <param name="Name">As rules write it.</param>
/// <param name="Unit">As a sentence writes it behind a number; null = it is 1 while it is so, else 0.</param>
/// <param name="Says">What it is, as a sentence begins.</param>
/// <param name="Subject">What its values are told apart by; empty = it has one value.</param>
public sealed record Gauge(string Name, string? Unit, string Says, string Subject = "")
{
    public static Gauge AuditLag { get; } = new("audit_lag_seconds", "seconds", "The oldest entry that is not in the audit log yet has waited");

    public static Gauge StaleClients { get; } = new("stale_clients", "clients", "Clients that made model calls in the last hour, and go on without asking for their settings");

    public static Gauge ReleaseRejected { get; } = new("release_rejected", null, "The newest files were not taken as a release", "where the files came from: release-dir, import");

    public static Gauge DiskFree { get; } = new("disk_free_percent", "%", "Room on the disk", "data, and audit where the audit log's file has a directory of its own");

    public static Gauge ApprovalsWaiting { get; } = new("approvals_waiting", "requests", "Requests that wait for somebody's yes");

    public static Gauge IncidentsOverdue { get; } = new("incidents_overdue", "incidents", "Incidents whose ETA is over and that are not mitigated");

    public static ImmutableArray<Gauge> All { get; } = [AuditLag, StaleClients, ReleaseRejected, DiskFree, ApprovalsWaiting, IncidentsOverdue];
}

/// <summary>What a gauge shows.</summary>
/// <param name="Subject">Empty where there is one value.</param>
/// <param name="Value">In the gauge's unit.</param>
/// <param name="Detail">A sentence with more of it; null = none. Holds no content of calls and no secret.</param>
public readonly record struct GaugeValue(string Subject, double Value, string? Detail = null);
