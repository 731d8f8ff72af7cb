using Paddock.Core.Models;
using Paddock.Core.Policies.Facts;
using Paddock.Core.Tools;
using Paddock.Gateway.Containments;
using Paddock.Gateway.Protocols;
using Paddock.Gateway.Tasks;

namespace Paddock.Gateway.Guard;

/// <summary>Judges the tool calls of an answer, as early as that can be, and puts each decision in the shape of its wire.</summary>
internal sealed class ToolJudge(ToolShapes shapes, LiveTasks tasks, ToolDecisionPoint decisions, ContainmentCheck containments, DecisionBook book) : IToolJudge
{
    private static readonly FactMask pathFacts = FactMask.Of(Fact.CallPaths);

    private static readonly FactMask fromArguments = FactMask.Of(
        Fact.CallText, Fact.CallArgv, Fact.CallOpaque, Fact.CallHasExpansion, Fact.CallRunsInput, Fact.CallWritesTo, Fact.CallEnv, Fact.CallHosts);

    private static readonly byte[][] memory = ["store"u8.ToArray(), "previous_response_id"u8.ToArray(), "conversation"u8.ToArray()];

    public Watch WatchFor(Exchange exchange) => exchange.Snapshot switch
    {
        { Policies.Enforces: true } => Watch.Enforce,
        not null when containments.MayStopTools(exchange) => Watch.Enforce,
        null => Watch.None,
        _ => Watch.Record,
    };

    public string ToolOf(Exchange exchange, GuardedCall call) => exchange.Offers?.Meant(call.Name) ?? shapes.Meant(exchange.Dialect, call.Name);

    public ToolShape ShapeOf(Exchange exchange, GuardedCall call) => shapes.Of(exchange.Dialect, call.Tool, call.Type);

    public Certainty IsAllowedAlready(Exchange exchange, GuardedCall call)
    {
        if (IsStopped(exchange, call))
        {
            return Certainty.None;
        }

        var policies = exchange.Snapshot!.Policies; // watched, so judged by one
        if (!policies.Enforces)
        {
            return Certainty.Whatever;
        }

        if (call.Foreseen is Foresight.None)
        {
            call.Foreseen = Foresight.ByName;
            var namesFiles = call.Shape is { Class: ToolClass.Command } or { Patch: not null } or { Paths.IsEmpty: false };
            if (policies.AllowsWhatever(ToolSubjects.ReadSoFar(exchange, call, null, tasks), namesFiles ? fromArguments | pathFacts : fromArguments))
            {
                return Certainty.Whatever;
            }
        }

        if (call.Foreseen is Foresight.ByName && call.Shape is { Class: not ToolClass.Command, Patch: null, Paths: [var member], Urls: [] } && call.Arguments.TryGet(member, out var value))
        {
            call.Foreseen = Foresight.ByPath;
            return JsonParts.Text(call.Arguments.Bytes, value) is { } path && policies.AllowsWhatever(ToolSubjects.ReadSoFar(exchange, call, path, tasks), fromArguments) ? Certainty.BySeen : Certainty.None;
        }

        return Certainty.None;
    }

    public bool IsStopped(Exchange exchange, GuardedCall call) => containments.OfTool(exchange, call.Tool, call.Shape.Mcp) is not null;

    public ToolDecision Judge(Exchange exchange, GuardedCall call)
    {
        var read = ToolSubjects.Read(exchange, call.Whole, tasks);
        return Dress(exchange, call, Remembered(exchange, read, decisions.Judge));
    }

    public ToolDecision Note(Exchange exchange, GuardedCall call)
    {
        var read = ToolSubjects.Read(exchange, call.Whole, tasks);
        return Dress(exchange, call, Remembered(exchange, read, decisions.Note));
    }

    public ToolDecision NotEvaluated(Exchange exchange, GuardedCall call, string because) => WatchFor(exchange) is Watch.Enforce
        ? Dress(exchange, call, decisions.NotEvaluated(exchange, call.Whole, because))
        : ToolDecision.Allowed.Instance;

    /// <summary>The agent's hook will ask for the same call.</summary>
    private Judgement Remembered(Exchange exchange, ReadCall read, Func<ICallOrigin, ReadCall, Judgement> judge) =>
        book.Note(SameCall.Of(exchange, read.Call, CallDigest.Of(read.Call, read.Arguments)), () => judge(exchange, read));

    private ToolDecision Dress(Exchange exchange, GuardedCall call, Judgement judgement) => judgement switch
    {
        Judgement.Refused refused => Noted(exchange, call, refused, RefusalWords.Dress(call, refused.Said, MayTakeOut(exchange), StandInFor(exchange))),
        Judgement.Waits waits => new ToolDecision.Waits(new(DressAsync(exchange, call, waits.Outcome))),
        _ => ToolDecision.Allowed.Instance,
    };

    private async Task<ToolDecision> DressAsync(Exchange exchange, GuardedCall call, Task<Judgement> outcome) => Dress(exchange, call, await outcome);

    /// <summary>The agent's hook will ask for the call as it stands then, under the same id.</summary>
    private ToolDecision Noted(Exchange exchange, GuardedCall call, Judgement refusal, ToolDecision dressed)
    {
        if (dressed is ToolDecision.Refused { Replacement: var replacement, Name: var name })
        {
            var written = name is null ? call.Whole with { Arguments = replacement } : call.Whole with { Arguments = replacement, Name = name, Shape = shapes.Of(exchange.Dialect, name, null) };
            book.NoteWritten(SameCall.Of(exchange, written, CallDigest.Of(written)), refusal);
        }

        return dressed;
    }

    private static StandInTool? StandInFor(Exchange exchange) => exchange.Dialect?.StandIns.FirstOrDefault(tool => exchange.Offers?.Has(tool.Name) is true);

    /// <summary>A provider that keeps the turn (Responses with <c>store</c>, <c>previous_response_id</c> or <c>conversation</c>) asks for the result of every call in it.</summary>
    private static bool MayTakeOut(Exchange exchange)
    {
        if (exchange.Wire is not Wire.OpenAiResponses || exchange.Body is not { } body)
        {
            return true;
        }

        Span<ByteRange> found = stackalloc ByteRange[3];
        return JsonParts.Locate(body.Span, JsonParts.Root(body.Span), memory, found)
            && found[0].IsPresent && found[0].Of(body.Span).SequenceEqual("false"u8) && !JsonParts.IsText(body.Span, found[1])
            && (!found[2].IsPresent || JsonParts.IsNull(body.Span, found[2]));
    }
}
