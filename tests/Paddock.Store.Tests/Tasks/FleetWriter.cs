using Paddock.Core.Audit;
using Paddock.Core.Ledger;
using Paddock.Core.Models;
using Paddock.Core.Policies;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Tasks;
using Paddock.Testing.Fleet;

namespace Paddock.Store.Tests.Tasks;

/// <summary>Hands a fleet's facts to the store as gateway, clients and verdicts would.</summary>
internal sealed class FleetWriter(StoreUnderTest store)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Task WriteAsync(FleetTask task, TaskFact fact) => fact switch
    {
        TurnFact turn => Write(task, turn),
        ToolFact tool => Write(task, tool),
        EventFact one => store.Get<IAgentEvents>().AppendAsync([Event(task, one)], Cancellation),
        VerdictFact verdict => store.Get<ITasks>().AddVerdictAsync(
            new() { Id = verdict.Id, Task = task.Id, At = verdict.At, Kind = verdict.Kind, Source = verdict.Source, By = "usr_1" },
            new() { Act = "task.verdict", Actor = AuditActor.Clock, Mutating = true, Ref = task.Id }, Cancellation),
        _ => throw new ArgumentOutOfRangeException(nameof(fact)),
    };

    private Task Write(FleetTask task, TurnFact turn)
    {
        CallId.TryParse(turn.Id, out var id).ShouldBeTrue();
        store.Ledger.Open(new()
        {
            Id = id,
            At = turn.At,
            Principal = task.Place.Person,
            Key = "key_1",
            Teams = turn.Teams,
            Agent = task.Place.Agent,
            Task = task.Id,
            NativeTask = task.Native,
            ParentTask = turn.ParentTask,
            Mode = turn.Mode,
            Repository = turn.Repository,
            Wire = Wire.OpenAiChat,
            Path = "/v1/chat/completions",
            ModelAsked = turn.Model ?? "",
            ReleaseDigest = turn.Release,
            ToolsHash = turn.OffersTools ? "00" : null,
        });
        store.Ledger.Close(new()
        {
            Id = id,
            At = turn.EndedAt ?? turn.At,
            Outcome = turn.Outcome ?? CallOutcome.Complete,
            ErrorClass = turn.ErrorClass,
            Provider = turn.Provider,
            Usage = new() { Input = turn.InputTokens, Output = turn.OutputTokens },
            CostNanoUsd = turn.CostNanoUsd,
            PriceSource = turn.IsUnpriced ? PriceSource.Unknown : PriceSource.File,
            Finish = turn.Finish,
        });
        return Task.CompletedTask;
    }

    private Task Write(FleetTask task, ToolFact tool)
    {
        CallId.TryParse(tool.Turn, out var turn).ShouldBeTrue();
        store.Decisions.TryAppend(new()
        {
            Id = tool.Id,
            At = tool.At,
            Call = turn,
            ToolCall = tool.ToolCall,
            Principal = task.Place.Person,
            Key = "key_1",
            Agent = task.Place.Agent,
            Task = task.Id,
            NativeTask = task.Native,
            Tool = tool.Tool,
            Class = tool.Class,
            Effect = tool.AsksApproval ? Effect.RequireApproval : Effect.Allow,
            ShadowEffect = Effect.Allow,
            ReleaseDigest = task.Place.Release ?? "",
            Step = tool.Step,
            Outcome = tool.AsksApproval ? DecisionOutcome.Held : tool.Outcome,
            OutcomeAt = tool.AsksApproval ? tool.At : tool.OutcomeAt,
        }).ShouldBeTrue();
        if (tool.AsksApproval)
        {
            store.Decisions.NoteOutcome(tool.Id, tool.Outcome, tool.OutcomeAt);
        }

        if (tool is { Result: { } result, ResultAt: { } at })
        {
            store.Decisions.NoteResult(new(tool.Id, task.Place.Person, task.Id, tool.ToolCall ?? "", result, at));
        }

        return Task.CompletedTask;
    }

    private static AgentEvent Event(FleetTask task, EventFact one) => new()
    {
        At = one.At,
        Principal = task.Place.Person,
        Agent = task.Place.Agent,
        Task = task.Id,
        NativeTask = task.Native,
        ParentTask = one.ParentTask,
        Type = one.Signal.Kind.ToString(),
        Mode = one.Mode,
        Identity = new(one.Id + one.Id, Once: true),
    };
}
