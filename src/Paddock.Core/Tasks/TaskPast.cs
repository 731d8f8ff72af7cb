namespace Paddock.Core.Tasks;

/// <summary>What a task had come to while all its facts were there. Some that are older than a moment are forgotten since.</summary>
/// <param name="Task">As it was folded last.</param>
/// <param name="Since">Every fact from this moment on is still there. Of what lies before it, this is what counts.</param>
public sealed record TaskPast(AgentTask Task, DateTimeOffset Since)
{
    /// <summary>When it was last said to be done by its agent, if that lies in the past.</summary>
    public DateTimeOffset? ClaimedAt => Task.Cycle is { } cycle && Task.StartedAt + cycle is var at && at < Since ? at : null;

    /// <summary>No sign of it is newer: where it stood is where it stands, until something more is said.</summary>
    public bool IsWhole => Task.LastAt < Since;
}
