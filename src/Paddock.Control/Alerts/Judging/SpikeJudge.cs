using Paddock.Core.Alerts;
using Paddock.Core.Alerts.Detection;

namespace Paddock.Control.Alerts.Judging;

/// <summary>Providers that refuse their credential.</summary>
internal sealed class SpikeJudge(FailureBoundaries boundaries) : IAlertJudge
{
    public Task<IReadOnlyList<AlertFinding>> JudgeAsync(AlertRule rule, SignalLook look, CancellationToken cancellationToken) =>
        rule.Condition is AlertCondition.Spike spike ? JudgeAsync(rule, spike, look, cancellationToken) : Task.FromResult<IReadOnlyList<AlertFinding>>([]);

    private async Task<IReadOnlyList<AlertFinding>> JudgeAsync(AlertRule rule, AlertCondition.Spike spike, SignalLook look, CancellationToken cancellationToken)
    {
        var found = new List<AlertFinding>();
        foreach (var (provider, count) in (await look.LastAsync(Signal.ProviderCredentials, CountSpike.Window, cancellationToken)).Where(one => one.Value.Bad >= spike.Bounds.AtLeast))
        {
            var usual = await look.UsualAsync(Signal.ProviderCredentials, CountSpike.Window, SignalLook.Week, static sum => sum.Bad, cancellationToken);
            var verdict = CountSpike.Judge(count.Bad, usual(provider), spike.Bounds);
            if (!verdict.Fires)
            {
                continue;
            }

            var boundary = await boundaries.FindAsync(Signal.ProviderCredentials, provider, look.Now - CountSpike.Window, cancellationToken);
            var whose = count.Bad == count.Total ? "It refuses all: the credential is revoked or has run out." : boundary?.Says ?? "Others of its calls pass: look at what the credential may do.";
            found.Add(new(rule.Name, provider, rule.Severity, $"Provider {provider} refused its credential in {AlertText.Of(count)} calls of the last {AlertText.Span(CountSpike.Window)}, and usually does in {AlertText.Count(verdict.Usual)}. {whose}",
                [AlertText.Fact("refused", count.Bad), AlertText.Fact("calls", count.Total), AlertText.Fact("usual", verdict.Usual), AlertText.Fact("threshold", verdict.Threshold)]));
        }

        return found;
    }
}
