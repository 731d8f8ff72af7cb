using Paddock.Core.Tools;

namespace Paddock.Core.Tasks;

/// <summary>What an event of an agent's client says about its task, in words that are the same for every agent.</summary>
public enum TaskSignalKind
{
    /// <summary>Nothing that moves or counts; what stands beside it (mode, repository, todos) may still be news.</summary>
    None,
    Started,
    /// <summary>A task was taken up again: to go on with it, to look at it, or because it was cancelled.</summary>
    Reopened,
    /// <summary>A model call has ended.</summary>
    Turn,
    /// <summary>A model call has failed for good.</summary>
    TurnFailed,
    /// <summary>A tool call has ended, or was denied.</summary>
    ToolEnded,
    /// <summary>The agent waits for an answer of its person.</summary>
    Asked,
    /// <summary>The person has said something.</summary>
    Answered,
    /// <summary>The agent says that its work is done.</summary>
    Claimed,
    /// <summary>The person has ended it.</summary>
    Cancelled,
    /// <summary>The agent gave up: too many mistakes in a row.</summary>
    Stuck,
    /// <summary>Files were put back to an earlier state.</summary>
    Restored,
}

/// <summary>One event, read.</summary>
public sealed record TaskSignal(TaskSignalKind Kind)
{
    public static readonly TaskSignal None = new(TaskSignalKind.None);

    /// <summary>The provider's id of the tool call, where it is told: the same call is seen in the model traffic under it.</summary>
    public string? ToolCall { get; init; }

    public string? Tool { get; init; }

    public ToolClass Class { get; init; }

    /// <summary>Of <see cref="TaskSignalKind.ToolEnded"/>.</summary>
    public ToolResult? Result { get; init; }

    /// <summary>Model as the agent names it.</summary>
    public string? Model { get; init; }

    /// <summary>What the agent says a model call cost, in nano-USD; null when it does not say.</summary>
    public long? CostNanoUsd { get; init; }

    public long InputTokens { get; init; }

    public long OutputTokens { get; init; }

    public string? Repository { get; init; }

    public TodoCounts? Todos { get; init; }
}

/// <summary>An agent's list of things to do.</summary>
public sealed record TodoCounts(int Total, int Completed, int InProgress, int Pending);
