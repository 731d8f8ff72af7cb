using System.Diagnostics;
using Paddock.Core.Ledger;
using Paddock.Core.Models;

namespace Paddock.Gateway.Record;

/// <summary>
/// One span per call, named and tagged by OpenTelemetry's GenAI semantic conventions 1.37.0 (development status, pinned here).
/// Costs one check when nobody listens. Never holds content.
/// </summary>
internal static class CallTrace
{
    private static readonly ActivitySource Source = new(GatewayMetrics.Name);

    public static Activity? Start() => Source.HasListeners() ? Source.StartActivity("call", ActivityKind.Server) : null;

    /// <summary>Names the span and tells how the call ended.</summary>
    public static void End(Activity? span, Exchange exchange, CallClosing closing)
    {
        if (span is null)
        {
            return;
        }

        span.DisplayName = "chat " + exchange.Request.Model;
        span.SetTag("gen_ai.operation.name", "chat");
        span.SetTag("gen_ai.request.model", exchange.Request.Model);
        span.SetTag("gen_ai.response.model", closing.ModelServed);
        span.SetTag("gen_ai.provider.name", closing.Provider);
        span.SetTag("gen_ai.usage.input_tokens", closing.Usage.Total - closing.Usage.Output);
        span.SetTag("gen_ai.usage.output_tokens", closing.Usage.Output);
        span.SetTag("gen_ai.conversation.id", exchange.TaskId);
        span.SetTag("paddock.call.id", exchange.Id.ToString());
        span.SetTag("paddock.wire", exchange.Wire.Name());
        span.SetTag("paddock.outcome", closing.Outcome.ToString());
        span.SetTag("http.response.status_code", closing.Status);
        if (closing.ErrorClass is { } error)
        {
            span.SetTag("error.type", error);
            span.SetStatus(ActivityStatusCode.Error);
        }

        span.Dispose();
    }
}
