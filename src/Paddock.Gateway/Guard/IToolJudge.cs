using Paddock.Core.Tools;

namespace Paddock.Gateway.Guard;

/// <summary>Decides tool calls that are found in answers.</summary>
internal interface IToolJudge
{
    /// <summary>What is to be done with the tool calls of an answer to this call.</summary>
    Watch WatchFor(Exchange exchange);

    /// <summary>The tool that the agent runs when it hears the call's name.</summary>
    string ToolOf(Exchange exchange, GuardedCall call);

    /// <summary>What the arguments of a tool mean when this agent calls it.</summary>
    ToolShape ShapeOf(Exchange exchange, GuardedCall call);

    /// <summary>Whether the call is allowed whatever comes of it yet.</summary>
    Certainty IsAllowedAlready(Exchange exchange, GuardedCall call);

    /// <summary>Whether a call that was allowed before it was whole has been stopped by an operator since.</summary>
    bool IsStopped(Exchange exchange, GuardedCall call);

    /// <summary>Decides a call whose arguments are whole.</summary>
    ToolDecision Judge(Exchange exchange, GuardedCall call);

    /// <summary>Records a call that was allowed before it was whole.</summary>
    /// <returns>Never a wait for people; a refusal when it cannot be recorded.</returns>
    ToolDecision Note(Exchange exchange, GuardedCall call);

    /// <summary>What becomes of a call that cannot be judged.</summary>
    /// <param name="because">A sentence of ours, never of the call's.</param>
    ToolDecision NotEvaluated(Exchange exchange, GuardedCall call, string because);
}

internal enum Watch
{
    /// <summary>Nothing asks about tools.</summary>
    None,
    /// <summary>Calls are judged for the record; whatever they are, they pass.</summary>
    Record,
    /// <summary>What is refused, or cannot be judged, does not pass.</summary>
    Enforce,
}

/// <summary>How far a decision is certain before a call is whole.</summary>
internal enum Certainty
{
    None,
    /// <summary>Allowed by what was seen, as long as nothing contradicts it.</summary>
    BySeen,
    /// <summary>Allowed whatever the arguments are.</summary>
    Whatever,
}

/// <summary>What was decided on a tool call.</summary>
internal abstract record ToolDecision
{
    private ToolDecision()
    {
    }

    internal sealed record Allowed : ToolDecision
    {
        public static readonly Allowed Instance = new();
    }

    /// <param name="Replacement">What stands in the place of its arguments: JSON, or free text when those are.</param>
    internal sealed record Refused(byte[] Replacement) : ToolDecision
    {
        /// <summary>The tool that is called instead; null = the same.</summary>
        public string? Name { get; init; }
    }

    /// <summary>Somebody has to say yes, or it has yet to be recorded. The call is held until then.</summary>
    internal sealed record Waits(PendingDecision Pending) : ToolDecision;

    /// <param name="Said">The text that takes the call's place, where no arguments make it harmless.</param>
    internal sealed record TakenOut(string Said) : ToolDecision;
}
