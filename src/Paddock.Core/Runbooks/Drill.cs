using System.Collections.Immutable;

namespace Paddock.Core.Runbooks;

/// <summary>How a runbook is rehearsed: in an installation of its own, with simulated providers and developers and a clock that is moved.</summary>
public sealed record Drill
{
    /// <summary>What goes wrong there.</summary>
    public required ImmutableArray<DrillFault> Faults { get; init; }

    /// <summary>Model calls in ten seconds.</summary>
    public int CallsPerTick { get; init; } = 2;

    /// <summary>When the faults end; all times are from the beginning.</summary>
    public required TimeSpan Until { get; init; }

    /// <summary>What the one who is on call answers when a step asks.</summary>
    public bool Answer { get; init; } = true;

    public required DrillExpectations Expect { get; init; }

    /// <summary>An older drill says nothing any more.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromDays(30);
}

/// <summary>What goes wrong. A closed set.</summary>
public enum DrillFault
{
    /// <summary>The first provider answers 503.</summary>
    ProviderDown,

    /// <summary>The first provider refuses its credential.</summary>
    CredentialRefused,

    /// <summary>The first provider answers in a form that nobody can read.</summary>
    AnswersChanged,

    /// <summary>More calls come than providers take: they answer 429 to what is too much, most of it from sub-agents and large.</summary>
    TrafficSpike,

    /// <summary>An agent's commands run into their time limit.</summary>
    CommandsSlow,

    /// <summary>An agent does again and again what rules refuse.</summary>
    Probing,

    /// <summary>An agent changes things by one tool, over and over.</summary>
    ToolRunsWild,

    /// <summary>The release directory holds what the installation does not take.</summary>
    ReleaseRejected,

    /// <summary>Requests for a yes pile up.</summary>
    ApprovalsPileUp,
}

/// <summary>What must have happened.</summary>
public sealed record DrillExpectations
{
    /// <summary>From the fault to the alert.</summary>
    public required TimeSpan AlertWithin { get; init; }

    /// <summary>From the fault to the incident.</summary>
    public required TimeSpan IncidentWithin { get; init; }

    /// <summary>From the fault to all steps verified.</summary>
    public required TimeSpan MitigatedWithin { get; init; }

    /// <summary>Share of calls that are answered well from then on, among those that are not turned away on purpose; 0 to 1.</summary>
    public double SuccessRate { get; init; }

    /// <summary>What was seen from outside while the runbook held.</summary>
    public required ImmutableArray<DrillSight> Seen { get; init; }
}

/// <summary>What can be seen from outside, whatever the runbook says of itself. A closed set.</summary>
public enum DrillSight
{
    /// <summary>Calls are answered by the second provider, and the first is not asked before it.</summary>
    SecondProviderFirst,

    /// <summary>The first provider is asked for nothing.</summary>
    FirstProviderUnasked,

    /// <summary>The first provider is not shown its resting credential.</summary>
    CredentialUnused,

    /// <summary>Calls of sub-agents are turned away with a time to come again.</summary>
    SubagentsShed,

    /// <summary>Large calls are turned away with a time to come again.</summary>
    LargeShed,

    /// <summary>Large requests are refused for good.</summary>
    SmallerTasksAsked,

    /// <summary>An edit is refused, a read is not.</summary>
    ReadOnly,

    /// <summary>An edit waits for somebody's yes.</summary>
    EditAsked,

    /// <summary>The tool that ran wild is refused, another is not.</summary>
    ToolRefused,

    /// <summary>The one who probes is stopped, another is not.</summary>
    ProberStopped,

    /// <summary>What the shadowed policy refuses is refused.</summary>
    PolicyEnforced,

    /// <summary>The change that was made before the fault is listed, and one of long before is not.</summary>
    ChangeListed,

    /// <summary>A receiver got the runbook's notification.</summary>
    Notified,

    /// <summary>Developers are shown the runbook's words.</summary>
    PeopleTold,

    /// <summary>Somebody was asked, and nothing went on before they said yes.</summary>
    Confirmed,

    /// <summary>The check was made against the numbers as they are.</summary>
    Checked,
}

/// <summary>Sights as documents write them.</summary>
public static class DrillSights
{
    /// <summary>In the order of <see cref="DrillSight"/>.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "second_provider_first", "first_provider_unasked", "credential_unused", "subagents_shed", "large_shed", "smaller_tasks_asked", "read_only", "edit_asked", "tool_refused", "prober_stopped",
        "policy_enforced", "change_listed", "notified", "people_told", "confirmed", "checked",
    ];

    public static string NameOf(DrillSight sight) => Names[(int)sight];
}
