using Paddock.Core.Alerts;
using Paddock.Core.Runbooks;

namespace Paddock.Control.Runbooks;

/// <summary>Measures what a step must have come to.</summary>
internal sealed class RunChecks(ISignals signals, IAlerts alerts, TimeProvider time)
{
    /// <param name="check">With its subject's parameters filled in.</param>
    public async Task<CheckOutcome> LookAsync(Check check, CancellationToken cancellationToken)
    {
        if (check.Measure is Probe.OpenAlerts)
        {
            var open = await alerts.ListAsync(new() { Open = true, Rule = check.Of, Limit = 1_000 }, cancellationToken);
            return check.Judge(open.Length);
        }

        var end = EndOfMinute(time.GetUtcNow());
        var sums = await signals.SumsAsync(SignalOf(check.Measure), end - check.Over, end, cancellationToken);
        var count = sums.Where(sum => check.Of is null || sum.Subject == check.Of).Aggregate(default(SignalCount), static (all, one) => all + one.Count);
        return check.Judge(Probes.IsShare(check.Measure) ? Share(count, check.Events) : count.Total);
    }

    private static double? Share(SignalCount count, long least) => count.Total < Math.Max(1, least) ? null : 1 - ((double)count.Bad / count.Total);

    private static Signal SignalOf(Probe probe) => probe switch
    {
        Probe.ProviderSuccess => Signal.ProviderTries,
        Probe.RouteSuccess => Signal.RouteCalls,
        Probe.CommandsInTime => Signal.Commands,
        _ => Signal.Mutations,
    };

    private static DateTimeOffset EndOfMinute(DateTimeOffset now) => new(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute) + TimeSpan.TicksPerMinute, TimeSpan.Zero);
}
