using System.Runtime.InteropServices;
using System.Text.Json;
using Paddock.Control.Identity;
using Paddock.Core.Identity;
using Paddock.Core.Policies;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;

namespace Paddock.Control.Access;

/// <summary>
/// Answers one question of an enforcement point. What is not a call of a tool by somebody the key may ask for is not permitted. Nobody
/// waits: a call that needs an approval is not permitted now, and its approval is asked for.
/// </summary>
public sealed class EvaluateAccess(IDecisionPoint decisions, IIdentities identities)
{
    private const string CallTool = "tools/call", Tool = "tool";

    /// <summary>Of names and ids.</summary>
    private const int Longest = 200;

    internal async Task<AccessAnswer> RunAsync(Caller caller, AccessQuestion question, CancellationToken cancellationToken)
    {
        if (question.Action.Id != CallTool || question.Resource.Type != Tool)
        {
            return Refused(400, $"Only the action {CallTool} on resources of the type {Tool} is decided here.");
        }

        if (question.Subject.Type is not ("identity" or "user"))
        {
            return Refused(400, "A subject is of the type identity or user.");
        }

        if (SubjectOf(caller, question.Subject.Id) is not { } subject)
        {
            return Refused(403, "The subject is not the owner of the key. A key that asks for others has the control role delegate, and asks for people who are known here and not disabled.");
        }

        if (CallOf(caller with { Principal = subject }, question) is not { } call)
        {
            return Refused(400, "action.properties.arguments is no object.");
        }

        return Told(await decisions.DecideAsync(call, cancellationToken));
    }

    private Principal? SubjectOf(Caller caller, string id)
    {
        var found = FindPrincipal.In(identities.Current, id);
        return found is { Disabled: false } && (found.Id == caller.Principal.Id || caller.Roles.HasFlag(ControlRoles.Delegate)) ? found : null;
    }

    private static OutsideCall? CallOf(Caller caller, AccessQuestion question)
    {
        var arguments = AccessQuestion.Member(question.Action.Properties, "arguments");
        if (arguments is { ValueKind: not JsonValueKind.Object })
        {
            return null;
        }

        var context = question.Context;
        return new()
        {
            Caller = caller,
            Task = new TaskFacts { Agent = Name(context, "agent") ?? "unknown", NativeTask = Name(context, "session"), Mode = Name(context, "mode"), Repository = Name(context, "repository") },
            Tool = question.Resource.Id,
            Mcp = Name(question.Resource.Properties, "server") is { } server ? new McpToolName(server, question.Resource.Id) : null,
            CallId = Name(context, "call_id"),
            Arguments = arguments is { } given ? JsonMarshal.GetRawUtf8Value(given).ToArray() : ReadOnlyMemory<byte>.Empty,
            WorkingDirectory = Name(context, "working_directory"),
            Model = Name(context, "model"),
            Holds = false,
            TakesObligations = true,
        };
    }

    private static AccessAnswer Told(OutsideDecision decision) => decision switch
    {
        OutsideDecision.Allowed => new(true, ContextOf(decision, null, null)),
        OutsideDecision.Denied denied => new(false, ContextOf(decision, "denied", denied.Said)),
        OutsideDecision.Waiting waiting => new(false, ContextOf(decision, "approval_required", waiting.Said) with { AccessRequest = new(waiting.Approval.ToString(), waiting.ExpiresAt, waiting.Link) }),
        OutsideDecision.NotPermitted refused => Refused(403, refused.Said),
        _ => throw new InvalidOperationException("A decision is one of its cases."),
    };

    private static AccessContext ContextOf(OutsideDecision decision, string? reason, string? said) => new()
    {
        Id = decision.Id,
        EvaluationId = decision.Id,
        Reason = reason,
        ReasonUser = said is null ? null : new Dictionary<string, string> { ["en"] = said },
        ReasonAdmin = new Dictionary<string, string> { ["en"] = $"{decision.Rule ?? "The release's defaults"} of release {decision.Release}{(decision.Warning is { } warning ? $"; {warning} warns" : "")}" },
        Obligations = decision.Obligations.IsEmpty ? null : [.. decision.Obligations.Select(Written)],
    };

    private static IReadOnlyDictionary<string, string> Written(RuleObligation obligation, int index)
    {
        var written = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in obligation.Properties)
        {
            written[name] = value;
        }

        (written["type"], written["id"]) = (obligation.Type.Replace("step_up", "step-up", StringComparison.Ordinal), $"obl-{index + 1}");
        return written;
    }

    internal static AccessAnswer Refused(int status, string message) => new(false, new() { Error = new(status, message) });

    private static string? Name(JsonElement from, string member) =>
        AccessQuestion.Member(from, member) is { ValueKind: JsonValueKind.String } value && value.GetString() is { } text && Names.IsLabel(text, Longest) ? text : null;
}
