using Paddock.Core.Mitigations;
using Paddock.Store.Dialects;

namespace Paddock.Store.Mitigations;

/// <summary>A mitigation as a row.</summary>
internal sealed class MitigationRow
{
    public const string Columns =
        "id, measure, reason, run_id AS RunId, step, created_by AS CreatedBy, created_at AS CreatedAt, expires_at AS ExpiresAt, ended_at AS EndedAt, ended_by AS EndedBy";

    public string Id { get; init; } = "";

    public string Measure { get; init; } = "";

    public string Reason { get; init; } = "";

    public string RunId { get; init; } = "";

    public string Step { get; init; } = "";

    public string CreatedBy { get; init; } = "";

    public long CreatedAt { get; init; }

    public long ExpiresAt { get; init; }

    public long? EndedAt { get; init; }

    public string? EndedBy { get; init; }

    public static MitigationRow From(Mitigation mitigation) => new()
    {
        Id = mitigation.Id,
        Measure = MeasureDocument.Write(mitigation.Measure),
        Reason = mitigation.Reason,
        RunId = mitigation.Run,
        Step = mitigation.Step,
        CreatedBy = mitigation.CreatedBy,
        CreatedAt = mitigation.CreatedAt.ToMicros(),
        ExpiresAt = mitigation.ExpiresAt.ToMicros(),
    };

    public Mitigation ToMitigation() => new()
    {
        Id = Id,
        Measure = MeasureDocument.Read(Measure),
        Reason = Reason,
        Run = RunId,
        Step = Step,
        CreatedBy = CreatedBy,
        CreatedAt = CreatedAt.ToTime(),
        ExpiresAt = ExpiresAt.ToTime(),
        EndedAt = EndedAt?.ToTime(),
        EndedBy = EndedBy,
    };
}
