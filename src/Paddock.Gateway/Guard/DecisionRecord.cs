using System.Globalization;
using Microsoft.Extensions.Logging;
using Paddock.Core.Policies;
using Paddock.Gateway.Record;

namespace Paddock.Gateway.Guard;

/// <summary>Gives decisions their ids, counts them and tells of those that were no plain yes.</summary>
internal sealed class DecisionRecord(GatewayMetrics metrics, ILogger<DecisionRecord> logger)
{
    /// <returns>The decision's id.</returns>
    public string Decided(ICallOrigin origin, ToolCall call, in PolicyVerdict verdict, BoundRule? rule)
    {
        var id = NextId(origin);
        metrics.ToolDecided(verdict.Effect, verdict.Shadow.Effect, call.Shape.Class);
        if (verdict.Effect is not Effect.Allow)
        {
            Log.ToolCallNotAllowed(logger, id, verdict.Effect, call.Shape.Class, rule?.Name ?? "the release's defaults", origin.Id.ToString());
        }

        return id;
    }

    /// <returns>The decision's id.</returns>
    public string NotEvaluated(ICallOrigin origin, ToolCall call)
    {
        var id = NextId(origin);
        metrics.ToolNotEvaluated(call.Shape.Class);
        Log.ToolCallNotEvaluated(logger, id, call.Shape.Class, origin.Id.ToString());
        return id;
    }

    private static string NextId(ICallOrigin origin) => string.Create(CultureInfo.InvariantCulture, $"dec_{origin.Id.Value:N}_{origin.NextDecision()}");
}
