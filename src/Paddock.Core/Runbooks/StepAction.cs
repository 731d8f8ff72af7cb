namespace Paddock.Core.Runbooks;

/// <summary>What a step can do. A closed set: each is idempotent, and what changes something can be taken back.</summary>
public enum StepAction
{
    /// <summary>A route asks another of its providers first.</summary>
    RouteSwitch,

    /// <summary>All routes ask a provider last.</summary>
    ProviderAvoid,

    /// <summary>A provider is not asked at all.</summary>
    ProviderDisable,

    /// <summary>A provider's credential is not used.</summary>
    CredentialRest,

    /// <summary>Calls of a kind are turned away.</summary>
    CallsShed,

    /// <summary>Large requests are refused.</summary>
    TasksSmaller,

    /// <summary>Tool calls that change something are refused.</summary>
    ToolsReadonly,

    /// <summary>Tool calls of some classes wait for a yes.</summary>
    ToolsAsk,

    /// <summary>A tool is refused.</summary>
    ToolDisable,

    /// <summary>A policy in shadow, warn or soft is enforced.</summary>
    PolicyTighten,

    /// <summary>A person, agent, task or model is stopped at once.</summary>
    Contain,

    /// <summary>Lists what changed: releases, prompts, tools, modes.</summary>
    ChangesList,

    /// <summary>Tells the operators' receivers.</summary>
    Notify,

    /// <summary>Tells developers, in their agents, what to expect.</summary>
    PeopleTell,

    /// <summary>Waits for a person's yes.</summary>
    Confirm,

    /// <summary>Only verifies.</summary>
    Check,
}

/// <summary>What a step's argument is.</summary>
public enum ArgumentKind
{
    Text,
    Words,
    Whole,
    Duration,
}

/// <param name="Choices">The words it may be; empty = any.</param>
public sealed record StepArgument(string Name, ArgumentKind Kind, bool Required = true, params string[] Choices);

/// <summary>The actions as documents write them.</summary>
public static class StepActions
{
    private static readonly StepArgument provider = new("provider", ArgumentKind.Text), text = new("text", ArgumentKind.Text);

    /// <summary>In the order of <see cref="StepAction"/>.</summary>
    private static readonly (string Name, bool Changes, StepArgument[] Arguments)[] all =
    [
        ("route.switch", true, [new("route", ArgumentKind.Text), new("to", ArgumentKind.Text)]),
        ("provider.avoid", true, [provider]),
        ("provider.disable", true, [provider]),
        ("credential.rest", true, [provider, new("credential", ArgumentKind.Text)]),
        ("calls.shed", true, [new("calls", ArgumentKind.Text, true, "subagents", "large"), new("retryAfter", ArgumentKind.Duration)]),
        ("tasks.smaller", true, [new("mostTokens", ArgumentKind.Whole)]),
        ("tools.readonly", true, []),
        ("tools.ask", true, [new("classes", ArgumentKind.Words), new("chain", ArgumentKind.Text)]),
        ("tool.disable", true, [new("tool", ArgumentKind.Text)]),
        ("policy.tighten", true, [new("policy", ArgumentKind.Text)]),
        ("contain", true, [new("user", ArgumentKind.Text, false), new("agent", ArgumentKind.Text, false), new("task", ArgumentKind.Text, false), new("model", ArgumentKind.Text, false)]),
        ("changes.list", false, [new("window", ArgumentKind.Duration)]),
        ("notify", false, [text, new("severity", ArgumentKind.Text, false, "ticket", "page")]),
        ("people.tell", true, [text]),
        ("confirm", false, [new("question", ArgumentKind.Text), new("within", ArgumentKind.Duration, false)]),
        ("check", false, []),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. all.Select(static one => one.Name)];

    public static string NameOf(StepAction action) => all[(int)action].Name;

    public static IReadOnlyList<StepArgument> ArgumentsOf(StepAction action) => all[(int)action].Arguments;

    /// <summary>Whether it changes how calls are served, and can be undone.</summary>
    public static bool Changes(StepAction action) => all[(int)action].Changes;
}
