using Paddock.Core.Audit;

namespace Paddock.Core.Runbooks;

/// <summary>What the audit log says of runs and drills: each move, with what somebody wrote or named sealed.</summary>
public static class RunEntries
{
    public static AuditEvent Began(Run run, AuditActor by) => new()
    {
        Act = AuditActs.Run + "began",
        Actor = by,
        Ref = run.Id,
        Facts =
        [
            AuditFact.Of("runbook", run.Runbook.Name), AuditFact.Of("digest", run.Runbook.Digest), AuditFact.Of("mode", run.Mode.ToString().ToLowerInvariant()),
            .. run.Alert is { } alert ? [AuditFact.Of("alert", alert)] : Array.Empty<AuditFact>(), .. run.Incident is { } incident ? [AuditFact.Of("incident", incident)] : Array.Empty<AuditFact>(),
            .. run.Parameters.IsEmpty ? Array.Empty<AuditFact>() : [AuditFact.Of("parameters", [.. run.Parameters.Select(static one => AuditFact.Sealed(one.Key, one.Value))])],
        ],
    };

    public static AuditEvent Of(RunMove.Write move, AuditActor by)
    {
        var step = move.Run.Steps.FirstOrDefault(one => one.Id == move.Step);
        return new()
        {
            Act = AuditActs.Run + move.What,
            Actor = by,
            Ref = move.Run.Id,
            Facts =
            [
                .. step is null ? [] : new[] { AuditFact.Of("step", step.Id) },
                .. step?.Before is { } before && move.What is "step_done" ? [AuditFact.Of("before", before), AuditFact.Of("after", step.After ?? "")] : Array.Empty<AuditFact>(),
                .. move.Says.Length > 0 ? [AuditFact.Sealed("says", move.Says)] : Array.Empty<AuditFact>(),
            ],
        };
    }

    public static AuditEvent Of(DrillResult result, AuditActor by) => new()
    {
        Act = AuditActs.DrillRun,
        Actor = by,
        Ref = result.Id,
        Facts =
        [
            AuditFact.Of("runbook", result.Runbook), AuditFact.Of("digest", result.Digest), AuditFact.Of("version", result.Version), AuditFact.Of("passed", result.Passed),
            AuditFact.Of("failed", result.Lines.Where(static line => !line.Passed).Select(static line => line.Expectation)),
        ],
    };
}
