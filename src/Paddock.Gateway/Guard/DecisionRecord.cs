using System.Globalization;
using Microsoft.Extensions.Logging;
using Paddock.Core.Policies;
using Paddock.Gateway.Record;

namespace Paddock.Gateway.Guard;

/// <summary>Gives decisions their ids, counts them and tells of those that were no plain yes.</summary>
internal sealed class DecisionRecord(GatewayMetrics metrics, ILogger<DecisionRecord> logger)
{
    /// <returns>The decision's id.</returns>
    public string Decided(Exchange exchange, GuardedCall call, in PolicyVerdict verdict, BoundRule? rule)
    {
        var id = NextId(exchange);
        metrics.ToolDecided(verdict.Effect, verdict.Shadow.Effect, call.Shape.Class);
        if (verdict.Effect is not Effect.Allow)
        {
            Log.ToolCallNotAllowed(logger, id, verdict.Effect, call.Shape.Class, rule?.Name ?? "the release's defaults", exchange.Id.ToString());
        }

        return id;
    }

    /// <returns>The decision's id.</returns>
    public string NotEvaluated(Exchange exchange, GuardedCall call)
    {
        var id = NextId(exchange);
        metrics.ToolNotEvaluated(call.Shape.Class);
        Log.ToolCallNotEvaluated(logger, id, call.Shape.Class, exchange.Id.ToString());
        return id;
    }

    private static string NextId(Exchange exchange) => string.Create(CultureInfo.InvariantCulture, $"dec_{exchange.Id.Value:N}_{exchange.NextDecision()}");
}
