using Paddock.Core.Audit;
using Paddock.Core.Audit.Payloads;

namespace Paddock.Store.Policies;

/// <summary>A decision whose result has become known.</summary>
internal sealed class ResultRow
{
    public const string Columns = "id, agent, principal_id AS PrincipalId, key_id AS KeyId, task_id AS TaskId, tool, mutating, let_go AS LetGo, result, exit_code AS ExitCode";

    public string Id { get; init; } = "";

    public string Agent { get; init; } = "";

    public string PrincipalId { get; init; } = "";

    public string KeyId { get; init; } = "";

    public string? TaskId { get; init; }

    public string Tool { get; init; } = "";

    public bool Mutating { get; init; }

    public bool LetGo { get; init; }

    public string Result { get; init; } = "";

    public long? ExitCode { get; init; }

    /// <param name="content">What is said of the result's content; null when no rule asks for it.</param>
    /// <returns>Null for a call that was refused, or that changed nothing and of which nothing is kept: of those no intent was written either.</returns>
    public AuditEvent? Outcome(PayloadMark? content) => !LetGo || (!Mutating && content is null) ? null : new()
    {
        Mutating = Mutating,
        Act = AuditActs.ToolOutcome,
        Actor = AuditActor.Agent(Agent, PrincipalId, KeyId),
        Ref = Id,
        Facts =
        [
            AuditFact.Of("tool", Tool),
            AuditFact.Of("out", ExitCode is { } code ? [AuditFact.Of("s", Result), AuditFact.Of("exit", code)] : [AuditFact.Of("s", Result)]),
            .. content is null ? [] : new[] { PayloadMark.Fact(content) },
            .. TaskId is { } task ? [AuditFact.Of("corr", task)] : Array.Empty<AuditFact>(),
        ],
    };
}
