using System.Text.Json;
using Paddock.Core.Releases;
using Paddock.Core.Runbooks;
using Paddock.Store.Dialects;

namespace Paddock.Store.Runbooks;

/// <summary>A run as a row.</summary>
internal sealed class RunRow
{
    public const string Columns =
        """
        id, runbook, source, state, mode, parameters, alert_id AS AlertId, incident_id AS IncidentId, started_by AS StartedBy, started_at AS StartedAt, hold_until AS HoldUntil, mitigated_at AS MitigatedAt,
        ended_at AS EndedAt, reason, broken, steps, revision
        """;

    public string Id { get; init; } = "";

    public string Runbook { get; init; } = "";

    public string Source { get; init; } = "";

    public string State { get; init; } = "";

    public string Mode { get; init; } = "";

    public string Parameters { get; init; } = "";

    public string? AlertId { get; init; }

    public string? IncidentId { get; init; }

    public string StartedBy { get; init; } = "";

    public long StartedAt { get; init; }

    public long? HoldUntil { get; init; }

    public long? MitigatedAt { get; init; }

    public long? EndedAt { get; init; }

    public string? Reason { get; init; }

    public bool Broken { get; init; }

    public string Steps { get; init; } = "";

    public long Revision { get; init; }

    public static RunRow From(Run run) => new()
    {
        Id = run.Id,
        Runbook = run.Runbook.Name,
        Source = run.Runbook.Source,
        State = run.State.ToString().ToLowerInvariant(),
        Mode = run.Mode.ToString().ToLowerInvariant(),
        Parameters = JsonSerializer.Serialize(run.Parameters, RunDocuments.Default.ImmutableDictionaryStringString),
        AlertId = run.Alert,
        IncidentId = run.Incident,
        StartedBy = run.StartedBy,
        StartedAt = run.StartedAt.ToMicros(),
        HoldUntil = run.HoldUntil?.ToMicros(),
        MitigatedAt = run.MitigatedAt?.ToMicros(),
        EndedAt = run.EndedAt?.ToMicros(),
        Reason = run.Reason,
        Broken = run.IsBroken,
        Steps = JsonSerializer.Serialize(run.Steps, RunDocuments.Default.ImmutableArrayStepRun),
        Revision = run.Revision,
    };

    public Run ToRun() => new()
    {
        Id = Id,
        Runbook = ShippedRunbooks.Read(Source),
        State = Enum.Parse<RunState>(State, ignoreCase: true),
        Mode = Enum.Parse<RunMode>(Mode, ignoreCase: true),
        Parameters = JsonSerializer.Deserialize(Parameters, RunDocuments.Default.ImmutableDictionaryStringString)!, // written above
        Alert = AlertId,
        Incident = IncidentId,
        StartedBy = StartedBy,
        StartedAt = StartedAt.ToTime(),
        HoldUntil = HoldUntil?.ToTime(),
        MitigatedAt = MitigatedAt?.ToTime(),
        EndedAt = EndedAt?.ToTime(),
        Reason = Reason,
        IsBroken = Broken,
        Steps = JsonSerializer.Deserialize(Steps, RunDocuments.Default.ImmutableArrayStepRun),
        Revision = (int)Revision,
    };
}
