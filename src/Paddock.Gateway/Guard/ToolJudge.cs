using Paddock.Core.Models;
using Paddock.Core.Policies;
using Paddock.Core.Policies.Facts;
using Paddock.Core.Tools;
using Paddock.Gateway.Protocols;
using Paddock.Gateway.Record;

namespace Paddock.Gateway.Guard;

/// <summary>Judges tool calls by the policies of the call's release.</summary>
internal sealed class ToolJudge(ToolShapes shapes, ToolApprovals approvals, DecisionRecord record) : IToolJudge
{
    private static readonly FactMask pathFacts = FactMask.Of(Fact.CallPaths);

    private static readonly FactMask fromArguments = FactMask.Of(
        Fact.CallText, Fact.CallArgv, Fact.CallOpaque, Fact.CallHasExpansion, Fact.CallRunsInput, Fact.CallWritesTo, Fact.CallEnv, Fact.CallHosts);

    private static readonly byte[][] memory = ["store"u8.ToArray(), "previous_response_id"u8.ToArray()];

    public Watch WatchFor(Exchange exchange) => exchange.Snapshot switch
    {
        null or { Policies.IsEmpty: true } => Watch.None,
        { Policies.Enforces: true } => Watch.Enforce,
        _ => Watch.Record,
    };

    public ToolShape ShapeOf(Exchange exchange, GuardedCall call) => shapes.Of(exchange.Dialect, call.Name, call.Type);

    public Certainty IsAllowedAlready(Exchange exchange, GuardedCall call)
    {
        var policies = exchange.Snapshot!.Policies; // watched, so judged by one
        if (!policies.Enforces)
        {
            return Certainty.Whatever;
        }

        if (call.Foreseen is Foresight.None)
        {
            call.Foreseen = Foresight.ByName;
            if (policies.AllowsWhatever(ToolSubjects.ReadSoFar(exchange, call, null), fromArguments | pathFacts))
            {
                return Certainty.Whatever;
            }
        }

        if (call.Foreseen is Foresight.ByName && call.Shape is { Class: not ToolClass.Command, Patch: null, Paths: [var member], Urls: [] } && call.Arguments.TryGet(member, out var value))
        {
            call.Foreseen = Foresight.ByPath;
            return JsonParts.Text(call.Arguments.Bytes, value) is { } path && policies.AllowsWhatever(ToolSubjects.ReadSoFar(exchange, call, path), fromArguments) ? Certainty.BySeen : Certainty.None;
        }

        return Certainty.None;
    }

    public ToolDecision Judge(Exchange exchange, GuardedCall call)
    {
        var policies = exchange.Snapshot!.Policies; // watched, so judged by one
        var read = ToolSubjects.Read(exchange, call);
        if (read.Arguments.IsOdd && read.Subject.Line is null && policies.Enforces)
        {
            return NotEvaluated(exchange, call, "Its arguments are not as its tool takes them");
        }

        var verdict = new PolicyVerdict();
        policies.Judge(read.Subject, ref verdict);
        var rule = verdict.Rule < 0 ? null : policies.Rules[verdict.Rule];
        var decision = record.Decided(exchange, call, verdict, rule);
        return verdict.Effect switch
        {
            Effect.Allow => ToolDecision.Allowed.Instance,
            Effect.RequireApproval => approvals.Ask(exchange, call, read, rule, decision),
            _ when verdict.Soft => approvals.AskToOverride(exchange, call, read, rule, decision),
            _ => Refuse(exchange, call, RefusalWords.Denied(rule?.Rule, decision)),
        };
    }

    public ToolDecision NotEvaluated(Exchange exchange, GuardedCall call, string because) =>
        Refuse(exchange, call, RefusalWords.NotEvaluated(because, record.NotEvaluated(exchange, call)));

    public static ToolDecision Refuse(Exchange exchange, GuardedCall call, string said) => RefusalWords.Dress(call, said, MayTakeOut(exchange));

    /// <summary>A provider that keeps the turn (Responses with <c>store</c> or <c>previous_response_id</c>) asks for the result of every call in it.</summary>
    private static bool MayTakeOut(Exchange exchange)
    {
        if (exchange.Wire is not Wire.OpenAiResponses || exchange.Body is not { } body)
        {
            return true;
        }

        Span<ByteRange> found = stackalloc ByteRange[2];
        return JsonParts.Locate(body.Span, JsonParts.Root(body.Span), memory, found)
            && found[0].IsPresent && found[0].Of(body.Span).SequenceEqual("false"u8) && !JsonParts.IsText(body.Span, found[1]);
    }
}
