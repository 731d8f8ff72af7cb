using System.Collections.Immutable;

namespace Paddock.Core.Incidents;

/// <summary>What is written down of an incident, so that it does not come again.</summary>
public sealed record Postmortem
{
    /// <summary>Characters of each text, and of the timeline; action items there may be, and characters of what each says.</summary>
    public const int LongestText = 4_000, LongestTimeline = 8_000, MostActions = 20, LongestAction = 500;

    /// <summary>Counts writings: whoever writes has seen the last one. 0 = it was not written yet.</summary>
    public int Version { get; init; }

    public string Summary { get; init; } = "";

    public string Impact { get; init; } = "";

    /// <summary>As it was when the postmortem was begun, and as its authors corrected it.</summary>
    public string Timeline { get; init; } = "";

    public string Causes { get; init; } = "";

    public string WentWell { get; init; } = "";

    public ImmutableArray<ActionItem> Actions { get; init; } = [];

    /// <summary>Principal ids of all who wrote in it.</summary>
    public ImmutableArray<string> Authors { get; init; } = [];

    /// <summary>Principal id; null = nobody has, or it was changed since.</summary>
    public string? ApprovedBy { get; init; }

    public DateTimeOffset? ApprovedAt { get; init; }
}

/// <summary>Something that is done so that it does not come again.</summary>
public sealed record ActionItem
{
    public required string Text { get; init; }

    /// <summary>Principal id.</summary>
    public string? Owner { get; init; }

    public DateTimeOffset? Due { get; init; }

    public ActionKind? Kind { get; init; }

    /// <summary>Where it is: a pull request, a document.</summary>
    public string? Link { get; init; }

    /// <summary>Of a test: what proves that the finding became one.</summary>
    public TestProof? Test { get; init; }
}

/// <param name="Test">Id of the test.</param>
/// <param name="FailingRun">Id of the run, before the fix, in which it failed.</param>
/// <param name="PassingRun">Id of the run, after it, in which it passed.</param>
public sealed record TestProof(string Test, string FailingRun, string PassingRun);

/// <summary>What an action item leaves behind.</summary>
public enum ActionKind
{
    Test,
    Policy,
    Runbook,
    Doc,
}
