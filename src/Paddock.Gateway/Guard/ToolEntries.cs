using Paddock.Core.Audit;
using Paddock.Core.Containments;
using Paddock.Core.Policies;

namespace Paddock.Gateway.Guard;

/// <summary>What the audit log is told of tool calls: that one is about to be let go, and each "no".</summary>
internal sealed class ToolEntries(IAuditLog log)
{
    /// <summary>A model may write any name; an entry must hold it.</summary>
    private const int LongestName = 200;

    /// <summary>Completes when it is durable that the call is about to be let go.</summary>
    /// <exception cref="AuditUnavailableException">It is not: the call must not be let go.</exception>
    public Task IntendAsync(ICallOrigin origin, ReadCall read, string decision, BoundRule? rule) =>
        log.AppendAsync(Intent(origin, read, decision, rule, approval: null), origin.Gone);

    public static AuditEvent Intent(ICallOrigin origin, ReadCall read, string decision, BoundRule? rule, string? approval) =>
        Of(AuditActs.ToolIntent, origin, read.Call, decision, [.. Rule("allow", rule), .. approval is null ? [] : new[] { AuditFact.Of("appr", [approval]) }]);

    /// <summary>The call was not simply allowed.</summary>
    public void Refused(ICallOrigin origin, ReadCall read, string decision, in PolicyVerdict verdict, BoundRule? rule)
    {
        var (act, word) = verdict.Effect is Effect.Deny ? (AuditActs.ToolDenied, verdict.Soft ? "soft_deny" : "deny") : (AuditActs.ToolAsked, "require_approval");
        log.Post(Of(act, origin, read.Call, decision, [.. Rule(word, rule)]));
    }

    public void NotEvaluated(ICallOrigin origin, ToolCall call, string decision) =>
        log.Post(Of(AuditActs.ToolDenied, origin, call, decision, [AuditFact.Of("dec", "not_evaluated")]));

    public void Contained(ICallOrigin origin, ToolCall call, string decision, Containment containment) =>
        log.Post(Of(AuditActs.ToolDenied, origin, call, decision, [AuditFact.Of("dec", "contained"), AuditFact.Of("containment", containment.Id.Value)]));

    private static IEnumerable<AuditFact> Rule(string decision, BoundRule? rule)
    {
        yield return AuditFact.Of("dec", decision);
        if (rule is not null)
        {
            yield return AuditFact.Of("rules", [rule.Name]);
        }
    }

    private static AuditEvent Of(string act, ICallOrigin origin, ToolCall call, string decision, AuditFact[] facts) => new()
    {
        Act = act,
        Actor = AuditActor.Agent(origin.Task.Agent, origin.Caller.Principal.Id.Value, origin.Caller.Key.Id.Value),
        Mutating = call.Shape.Mutating,
        Ref = decision,
        Facts = [.. facts, .. Facts(origin, call)],
    };

    private static IEnumerable<AuditFact> Facts(ICallOrigin origin, ToolCall call)
    {
        yield return AuditFact.Of("call", origin.Id.ToString());
        yield return AuditFact.Of("tool", call.Name.Length > LongestName ? call.Name[..LongestName] + "…" : call.Name);
        yield return AuditFact.Of("cls", call.Shape.Class.ToString().ToLowerInvariant());
        yield return AuditFact.Of("rel", origin.Snapshot.Digest.Value);
        yield return new("payload", new AuditValue.List([Payload("args", call.Arguments)]));
        if (origin.TaskId is { } task)
        {
            yield return AuditFact.Of("corr", task);
        }

        if (origin.Task.Repository is { } repository)
        {
            yield return AuditFact.Sealed("res", "repo:" + repository);
        }
    }

    private static AuditValue.Sealed Payload(string field, ReadOnlyMemory<byte> value) => new(value) { Beside = [AuditFact.Of("f", field)] };
}
