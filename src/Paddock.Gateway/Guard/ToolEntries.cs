using Paddock.Core.Audit;
using Paddock.Core.Audit.Payloads;
using Paddock.Core.Containments;
using Paddock.Core.Policies;

namespace Paddock.Gateway.Guard;

/// <summary>What the audit log is told of tool calls: that one is about to be let go, each "no", and what rules ask for besides.</summary>
internal sealed class ToolEntries(IAuditLog log, ContentKeeper keeper, ConversationKeeper conversations)
{
    /// <summary>A model may write any name; an entry must hold it.</summary>
    private const int LongestName = 200;

    /// <summary>Completes when it is durable that the call is about to be let go.</summary>
    /// <exception cref="AuditUnavailableException">It is not: the call must not be let go.</exception>
    public async Task IntendAsync(ICallOrigin origin, ReadCall read, string decision, BoundRule? rule) =>
        await log.AppendAsync(await IntentAsync(origin, read, decision, rule, approval: null), origin.Gone);

    /// <summary>The entry that says so. What it says of content is kept by then.</summary>
    public async Task<AuditEvent> IntentAsync(ICallOrigin origin, ReadCall read, string decision, BoundRule? rule, string? approval)
    {
        var audit = read.AuditBy(origin.Snapshot.Policies);
        var kept = audit.KeepsRequest && !read.Call.Arguments.IsEmpty ? await keeper.KeepAsync(Arguments(origin, read.Call, audit), origin.Gone) : null;
        return Of(AuditActs.ToolIntent, origin, read.Call, decision, kept, [.. Rule("allow", rule), .. approval is null ? [] : new[] { AuditFact.Of("appr", [approval]) }]);
    }

    /// <summary>A call was decided. If it was simply allowed and changes something, its intent says so.</summary>
    public void Decided(ICallOrigin origin, ReadCall read, string decision, in PolicyVerdict verdict, BoundRule? rule, RuleAudit audit)
    {
        conversations.Keep(origin, decision, audit);
        var (act, word) = verdict.Effect switch
        {
            Effect.Deny => (AuditActs.ToolDenied, verdict.Soft ? "soft_deny" : "deny"),
            Effect.RequireApproval => (AuditActs.ToolAsked, "require_approval"),
            _ => (AuditActs.ToolAllowed, "allow"),
        };
        if (verdict.Effect is not Effect.Allow || (audit.Level >= AuditLevel.Metadata && !read.Call.Shape.Mutating))
        {
            Post(act, origin, read.Call, decision, audit, [.. Rule(word, rule)]);
        }
    }

    public void NotEvaluated(ICallOrigin origin, ToolCall call, string decision) =>
        log.Post(Of(AuditActs.ToolDenied, origin, call, decision, null, [AuditFact.Of("dec", "not_evaluated")]));

    public void Contained(ICallOrigin origin, ToolCall call, string decision, Containment containment) =>
        log.Post(Of(AuditActs.ToolDenied, origin, call, decision, null, [AuditFact.Of("dec", "contained"), AuditFact.Of("containment", containment.Id.Value)]));

    private void Post(string act, ICallOrigin origin, ToolCall call, string decision, RuleAudit audit, AuditFact[] facts)
    {
        if (!audit.KeepsRequest || call.Arguments.IsEmpty)
        {
            log.Post(Of(act, origin, call, decision, null, facts));
            return;
        }

        var own = call with { Arguments = call.Arguments.ToArray() }; // the stream's memory is another call's by then
        keeper.Later([Arguments(origin, own, audit)], marks => log.Post(Of(act, origin, own, decision, marks[0], facts)));
    }

    private static PayloadCapture Arguments(ICallOrigin origin, ToolCall call, RuleAudit audit) =>
        new("args", audit.Class, origin.TaskId, origin.Caller.Principal.Id.Value, call.Arguments);

    private static IEnumerable<AuditFact> Rule(string decision, BoundRule? rule)
    {
        yield return AuditFact.Of("dec", decision);
        if (rule is not null)
        {
            yield return AuditFact.Of("rules", [rule.Name]);
        }
    }

    /// <param name="kept">What is said of its arguments; null = a commitment of the entry's own.</param>
    private static AuditEvent Of(string act, ICallOrigin origin, ToolCall call, string decision, PayloadMark? kept, AuditFact[] facts) => new()
    {
        Act = act,
        Actor = AuditActor.Agent(origin.Task.Agent, origin.Caller.Principal.Id.Value, origin.Caller.Key.Id.Value),
        Mutating = call.Shape.Mutating,
        Ref = decision,
        Facts = [.. facts, .. Facts(origin, call, kept)],
    };

    private static IEnumerable<AuditFact> Facts(ICallOrigin origin, ToolCall call, PayloadMark? kept)
    {
        yield return AuditFact.Of("call", origin.Id.ToString());
        yield return AuditFact.Of("tool", call.Name.Length > LongestName ? call.Name[..LongestName] + "…" : call.Name);
        yield return AuditFact.Of("cls", call.Shape.Class.ToString().ToLowerInvariant());
        yield return AuditFact.Of("rel", origin.Snapshot.Digest.Value);
        yield return kept is null ? new(PayloadMark.Member, new AuditValue.List([Sealed("args", call.Arguments)])) : PayloadMark.Fact(kept);
        if (origin.TaskId is { } task)
        {
            yield return AuditFact.Of("corr", task);
        }

        if (origin.Task.Repository is { } repository)
        {
            yield return AuditFact.Sealed("res", "repo:" + repository);
        }
    }

    private static AuditValue.Sealed Sealed(string field, ReadOnlyMemory<byte> value) => new(value) { Beside = [AuditFact.Of("f", field)] };
}
