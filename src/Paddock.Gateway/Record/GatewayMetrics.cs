using System.Diagnostics;
using System.Diagnostics.Metrics;
using Paddock.Core.Ledger;
using Paddock.Core.Models;
using Paddock.Core.Policies;
using Paddock.Core.Tools;

namespace Paddock.Gateway.Record;

/// <summary>
/// The data plane's metrics. Names in <c>gen_ai.*</c> follow OpenTelemetry's GenAI semantic conventions 1.37.0 (development status,
/// pinned here); tags come from closed sets, never from a model, tool or agent name off the wire.
/// </summary>
internal sealed class GatewayMetrics
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Name = "Paddock.Gateway";

    private static readonly string[] Outcomes = [.. Enum.GetNames<CallOutcome>().Select(System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName)];

    private readonly Counter<long> calls;
    private readonly Histogram<double> duration;
    private readonly Histogram<double> firstDelta;
    private readonly Counter<long> tokens;
    private readonly Counter<long> cost;
    private readonly Counter<long> decisions;
    private readonly Counter<long> results;
    private readonly ProviderTries tries;

    public GatewayMetrics(IMeterFactory factory, Execute.InFlightCalls inFlight, Receive.BufferLimits buffers)
    {
        var meter = factory.Create(Name);
        calls = meter.CreateCounter<long>("paddock.calls", "{call}", "Calls that ended, by wire, outcome and error class.");
        duration = meter.CreateHistogram("gen_ai.client.operation.duration", "s", "Duration of a call, from request received to last byte.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92] });
        firstDelta = meter.CreateHistogram("gen_ai.server.time_to_first_token", "s", "Time to the first semantic delta.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0] });
        tokens = meter.CreateCounter<long>("paddock.tokens", "{token}", "Tokens used, by wire and kind.");
        cost = meter.CreateCounter<long>("paddock.cost", "nUSD", "Cost of calls in nano-USD.");
        decisions = meter.CreateCounter<long>("paddock.policy.decisions", "{decision}", "Tool calls judged, by class, effect, and the effect if every binding were enforced.");
        results = meter.CreateCounter<long>("paddock.tool.results", "{result}", "Results of tool calls that agents told the model, each once, by class and outcome.");
        tries = new(meter);
        meter.CreateObservableUpDownCounter("paddock.calls.in_flight", () => inFlight.Total, "{call}", "Calls that run now.");
        meter.CreateObservableUpDownCounter("paddock.calls.draining", () => inFlight.Draining, "{call}", "Of these, the calls whose client is gone and whose usage is waited for.");
        meter.CreateObservableUpDownCounter("paddock.buffered", () => buffers.Total, "By", "Body bytes held in memory.");
    }

    public void ToolDecided(Effect effect, Effect shadow, ToolClass tool) => Decided(NameOf(effect), NameOf(shadow), tool);

    public void ToolNotEvaluated(ToolClass tool) => Decided("not_evaluated", "not_evaluated", tool);

    public void ToolContained(ToolClass tool) => Decided("contained", "contained", tool);

    public void ToolEnded(ToolEnd end, ToolClass tool)
    {
        if (results.Enabled)
        {
            results.Add(1, new("class", tool.ToString().ToLowerInvariant()), new("outcome", end.ToString().ToLowerInvariant()));
        }
    }

    private void Decided(string effect, string shadow, ToolClass tool)
    {
        if (decisions.Enabled)
        {
            decisions.Add(1, new("effect", effect), new("shadow_effect", shadow), new KeyValuePair<string, object?>("class", tool.ToString().ToLowerInvariant()));
        }
    }

    private static string NameOf(Effect effect) => effect switch
    {
        Effect.Allow => "allow",
        Effect.RequireApproval => "require_approval",
        _ => "deny",
    };

    public void Ended(Exchange exchange, CallClosing closing)
    {
        var wire = exchange.Wire.Name();
        if (calls.Enabled)
        {
            var tags = new TagList { { "wire", wire }, { "outcome", Outcomes[(int)closing.Outcome] } };
            if (closing.ErrorClass is { } error)
            {
                tags.Add("error.type", error);
            }

            calls.Add(1, tags);
        }

        if (duration.Enabled)
        {
            duration.Record(closing.Duration.TotalSeconds, new KeyValuePair<string, object?>("wire", wire));
        }

        if (firstDelta.Enabled && closing.FirstDelta is { } first)
        {
            firstDelta.Record(first.TotalSeconds, new KeyValuePair<string, object?>("wire", wire));
        }

        tries.Count(closing.Attempts);
        CountTokens(wire, closing);
    }

    private void CountTokens(string wire, CallClosing closing)
    {
        if (!tokens.Enabled || closing.Usage.Total == 0)
        {
            return;
        }

        Count(wire, "input", closing.Usage.Input);
        Count(wire, "cache_read", closing.Usage.CacheRead);
        Count(wire, "cache_write", closing.Usage.CacheWrite5m + closing.Usage.CacheWrite1h);
        Count(wire, "output", closing.Usage.Output);
        cost.Add(closing.CostNanoUsd, new KeyValuePair<string, object?>("wire", wire));
    }

    private void Count(string wire, string kind, long count)
    {
        if (count > 0)
        {
            tokens.Add(count, new("wire", wire), new("gen_ai.token.type", kind));
        }
    }
}
