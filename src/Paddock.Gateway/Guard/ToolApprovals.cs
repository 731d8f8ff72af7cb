using System.Collections.Immutable;
using System.Text;
using Paddock.Core.Approvals;
using Paddock.Core.Policies;
using Paddock.Core.Snapshot;
using Paddock.Core.Tools;
using Paddock.Core.Tools.Shell;

namespace Paddock.Gateway.Guard;

/// <summary>Holds a tool call until its approval is there, and uses the approval up before the call's first byte goes.</summary>
internal sealed class ToolApprovals(IApprovals approvals, ISnapshots snapshots, ApprovalLinks links, GatewayOptions options, TimeProvider time)
{
    /// <summary>How often equal calls may be quicker before this one is refused.</summary>
    private const int MostTries = 20;

    /// <summary>Asks for the yes that a rule requires, and holds the call for a while.</summary>
    /// <param name="decision">The decision that asks for it; the intent's id.</param>
    public ToolDecision Ask(Exchange exchange, GuardedCall call, ReadCall read, BoundRule? rule, string decision)
    {
        var terms = rule?.Rule.Approval ?? exchange.Snapshot!.Policies.Defaults.Approval; // judged by it
        if (terms is null || exchange.Snapshot!.Chains.GetValueOrDefault(terms.Chain) is not { } chain || Request(exchange, call, read, rule, decision) is not { } request)
        {
            return CannotAsk(exchange, call, decision);
        }

        request = request with { Chain = chain, SelfAcknowledgement = terms.SelfAcknowledgement, Offer = OfferOf(exchange, read, terms.Grant), Ttl = terms.Ttl ?? ApprovalRequest.UsualTtl };
        var hold = exchange.Request.Stream ? options.HoldFor : options.HoldPlainFor;
        return new ToolDecision.Waits(new(WaitAsync(exchange, call, read, request, hold, approval => RefusalWords.Waiting(rule?.Rule, approval.ToString(), links.Of(approval)))));
    }

    /// <summary>Refuses, and tells how whoever asks may let the same call pass.</summary>
    public ToolDecision AskToOverride(Exchange exchange, GuardedCall call, ReadCall read, BoundRule? rule, string decision) =>
        Request(exchange, call, read, rule, decision) is { } request
            ? new ToolDecision.Waits(new(WaitAsync(exchange, call, read, request with { SelfAcknowledgement = true }, TimeSpan.Zero, approval => RefusalWords.Overridable(rule?.Rule, approval.ToString()))))
            : CannotAsk(exchange, call, decision);

    private static ToolDecision CannotAsk(Exchange exchange, GuardedCall call, string decision) =>
        ToolJudge.Refuse(exchange, call, RefusalWords.NotEvaluated("It needs an approval that cannot be asked for", decision));

    /// <returns>For nobody's vote yet; null when the call is not the same to every reader.</returns>
    private static ApprovalRequest? Request(Exchange exchange, GuardedCall call, ReadCall read, BoundRule? rule, string decision) =>
        SubjectOf(exchange, call, read) is { } subject
            ? new()
            {
                Subject = subject,
                Requester = new() { Principal = exchange.Caller!.Principal.Id, Key = exchange.Caller.Key.Id }, // identified before
                Chain = ApprovalChain.Nobody,
                Brief = BriefOf(exchange, call, read, rule, decision),
            }
            : null;

    private async Task<ToolDecision> WaitAsync(Exchange exchange, GuardedCall call, ReadCall read, ApprovalRequest request, TimeSpan hold, Func<ApprovalId, string> waiting)
    {
        var use = new ApprovalUse(request.Subject, exchange.Task.Repository, ArgvOf(read));
        var until = time.GetUtcNow() + hold;
        var decision = request.Brief.DecisionId ?? "";
        for (var tries = 0; tries < MostTries; tries++)
        {
            var asked = await approvals.AskAsync(request, exchange.Http.RequestAborted);
            if (asked is AskOutcome.Refused refused)
            {
                return ToolJudge.Refuse(exchange, call, RefusalWords.NotEvaluated($"It needs an approval that cannot be asked for: {refused.Reason}", decision));
            }

            var approval = await WaitAsync(asked is AskOutcome.Created created ? created.Approval : ((AskOutcome.Joined)asked).Approval, until, exchange.Http.RequestAborted); // the third case
            switch (approval.State)
            {
                case ApprovalState.Pending:
                    return ToolJudge.Refuse(exchange, call, waiting(approval.Id));
                case ApprovalState.Approved when DeniedMeanwhile(exchange, call, read, decision) is { } denied:
                    return denied;
                case ApprovalState.Approved:
                    var intent = new ToolIntent { Id = decision, CallDigest = request.Subject.Digest, Task = exchange.TaskId, Tool = call.Name };
                    switch (await approvals.ConsumeAsync(approval.Id, use, intent, exchange.Http.RequestAborted))
                    {
                        case ApprovalResult.Done:
                            return ToolDecision.Allowed.Instance;
                        case ApprovalResult.Refused { Reason: not ApprovalRefusal.UsedUp and var reason }:
                            return ToolJudge.Refuse(exchange, call, RefusalWords.NotApproved(approval.Id.ToString(), $"It cannot be used: {reason}"));
                    }

                    break; // an equal call was quicker: this one needs a yes of its own
                case ApprovalState.Consumed:
                    break;
                default:
                    return ToolJudge.Refuse(exchange, call, RefusalWords.NotApproved(approval.Id.ToString(), $"It was {approval.State.ToString().ToLowerInvariant()}"));
            }
        }

        return CannotAsk(exchange, call, decision);
    }

