using Paddock.Core.Alerts;
using Paddock.Core.Alerts.Detection;
using Paddock.Core.Policies;
using Paddock.Core.Policies.Decisions;

namespace Paddock.Control.Alerts.Judging;

/// <summary>One person's agent that is refused again and again.</summary>
internal sealed class BurstJudge(IDecisions decisions) : IAlertJudge
{
    private const int Most = 1_000;

    public Task<IReadOnlyList<AlertFinding>> JudgeAsync(AlertRule rule, SignalLook look, CancellationToken cancellationToken) =>
        rule.Condition is AlertCondition.Burst burst ? JudgeAsync(rule, burst, look, cancellationToken) : Task.FromResult<IReadOnlyList<AlertFinding>>([]);

    private async Task<IReadOnlyList<AlertFinding>> JudgeAsync(AlertRule rule, AlertCondition.Burst burst, SignalLook look, CancellationToken cancellationToken)
    {
        var denied = await decisions.ListAsync(new() { Effect = Effect.Deny, Since = look.Now - DenialBurst.Window, Limit = Most }, cancellationToken);
        return
        [
            .. from same in denied.Where(static one => one is { Outcome: DecisionOutcome.Refused, Mutating: true }).GroupBy(static one => (one.Principal, one.Agent))
               let verdict = DenialBurst.Judge(same.Count(), burst.AtLeast)
               where verdict.Fires
               let why = same.GroupBy(static one => one.Rule ?? "the release's defaults", StringComparer.Ordinal).MaxBy(static rules => rules.Count())!.Key // no group is empty
               select new AlertFinding(rule.Name, same.Key.Principal, rule.Severity,
                   $"{same.Key.Agent} was refused {AlertText.Count(verdict.Seen)} changes in {AlertText.Span(DenialBurst.Window)} for one person, mostly by {why}: somebody or something tries what it may not.",
                   [AlertText.Fact("refused", verdict.Seen), new("agent", same.Key.Agent), new("rule", why), new("task", same.First().Task ?? "")]),
        ];
    }
}
