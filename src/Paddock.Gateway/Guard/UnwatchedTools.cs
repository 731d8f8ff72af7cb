using Paddock.Core.Tools;

namespace Paddock.Gateway.Guard;

/// <summary>For releases without a rule: nothing is looked at.</summary>
internal sealed class UnwatchedTools : IToolJudge
{
    public Watch WatchFor(Exchange exchange) => Watch.None;

    public ToolShape ShapeOf(Exchange exchange, GuardedCall call) => ToolShape.Unknown;

    public Certainty IsAllowedAlready(Exchange exchange, GuardedCall call) => Certainty.Whatever;

    public ToolDecision Judge(Exchange exchange, GuardedCall call) => ToolDecision.Allowed.Instance;

    public ToolDecision NotEvaluated(Exchange exchange, GuardedCall call, string because) => ToolDecision.Allowed.Instance;
}
