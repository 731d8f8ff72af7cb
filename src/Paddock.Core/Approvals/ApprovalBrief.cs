using System.Collections.Immutable;

namespace Paddock.Core.Approvals;

/// <summary>
/// What an approver is shown: exactly what will be done, by whom it is asked, and why it needs a yes. It comes from agents and models:
/// whoever draws it shows control and direction characters as such.
/// </summary>
public sealed record ApprovalBrief
{
    /// <summary>Nobody reads more than this, and nobody approves what cannot be shown whole. Characters.</summary>
    public const int MostCharacters = 256 * 1024;

    public required string Agent { get; init; }

    public required string Tool { get; init; }

    /// <summary>command, edit, read, mcp, browser, mode, subtask or other.</summary>
    public string ToolClass { get; init; } = "other";

    /// <summary>A command's whole text.</summary>
    public string? Command { get; init; }

    public string? Cwd { get; init; }

    /// <summary>Another tool's whole arguments, JSON as they came.</summary>
    public string? Arguments { get; init; }

    /// <summary>The commands of the line as they would be run; empty when the line is opaque or no command.</summary>
    public ImmutableArray<ImmutableArray<string>> Argv { get; init; } = [];

    /// <summary>The line could not be read whole: what it runs is not known.</summary>
    public bool Opaque { get; init; }

    public ImmutableArray<string> WritesTo { get; init; } = [];

    public ImmutableArray<string> Hosts { get; init; } = [];

    /// <summary>Paddock's task id, and the agent's own.</summary>
    public string? Task { get; init; }

    public string? NativeTask { get; init; }

    public string? Mode { get; init; }

    public string? Repository { get; init; }

    public string? Model { get; init; }

    /// <summary>Policy and rule that asked for this, as <c>policy/rule</c>.</summary>
    public required string Rule { get; init; }

    /// <summary>The rule's reason.</summary>
    public string Because { get; init; } = "";

    public string ReleaseDigest { get; init; } = "";

    public string? DecisionId { get; init; }

    internal int Characters => new[] { Agent, Tool, ToolClass, Command, Cwd, Arguments, Task, NativeTask, Mode, Repository, Model, Rule, Because }.Sum(text => text?.Length ?? 0)
        + Argv.Sum(words => words.Sum(word => word.Length)) + WritesTo.Sum(text => text.Length) + Hosts.Sum(text => text.Length);
}
