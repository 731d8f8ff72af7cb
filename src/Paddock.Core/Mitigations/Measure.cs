using System.Collections.Immutable;
using System.Globalization;
using Paddock.Core.Tools;

namespace Paddock.Core.Mitigations;

/// <summary>What a mitigation changes in how calls are served. A closed set: each is one that can be taken back.</summary>
public abstract record Measure
{
    private Measure()
    {
    }

    /// <summary>One clause, for whoever decides on it or reads of it.</summary>
    public abstract string Says { get; }

    /// <summary>Routes ask this provider last, whatever their order says. One that asks nobody else goes on asking it.</summary>
    public sealed record AvoidProvider(string Provider) : Measure
    {
        public override string Says => $"routes ask provider '{Provider}' last";
    }

    /// <summary>A route asks this provider first.</summary>
    public sealed record PreferProvider(string Route, string Provider) : Measure
    {
        public override string Says => $"route '{Route}' asks provider '{Provider}' first";
    }

    /// <summary>Calls of this kind are turned away with 503, and told when to come again.</summary>
    public sealed record Shed(CallKind Calls, TimeSpan RetryAfter) : Measure
    {
        public override string Says => Calls is CallKind.Subagents ? "calls of sub-agents are turned away" : "large calls are turned away";
    }

    /// <summary>Calls whose request is larger are refused, and told to do less at once.</summary>
    /// <param name="MostTokens">Of a request, estimated as for budgets: a quarter of its bytes.</param>
    public sealed record SmallerTasks(long MostTokens) : Measure
    {
        public override string Says => string.Create(CultureInfo.InvariantCulture, $"requests have at most {MostTokens:N0} tokens");
    }

    /// <summary>Tool calls that change something are refused.</summary>
    public sealed record ReadOnly : Measure
    {
        public override string Says => "tool calls that change something are refused";
    }

    /// <summary>Tool calls of these classes wait for a yes, although the release's rules would allow them.</summary>
    public sealed record Ask(ImmutableArray<ToolClass> Classes, string Chain) : Measure
    {
        public override string Says => $"tool calls of the classes {string.Join(", ", Classes.Select(static one => one.ToString().ToLowerInvariant()))} wait for a yes by chain '{Chain}'";

        public bool Equals(Ask? other) => other is not null && Chain == other.Chain && Classes.SequenceEqual(other.Classes);

        public override int GetHashCode() => HashCode.Combine(Chain, Classes.Length);
    }

    /// <summary>What is bound as shadow, warn or soft is enforced.</summary>
    public sealed record Tighten(string Policy) : Measure
    {
        public override string Says => $"policy '{Policy}' is enforced";
    }

    /// <summary>A provider's credential is not used.</summary>
    /// <param name="Source">As its document names it, such as <c>env:KEY</c>.</param>
    public sealed record RestCredential(string Provider, string Source) : Measure
    {
        public override string Says => $"credential '{Source}' of provider '{Provider}' is not used";
    }
}

/// <summary>Which calls are turned away.</summary>
public enum CallKind
{
    /// <summary>Those of agents that another agent has started.</summary>
    Subagents,
    /// <summary>Those with a request of more than 32,000 tokens, estimated as for budgets.</summary>
    Large,
}
