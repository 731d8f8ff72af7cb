using Paddock.Core.Alerts;

namespace Paddock.Control.Alerts.Judging;

/// <summary>Says whether one kind of condition is met.</summary>
internal interface IAlertJudge
{
    /// <returns>Nothing when the rule's condition is of another kind.</returns>
    Task<IReadOnlyList<AlertFinding>> JudgeAsync(AlertRule rule, SignalLook look, CancellationToken cancellationToken);
}
