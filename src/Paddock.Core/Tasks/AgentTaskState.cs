using System.Collections.Immutable;
using System.Text.Json;

namespace Paddock.Core.Tasks;

/// <summary>Where a task stands. Stored and written as its name in lower snake case. No state is the last word: later facts revise it.</summary>
public enum AgentTaskState
{
    /// <summary>It was opened, and no model was called for it yet.</summary>
    Started,
    Active,
    /// <summary>A call of it is held until somebody says yes.</summary>
    WaitingApproval,
    /// <summary>The agent has asked its person something.</summary>
    WaitingPerson,
    /// <summary>The agent says that it is done, and nothing since says otherwise.</summary>
    ClaimedComplete,
    /// <summary>Somebody or something else than the agent says that it is done.</summary>
    Accepted,
    /// <summary>Its last model call failed and nothing followed, or what it made was refused.</summary>
    Failed,
    /// <summary>Its person, or an operator, ended it.</summary>
    Cancelled,
    /// <summary>Nothing was heard of it for a set time (<see cref="FoldRules.AbandonAfter"/>).</summary>
    Abandoned,
    /// <summary>The agent made the same mistakes again and again.</summary>
    Stuck,
    /// <summary>The last that was heard is that something took too long.</summary>
    TimedOut,
    /// <summary>What it had done was taken back.</summary>
    RolledBack,
}

/// <summary>Who says that a task succeeded.</summary>
public enum SuccessSource
{
    /// <summary>The agent alone.</summary>
    AgentClaim,
    /// <summary>A person, who accepted it.</summary>
    User,
    /// <summary>Checks that passed.</summary>
    Ci,
    /// <summary>Its change was merged.</summary>
    Scm,
}

public static class AgentTaskStates
{
    /// <summary>In the order of <see cref="AgentTaskState"/>.</summary>
    public static readonly ImmutableArray<string> Names = [.. Enum.GetNames<AgentTaskState>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];

    private static readonly ImmutableArray<string> sources = [.. Enum.GetNames<SuccessSource>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];

    public static string Name(this AgentTaskState state) => Names[(int)state];

    public static string Name(this SuccessSource source) => sources[(int)source];

    public static AgentTaskState? Parse(string name) => Names.IndexOf(name) is >= 0 and var at ? (AgentTaskState)at : null;

    public static SuccessSource? ParseSource(string? name) => name is not null && sources.IndexOf(name) is >= 0 and var at ? (SuccessSource)at : null;

    /// <summary>It has ended, as far as is known.</summary>
    public static bool IsTerminal(this AgentTaskState state) => state >= AgentTaskState.ClaimedComplete;

    /// <summary>It counts as succeeded, which is the same as completed wherever a number says so.</summary>
    public static bool IsSuccess(this AgentTaskState state) => state is AgentTaskState.ClaimedComplete or AgentTaskState.Accepted;
}
