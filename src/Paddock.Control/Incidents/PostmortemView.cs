using System.Collections.Immutable;
using Paddock.Core.Containments;
using Paddock.Core.Identity;
using Paddock.Core.Incidents;

namespace Paddock.Control.Incidents;

/// <summary>A postmortem; people by their names.</summary>
/// <param name="Version">How often it was written; 0 = nobody has, and this is what one begins with.</param>
/// <param name="ApprovedBy">Null = nobody has, or it was changed since.</param>
public sealed record PostmortemView(
    int Version, string Summary, string Impact, string Timeline, string Causes, string WentWell, IReadOnlyList<ActionItemView> Actions, IReadOnlyList<string> Authors, string? ApprovedBy, DateTimeOffset? ApprovedAt)
{
    internal static PostmortemView Of(Postmortem one, IdentityDirectory directory) => new(
        one.Version, IncidentNames.In(one.Summary, directory), one.Impact, IncidentNames.In(one.Timeline, directory), one.Causes, one.WentWell, [.. one.Actions.Select(action => ActionItemView.Of(action, directory))],
        [.. one.Authors.Select(author => ContainmentNames.UserOf(author, directory))], one.ApprovedBy is { } by ? ContainmentNames.UserOf(by, directory) : null, one.ApprovedAt);
}

/// <summary>Something that is done so that it does not come again.</summary>
/// <param name="Owner">Name of a person.</param>
/// <param name="Kind">test, policy, runbook, doc.</param>
/// <param name="Link">Where it is: a pull request, a document.</param>
/// <param name="Test">Id of the test, when it is one.</param>
/// <param name="FailingRun">Id of the run, before the fix, in which the test failed.</param>
/// <param name="PassingRun">Id of the run, after it, in which it passed.</param>
public sealed record ActionItemView(string Text, string? Owner = null, DateTimeOffset? Due = null, string? Kind = null, string? Link = null, string? Test = null, string? FailingRun = null, string? PassingRun = null)
{
    internal static ActionItemView Of(ActionItem one, IdentityDirectory directory) => new(
        one.Text, one.Owner is { } owner ? ContainmentNames.UserOf(owner, directory) : null, one.Due, one.Kind is { } kind ? IncidentView.Word(kind) : null, one.Link, one.Test?.Test, one.Test?.FailingRun, one.Test?.PassingRun);
}

/// <summary>What a postmortem is to say. What a body leaves out is read as null, whatever stands here as its beginning.</summary>
public sealed record PostmortemInput
{
    /// <summary>Of the one that was read; 0 = nobody has written one.</summary>
    public required int Version { get; init; }

    /// <summary>Each text has up to 4,000 characters, the timeline 8,000.</summary>
    public string Summary { get => field ?? ""; init; } = "";

    public string Impact { get => field ?? ""; init; } = "";

    public string Timeline { get => field ?? ""; init; } = "";

    public string Causes { get => field ?? ""; init; } = "";

    public string WentWell { get => field ?? ""; init; } = "";

    /// <summary>Up to 20.</summary>
    public ImmutableArray<ActionItemView> Actions { get => field.IsDefault ? [] : field; init; } = [];
}
