using System.Collections.Immutable;
using Paddock.Core.Tools;

namespace Paddock.Core.Containments;

/// <summary>
/// The containments that stand at one moment, immutable. Asking costs nothing while there are none, allocates nothing, and always takes the
/// moment: one in the set may have expired since. There are few at a time, so they are simply gone through.
/// </summary>
public sealed class ContainmentSet
{
    /// <summary>So many are in force at once at most; each costs every call some nanoseconds.</summary>
    public const int Most = 1_000;

    public static readonly ContainmentSet Empty = new(0, []);

    private readonly ImmutableArray<Containment> ofCalls;
    private readonly ImmutableArray<Containment> ofTools;

    /// <param name="version">Grows with each change in the store.</param>
    /// <param name="standing">Those that nobody has lifted.</param>
    public ContainmentSet(long version, ImmutableArray<Containment> standing)
    {
        Version = version;
        All = [.. standing.Where(one => one.LiftedAt is null && !one.Selector.IsEmpty)];
        ofCalls = [.. All.Where(one => one.Selector.Tool is null)];
        ofTools = [.. All.Where(one => one.Selector.Tool is not null)];
    }

    public long Version { get; }

    public ImmutableArray<Containment> All { get; }

    public bool IsEmpty => All.IsEmpty;

    /// <summary>Whether there is any that is about calls themselves.</summary>
    public bool HasCalls => !ofCalls.IsEmpty;

    public bool HasTools => !ofTools.IsEmpty;

    /// <returns>What stops the call; of several the one that ends last. Null when nothing does.</returns>
    public Containment? OfCall(in ContainmentFacts call, DateTimeOffset now)
    {
        Containment? last = null;
        foreach (var one in ofCalls)
        {
            if (one.IsInForce(now) && one.Selector.Fits(call))
            {
                last = Later(last, one);
            }
        }

        return last;
    }

    /// <summary>What stops a call's use of a tool, though not the call.</summary>
    /// <param name="tool">As the agent names it.</param>
    /// <param name="mcp">Its MCP server and its name there; null for the agent's own tools.</param>
    public Containment? OfTool(in ContainmentFacts call, string tool, McpToolName? mcp, DateTimeOffset now)
    {
        Containment? last = null;
        foreach (var one in ofTools)
        {
            if (one.IsInForce(now) && one.Selector.FitsTool(tool, mcp) && one.Selector.Fits(call))
            {
                last = Later(last, one);
            }
        }

        return last;
    }

    /// <summary>Whether tools of the call must be looked at: some tool, though not every one, may be stopped.</summary>
    public bool MayStopTools(in ContainmentFacts call, DateTimeOffset now)
    {
        foreach (var one in ofTools)
        {
            if (one.IsInForce(now) && one.Selector.Fits(call))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How many are in force.</summary>
    public int CountInForce(DateTimeOffset now) => All.Count(one => one.IsInForce(now));

    private static Containment Later(Containment? one, Containment other) => one is null || other.ExpiresAt > one.ExpiresAt ? other : one;
}
