using Paddock.Core.Ledger;
using Paddock.Core.Metrics;
using Paddock.Core.Tasks;

namespace Paddock.Testing.Fleet;

/// <summary>A task of the simulated fleet: what is known of it, and what is true of it.</summary>
public sealed class FleetTask
{
    public required string Native { get; init; }

    public required MetricPlace Place { get; init; }

    /// <summary>The agent's own id of the task that began it.</summary>
    public string? Parent { get; init; }

    public List<TaskFact> Facts { get; } = [];

    public FleetTruth Truth { get; } = new();

    public string Id => TaskKey.Compute(Place.Person, Place.Agent, Native);

    public TaskOrigin Origin => new(Id, Place.Person, Place.Agent, Place.Teams, ClaimsByTool: Place.Agent == "roo-code");
}

/// <summary>Set by whoever scripts the task, never read from its facts.</summary>
public sealed class FleetTruth
{
    public AgentTaskState State { get; set; }

    public SuccessSource? Source { get; set; }

    public DateTimeOffset EndedAt { get; set; }

    public TimeSpan? Cycle { get; set; }

    public TimeSpan Waited { get; set; }

    public bool EverClaimed { get; set; }

    public bool TakenBack { get; set; }

    public long CostNanoUsd { get; set; }

    public int Calls { get; set; }

    public int Unpriced { get; set; }

    public int Results { get; set; }

    public int ToolFailed { get; set; }

    public int NonZero { get; set; }

    public int TimedOut { get; set; }

    public int Denied { get; set; }
}
