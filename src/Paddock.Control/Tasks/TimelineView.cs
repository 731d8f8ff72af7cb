using Paddock.Control.Approvals;
using Paddock.Control.Ledger;
using Paddock.Core.Audit;
using Paddock.Core.Ledger;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Tasks;

namespace Paddock.Control.Tasks;

/// <summary>What happened in a task.</summary>
/// <param name="Entries">Newest first.</param>
/// <param name="Next">Where the next page begins (<c>before</c>); null on the last.</param>
/// <param name="LeftOut">The agent's client told more events than are read for one page; those told last are missing.</param>
public sealed record TimelineView(IReadOnlyList<TimelineEntry> Entries, string? Next, bool LeftOut);

/// <summary>One thing that happened; exactly one of the last four is there.</summary>
/// <param name="At">When it began.</param>
/// <param name="Kind">turn, tool_call, event or verdict.</param>
public sealed record TimelineEntry(DateTimeOffset At, string Kind, TurnView? Turn = null, ToolCallView? ToolCall = null, SignalView? Event = null, VerdictView? Verdict = null);

/// <summary>A model call.</summary>
/// <param name="Call">Its id in the ledger.</param>
/// <param name="Outcome">running, or how it ended: complete, refused, failed, partial, aborted, cancelled or lost.</param>
/// <param name="CostUsd">Null while it runs.</param>
public sealed record TurnView(
    string Call, string ModelAsked, string? ModelServed, string? Provider, string? Mode, string Outcome, int Status, string? ErrorClass, string? Finish, TokensView Tokens, bool Estimated, decimal? CostUsd,
    double? DurationMs, IReadOnlyList<AttemptView> Attempts)
{
    internal static TurnView Of(CallRow row) => row is { Closing: { } end }
        ? new(
            row.Opening.Id.ToString(), row.Opening.ModelAsked, end.ModelServed, end.Provider, row.Opening.Mode, TaskWords.Of(end.Outcome), end.Status, end.ErrorClass, end.Finish, TokensView.Of(end.Usage), end.Estimated,
            TaskView.Usd(end.CostNanoUsd), end.Duration.TotalMilliseconds, [.. end.Attempts.Select(AttemptView.Of)])
        : new(row.Opening.Id.ToString(), row.Opening.ModelAsked, null, null, row.Opening.Mode, "running", 0, null, null, TokensView.Of(default), false, null, null, []);
}

/// <summary>A tool call: what was decided on it and why, and what came of it.</summary>
/// <param name="Decision">Id of the decision; how it would be explained is at <c>/control/v1/policies/explain</c>.</param>
/// <param name="Call">The model call in whose answer it stood.</param>
/// <param name="Effect">allow, require_approval, deny or not_evaluated.</param>
/// <param name="Rule">policy/rule; null = the release's defaults.</param>
/// <param name="Because">The rule's reason, and <paramref name="Fix"/> what it advises, as its release has them.</param>
/// <param name="Warning">The strictest rule that warned.</param>
/// <param name="Outcome">released, refused, held, approved, expired, not_approved or overridden.</param>
/// <param name="WaitedSeconds">How long it waited for somebody's yes; null when it did not, or still does.</param>
/// <param name="Result">success, failure, timeout, denied or unknown; null while nothing was heard of it.</param>
/// <param name="RanSeconds">From its release to the result.</param>
/// <param name="Text">Its arguments as they are kept: secrets masked; null when they are not.</param>
/// <param name="Entries">What the audit log says of it; null for who is no auditor.</param>
public sealed record ToolCallView(
    string Decision, string Call, string? ToolCall, string Tool, string Class, bool Mutating, string Effect, bool Soft, string? Rule, string? Because, string? Fix, string? Warning, string? NotEvaluated,
    string Outcome, double? WaitedSeconds, string? Result, int? ExitCode, double? RanSeconds, string? Text, IReadOnlyList<string> Paths, TimelineApproval? Approval, IReadOnlyList<TimelineProof>? Entries)
{
    internal static ToolCallView Of(StoredDecision one, (string? Because, string? Fix) words, TimelineApproval? approval, IReadOnlyList<TimelineProof>? entries) => new(
        one.Id, one.Call.ToString(), one.ToolCall, one.Tool, TaskWords.Of(one.Class), one.Mutating, one.NotEvaluated is null ? TaskWords.Of(one.Effect) : "not_evaluated", one.Soft, one.Rule, words.Because, words.Fix,
        one.Warning, one.NotEvaluated, TaskWords.Of(one.Outcome), TimelineCalls.IsAsked(one) && one.Outcome is not DecisionOutcome.Held ? (one.OutcomeAt - one.At).TotalSeconds : null,
        one.Result is { } result ? TaskWords.Of(result.End) : null, one.Result?.ExitCode, one.ResultAt is { } at && one.Outcome.IsLetGo() ? Math.Max(0, (at - one.OutcomeAt).TotalSeconds) : null,
        one.Inputs?.Texts.GetValueOrDefault("call.text"), [.. one.Inputs?.Paths ?? [], .. one.Inputs?.Line?.Paths ?? []], approval, entries);
}

/// <summary>Who said yes or no, and when.</summary>
/// <param name="State">pending, approved, denied, expired, cancelled, consumed or revoked.</param>
public sealed record TimelineApproval(string Id, string State, DateTimeOffset CreatedAt, string? DecidedBy, DateTimeOffset? DecidedAt, string? Reason, IReadOnlyList<VoteView> Votes);

/// <summary>An entry of the audit log.</summary>
/// <param name="Id">Its proof is at <c>/control/v1/audit/entries/ID/proof</c>.</param>
/// <param name="Index">Place in the shard; null, like the shard, while it is not in the log.</param>
public sealed record TimelineProof(string Id, string Act, DateTimeOffset At, long? Shard, long? Index)
{
    internal static TimelineProof Of(KeptEntry entry) => new(entry.Id.ToString("D"), entry.Act, entry.MadeAt, entry.Shard, entry.Index);
}

/// <summary>What the agent's own client told. Asserted, not seen.</summary>
/// <param name="Type">In the agent's words.</param>
/// <param name="Says">started, reopened, turn, turn_failed, tool_ended, asked, answered, claimed, cancelled, stuck or restored.</param>
/// <param name="CostUsd">What the agent says a model call cost.</param>
public sealed record SignalView(string Type, string Says, string? Tool, string? Result, int? ExitCode, string? Model, decimal? CostUsd, long InputTokens, long OutputTokens, string? Mode, TodoCounts? Todos)
{
    internal static SignalView Of(AgentEvent one, TaskSignal signal) => new(
        one.Type, TaskWords.Of(signal.Kind), signal.Tool, signal.Result is { } result ? TaskWords.Of(result.End) : null, signal.Result?.ExitCode, signal.Model, signal.CostNanoUsd is { } cost ? TaskView.Usd(cost) : null,
        signal.InputTokens, signal.OutputTokens, one.Mode, signal.Todos);
}
