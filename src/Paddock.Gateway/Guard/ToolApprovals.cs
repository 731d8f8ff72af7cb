using System.Collections.Immutable;
using System.Text;
using Paddock.Core.Approvals;
using Paddock.Core.Policies;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Snapshot;
using Paddock.Core.Tools;
using Paddock.Core.Tools.Shell;
using Paddock.Gateway.Containments;

namespace Paddock.Gateway.Guard;

/// <summary>Holds a tool call until its approval is there, and uses the approval up before the call's first byte goes.</summary>
internal sealed class ToolApprovals(IApprovals approvals, ToolEntries entries, ISnapshots snapshots, ContainmentCheck containments, ApprovalLinks links, GatewayOptions options, TimeProvider time)
{
    /// <summary>How often equal calls may be quicker before this one is refused.</summary>
    private const int MostTries = 20;

    /// <summary>Asks for the yes that a rule requires, and holds the call for a while.</summary>
    /// <param name="decision">The decision that asks for it; the intent's id.</param>
    public Judgement Ask(ICallOrigin origin, ReadCall read, BoundRule? rule, string decision)
    {
        var terms = rule?.Rule.Approval ?? origin.Snapshot.Policies.Defaults.Approval;
        if (terms is null || origin.Snapshot.Chains.GetValueOrDefault(terms.Chain) is not { } chain || Request(origin, read, rule, decision) is not { } request)
        {
            return CannotAsk(decision);
        }

        request = request with { Chain = chain, SelfAcknowledgement = terms.SelfAcknowledgement, Offer = OfferOf(origin, read, terms.Grant), Ttl = terms.Ttl ?? ApprovalRequest.UsualTtl };
        var hold = !origin.Holds ? TimeSpan.Zero : origin.HearsPings ? options.HoldFor : options.HoldPlainFor;
        return new Judgement.Waits(decision, WaitAsync(origin, read, rule, request, hold, decision, approval => RefusalWords.Waiting(rule?.Rule, approval.ToString(), links.Of(approval))));
    }

    /// <summary>Refuses, and tells how whoever asks may let the same call pass.</summary>
    public Judgement AskToOverride(ICallOrigin origin, ReadCall read, BoundRule? rule, string decision) =>
        Request(origin, read, rule, decision) is { } request
            ? new Judgement.Waits(decision, WaitAsync(origin, read, rule, request with { SelfAcknowledgement = true }, TimeSpan.Zero, decision, approval => RefusalWords.Overridable(rule?.Rule, approval.ToString())))
            : CannotAsk(decision);

    private static Judgement.Refused CannotAsk(string decision) => new(decision, RefusalWords.NotEvaluated("It needs an approval that cannot be asked for", decision), DecisionOutcome.NotApproved);

    /// <returns>For nobody's vote yet; null when the call is not the same to every reader.</returns>
    private static ApprovalRequest? Request(ICallOrigin origin, ReadCall read, BoundRule? rule, string decision) =>
        ToolSubjects.SubjectOf(origin, read) is { } subject
            ? new()
            {
                Subject = subject,
                Requester = new() { Principal = origin.Caller.Principal.Id, Key = origin.Caller.Key.Id },
                Chain = ApprovalChain.Nobody,
                Brief = BriefOf(origin, read, rule, decision),
            }
            : null;

    private async Task<Judgement> WaitAsync(ICallOrigin origin, ReadCall read, BoundRule? rule, ApprovalRequest request, TimeSpan hold, string decision, Func<ApprovalId, string> waiting)
    {
        var use = new ApprovalUse(request.Subject, origin.Task.Repository, ArgvOf(read));
        var until = time.GetUtcNow() + hold;
        for (var tries = 0; tries < MostTries; tries++)
        {
            var asked = await approvals.AskAsync(request, origin.Gone);
            if (asked is AskOutcome.Refused refused)
            {
                return new Judgement.Refused(decision, RefusalWords.NotEvaluated($"It needs an approval that cannot be asked for: {refused.Reason}", decision), DecisionOutcome.NotApproved);
            }

            var approval = await WaitAsync(asked is AskOutcome.Created created ? created.Approval : ((AskOutcome.Joined)asked).Approval, until, origin.Gone); // the third case
            switch (approval.State)
            {
                case ApprovalState.Pending:
                    return new Judgement.Refused(decision, waiting(approval.Id), request.AsksOthers ? DecisionOutcome.Expired : DecisionOutcome.Refused) { Awaited = approval };
                case ApprovalState.Approved when DeniedMeanwhile(origin, read, decision) is { } denied:
                    return denied;
                case ApprovalState.Approved:
                    origin.Gone.ThrowIfCancellationRequested(); // nobody is there to run it: the yes stays for when it is asked again
                    var intent = new ToolIntent { Id = decision, CallDigest = request.Subject.Digest, Task = origin.TaskId, Tool = read.Call.Name, Entry = await entries.IntentAsync(origin, read, decision, rule, approval.Id.Value) };
                    switch (await approvals.ConsumeAsync(approval.Id, use, intent, origin.Gone))
                    {
                        case ApprovalResult.Done:
                            return new Judgement.Allowed(decision, request.AsksOthers ? DecisionOutcome.Approved : DecisionOutcome.Overridden);
                        case ApprovalResult.Refused { Reason: not ApprovalRefusal.UsedUp and var reason }:
                            return new Judgement.Refused(decision, RefusalWords.NotApproved(approval.Id.ToString(), $"It cannot be used: {reason}"), DecisionOutcome.NotApproved);
                    }

                    break; // an equal call was quicker: this one needs a yes of its own
                case ApprovalState.Consumed:
                    break;
                default:
                    return new Judgement.Refused(decision, RefusalWords.NotApproved(approval.Id.ToString(), $"It was {approval.State.ToString().ToLowerInvariant()}"), DecisionOutcome.NotApproved);
            }
        }

        return CannotAsk(decision);
    }

