using System.Diagnostics.Metrics;

namespace Paddock.Agents.Hooks;

/// <summary>How much agents' hooks tell, and what becomes of it.</summary>
internal sealed class HookMetrics
{
    /// <summary>What hooks tell is telemetry as well.</summary>
    private const string Name = "Paddock.Telemetry";

    private readonly Counter<long> events;

    public HookMetrics(IMeterFactory factory) => events = factory.Create(Name).CreateCounter<long>(
        "paddock.telemetry.hook_events", "{event}", "Events that agents' hooks told, by what became of them: kept, again (kept before), refused (more than is taken of one person, or by a key that is not for it) or lost (they could not be kept in time).");

    public void Note(string agent, HookOutcome outcome) => events.Add(1, new("agent", agent), new("outcome", outcome switch
    {
        HookOutcome.Kept => "kept",
        HookOutcome.Again => "again",
        HookOutcome.Refused => "refused",
        _ => "lost",
    }));
}

/// <summary>What became of something that a hook told.</summary>
internal enum HookOutcome
{
    Kept,
    /// <summary>It had been told before.</summary>
    Again,
    Refused,
    Lost,
}
