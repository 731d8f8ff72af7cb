using System.Text.Json;
using Paddock.Core.Approvals;
using Paddock.Core.Identity;

namespace Paddock.Control.Approvals;

/// <summary>An approval as operators see it: what is asked, why, by whom, and how far it is.</summary>
/// <param name="Kind">tool_call, release, break_glass, role_activation, runbook_step.</param>
/// <param name="State">pending, approved, denied, expired, cancelled, consumed, revoked.</param>
/// <param name="Digest">Of exactly what is asked; an approval is good for nothing else.</param>
/// <param name="Requester">Name; <paramref name="RequesterId"/> is stable.</param>
/// <param name="ExpiresAt">Until then it can be decided; once approved, used.</param>
/// <param name="Obstacle">Why the caller cannot decide it; null when they can.</param>
/// <param name="Suggestion">When the same was approved again and again.</param>
public sealed record ApprovalView(
    string Id, string Kind, string State, string Digest, string Requester, string RequesterId, SubjectView Subject, ChainView Chain, IReadOnlyList<VoteView> Votes,
    bool SelfAcknowledgement, OfferView? Offer, bool Granted, int Uses, int MaxUses, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt,
    string? DecidedBy, DateTimeOffset? DecidedAt, string? Reason, DateTimeOffset? ConsumedAt, string? Obstacle, SuggestionView? Suggestion = null)
{
    /// <param name="obstacle">For the caller.</param>
    public static ApprovalView Of(Approval approval, IdentityDirectory directory, string? obstacle, RuleSuggestion? suggestion = null) => new(
        approval.Id.Value, Lower(approval.Kind), Lower(approval.State), approval.Digest.Value, NameOf(approval.Requester.Principal.Value, directory), approval.Requester.Principal.Value,
        SubjectView.Of(approval.Brief), ChainView.Of(approval), [.. approval.Votes.Select(VoteView.Of)],
        approval.SelfAcknowledgement, OfferView.Of(approval.Offer), approval.Granted, approval.Uses, approval.MaxUses, approval.CreatedAt, approval.ExpiresAt,
        approval.DecidedBy is { } by ? NameOf(by, directory) : null, approval.DecidedAt, approval.Reason, approval.ConsumedAt, obstacle, suggestion is null ? null : new(suggestion.Text, suggestion.Commands));

    private static string NameOf(string id, IdentityDirectory directory) => directory.Principals.FirstOrDefault(principal => principal.Id.Value == id)?.Name ?? id;

    private static string Lower<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}

/// <summary>What exactly would be done. All of it comes from an agent and its model.</summary>
/// <param name="Command">The whole text of a command.</param>
/// <param name="Arguments">The whole arguments of another tool.</param>
/// <param name="Argv">The commands of the line as they would be run.</param>
/// <param name="Opaque">The line could not be read whole: what it runs is not known.</param>
public sealed record SubjectView(
    string Agent, string Tool, string ToolClass, string? Command, string? Cwd, string? Arguments, IReadOnlyList<IReadOnlyList<string>> Argv, bool Opaque, IReadOnlyList<string> WritesTo,
    IReadOnlyList<string> Hosts, string? Task, string? Session, string? Mode, string? Repository, string? Model, string Rule, string Because, string Release)
{
    public static SubjectView Of(ApprovalBrief brief) => new(
        brief.Agent, brief.Tool, brief.ToolClass, brief.Command, brief.Cwd, brief.Arguments, [.. brief.Argv.Select(words => (IReadOnlyList<string>)[.. words])], brief.Opaque, brief.WritesTo,
        brief.Hosts, brief.Task, brief.NativeTask, brief.Mode, brief.Repository, brief.Model, brief.Rule, brief.Because, brief.ReleaseDigest);
}

/// <summary>Whose yes it takes.</summary>
public sealed record ChainView(string Name, IReadOnlyList<StepView> Steps)
{
    public static ChainView Of(Approval approval) => new(
        approval.Chain.Name,
        [
            .. approval.Chain.Steps.Select((step, index) => new StepView(
                step.AnyOf.ToString(), step.Min, step.Min - approval.Missing(index), approval.State is ApprovalState.Pending && approval.CurrentStep == index,
                step.EscalateTo?.ToString(), step.Timeout?.TotalSeconds, approval.Escalated && approval.CurrentStep == index)),
        ]);
}

/// <param name="AnyOf">Who may vote, in words.</param>
/// <param name="Waiting">Whether this step's votes are wanted now.</param>
public sealed record StepView(string AnyOf, int Min, int Votes, bool Waiting, string? EscalateTo, double? TimeoutSeconds, bool Escalated);

/// <param name="Own">The requester's own acknowledgement.</param>
public sealed record VoteView(string By, bool Approve, string? Reason, DateTimeOffset At, bool Grants, bool Own)
{
    public static VoteView Of(ApprovalVote vote) => new(vote.Name, vote.Approve, vote.Reason, vote.At, vote.Grants, vote.Step == ApprovalVote.OwnStep);
}

/// <summary>What can be granted instead of the single call.</summary>
public sealed record OfferView(IReadOnlyList<string> ArgvPrefix, string? Repository, string? Task, int MaxUses, double TtlSeconds)
{
    public static OfferView? Of(GrantOffer? offer) => offer is null ? null : new(offer.ArgvPrefix, offer.Repository, offer.Task, offer.MaxUses, offer.Ttl.TotalSeconds);
}

/// <param name="Commands">As a rule's <c>match</c> writes them.</param>
public sealed record SuggestionView(string Text, string? Commands);