    /// <summary>An approval is a fact, not a permission: what the policy of this moment forbids stays forbidden.</summary>
    private ToolDecision? DeniedMeanwhile(Exchange exchange, GuardedCall call, ReadCall read, string decision)
    {
        var now = snapshots.For(exchange.Caller!.Principal.Id.Value, exchange.TaskId).Policies; // identified before
        if (ReferenceEquals(now, exchange.Snapshot!.Policies)) // judged by it
        {
            return null;
        }

        var verdict = new PolicyVerdict();
        now.Judge(read.Subject, ref verdict);
        return verdict is { Effect: Effect.Deny, Soft: false }
            ? ToolJudge.Refuse(exchange, call, RefusalWords.Denied(verdict.Rule < 0 ? null : now.Rules[verdict.Rule].Rule, decision))
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

    private static ApprovalSubject? SubjectOf(Exchange exchange, GuardedCall call, ReadCall read)
    {
        var (principal, agent) = (exchange.Caller!.Principal.Id.Value, exchange.Task.Agent); // identified before
        return read.Arguments.CommandLine is { } command
            ? ApprovalSubject.OfCommand(principal, agent, exchange.TaskId, call.Name, command, read.Arguments.WorkingDirectory)
            : call.Arguments.IsFree
                ? ApprovalSubject.OfCommand(principal, agent, exchange.TaskId, call.Name, read.Arguments.Text, null)
                : ApprovalSubject.OfCall(principal, agent, exchange.TaskId, call.Name, call.Arguments.IsEmpty ? "{}"u8.ToArray() : call.Arguments.Bytes.ToArray(), call.Shape.Presentation);
    }

    /// <summary>The words of the one command, when the line is plain and has no other.</summary>
    private static ImmutableArray<string> ArgvOf(ReadCall read) =>
        read.Subject.Line is { Legibility: Legibility.Plain, Commands: [var only] } ? [.. only.Argv] : [];

    private static GrantOffer? OfferOf(Exchange exchange, ReadCall read, RuleGrant? grant)
    {
        var argv = ArgvOf(read);
        return grant is null || argv.Length < grant.Words
            ? null
            : new() { ArgvPrefix = argv[..grant.Words], Repository = exchange.Task.Repository, Task = exchange.TaskId, MaxUses = grant.Uses, Ttl = grant.Ttl };
    }

    private static ApprovalBrief BriefOf(Exchange exchange, GuardedCall call, ReadCall read, BoundRule? rule, string decision)
    {
        var line = read.Subject.Line;
        return new()
        {
            Agent = exchange.Task.Agent,
            Tool = call.Name,
            ToolClass = call.Shape.Class.ToString().ToLowerInvariant(),
            Command = read.Arguments.CommandLine,
            Cwd = read.Arguments.WorkingDirectory,
            Arguments = read.Arguments.CommandLine is null ? Encoding.UTF8.GetString(call.Arguments.Bytes) : null,
            Argv = line is null ? [] : [.. line.Commands.Select(command => command.Argv.ToImmutableArray())],
            Opaque = line is { Legibility: Legibility.Opaque },
            WritesTo = line is null ? [] : [.. line.WritesTo],
            Hosts = line is null ? read.Arguments.Hosts : [.. line.Hosts],
            Task = exchange.TaskId,
            NativeTask = exchange.Task.NativeTask,
            Mode = exchange.Task.Mode,
            Repository = exchange.Task.Repository,
            Model = exchange.Request.Model,
            Rule = rule?.Name ?? "defaults",
            Because = rule?.Rule.Because ?? "No rule allows it.",
            ReleaseDigest = exchange.Snapshot!.Digest.ToString(), // judged by it
            DecisionId = decision,
        };
    }
}