    /// <summary>An approval is a fact, not a permission: what the policy of this moment forbids, or an operator has stopped, stays forbidden.</summary>
    private Judgement.Refused? DeniedMeanwhile(ICallOrigin origin, ReadCall read, string decision)
    {
        if (containments.OfTool(origin, read.Call.Name, read.Call.Shape.Mcp) is { } containment)
        {
            return new(decision, RefusalWords.Contained(containment, decision));
        }

        var now = snapshots.For(origin.Caller.Principal.Id.Value, origin.TaskId).Policies;
        if (ReferenceEquals(now, origin.Snapshot.Policies))
        {
            return null;
        }

        var verdict = read.JudgeBy(now);
        return verdict is { Effect: Effect.Deny, Soft: false }
            ? new(decision, RefusalWords.Denied(verdict.Rule < 0 ? null : now.Rules[verdict.Rule].Rule, decision))
            : null;
    }

    private async Task<Approval> WaitAsync(Approval approval, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var left = until - time.GetUtcNow();
        if (approval.State is not ApprovalState.Pending || left <= TimeSpan.Zero)
        {
            return approval;
        }

        using var patience = new CancellationTokenSource(left, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await approvals.WaitAsync(approval.Id, either.Token) ?? approval;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return approval;
        }
    }

    /// <summary>The words of the one command, when the line is plain and has no other.</summary>
    private static ImmutableArray<string> ArgvOf(ReadCall read) =>
        read.Subject.Line is { Legibility: Legibility.Plain, Commands: [var only] } ? [.. only.Argv] : [];

    private static GrantOffer? OfferOf(ICallOrigin origin, ReadCall read, RuleGrant? grant)
    {
        var argv = ArgvOf(read);
        return grant is null || argv.Length < grant.Words
            ? null
            : new() { ArgvPrefix = argv[..grant.Words], Repository = origin.Task.Repository, Task = origin.TaskId, MaxUses = grant.Uses, Ttl = grant.Ttl };
    }

    private static ApprovalBrief BriefOf(ICallOrigin origin, ReadCall read, BoundRule? rule, string decision)
    {
        var (line, call) = (read.Subject.Line, read.Call);
        return new()
        {
            Agent = origin.Task.Agent,
            Tool = call.Name,
            ToolClass = call.Shape.Class.ToString().ToLowerInvariant(),
            Command = read.Arguments.CommandLine,
            Cwd = read.Arguments.WorkingDirectory ?? origin.Folder,
            Arguments = read.Arguments.CommandLine is null ? Encoding.UTF8.GetString(call.Arguments.Span) : null,
            Argv = line is null ? [] : [.. line.Commands.Select(command => command.Argv.ToImmutableArray())],
            Opaque = line is { Legibility: Legibility.Opaque },
            WritesTo = line is null ? [] : [.. line.WritesTo],
            Hosts = line is null ? read.Arguments.Hosts : [.. line.Hosts],
            Task = origin.TaskId,
            NativeTask = origin.Task.NativeTask,
            Mode = origin.Task.Mode,
            Repository = origin.Task.Repository,
            Model = origin.Model,
            Rule = rule?.Name ?? "defaults",
            Because = rule?.Rule.Because ?? "No rule allows it.",
            ReleaseDigest = origin.Snapshot.Digest.ToString(),
            DecisionId = decision,
        };
    }
}
