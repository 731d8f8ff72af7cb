using Paddock.Core.Ledger;
using Paddock.Core.Models;
using Paddock.Core.Policies;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;

namespace Paddock.Testing;

/// <summary>One task as the gateway would record it, step by step, on a clock of its own.</summary>
public sealed class RecordedWork(ILedger ledger, IDecisions decisions, string principal, string key, string native, DateTimeOffset begin)
{
    private CallId turn;
    private int made;

    public string Task => TaskKey.Compute(principal, Agent, native);

    public DateTimeOffset Now { get; private set; } = begin;

    public string Agent { get; init; } = "codex";

    public IReadOnlyList<string> Teams { get; init; } = [];

    public string? Mode { get; init; } = "code";

    public string? Repository { get; init; } = "git.example/shop";

    public string Provider { get; init; } = "main";

    public string Model { get; init; } = "gpt-test";

    public string Release { get; init; } = "sha256:" + new string('a', 64);

    /// <summary>The agent's own id of the task that began it.</summary>
    public string? Parent { get; init; }

    public RecordedWork Wait(TimeSpan time)
    {
        Now += time;
        return this;
    }

    /// <summary>A model call of a second that ends well, or with an error.</summary>
    public RecordedWork Turn(long costNanoUsd = 10_000_000, string? error = null, CallOutcome? outcome = null)
    {
        turn = CallId.Create(Now);
        ledger.Open(new()
        {
            Id = turn,
            At = Now,
            Principal = principal,
            Key = key,
            Teams = Teams,
            Agent = Agent,
            Task = Task,
            NativeTask = native,
            ParentTask = Parent,
            Mode = Mode,
            Repository = Repository,
            Wire = Wire.OpenAiChat,
            Path = "/v1/chat/completions",
            ModelAsked = Model,
            ReleaseDigest = Release,
            ToolsHash = "00",
        });
        Wait(TimeSpan.FromSeconds(1));
        Close(costNanoUsd, error, outcome);
        return this;
    }

    /// <summary>A tool call in the last turn's answer; its result comes a second later.</summary>
    /// <param name="change">What is otherwise about it.</param>
    public StoredDecision Tool(string tool = "shell", ToolClass cls = ToolClass.Command, ToolResult? result = null, Func<StoredDecision, StoredDecision>? change = null)
    {
        var decision = new StoredDecision
        {
            Id = $"dec_{turn.Value:N}_{++made}",
            At = Now,
            Call = turn,
            ToolCall = $"call_{turn.Value:N}_{made}",
            Principal = principal,
            Key = key,
            Teams = [.. Teams],
            Agent = Agent,
            Task = Task,
            NativeTask = native,
            Mode = Mode,
            Repository = Repository,
            Tool = tool,
            Class = cls,
            Mutating = cls is ToolClass.Edit or ToolClass.Command,
            Effect = Effect.Allow,
            ShadowEffect = Effect.Allow,
            ReleaseDigest = Release,
            Step = new() { Files = cls is ToolClass.Edit ? ["a.cs"] : [] },
            Outcome = DecisionOutcome.Released,
            OutcomeAt = Now,
        };
        decision = change?.Invoke(decision) ?? decision;
        if (!decisions.TryAppend(decision))
        {
            throw new InvalidOperationException("There is no room for a decision.");
        }

        Wait(decision.OutcomeAt - decision.At + TimeSpan.FromSeconds(1));
        if (result is { } came)
        {
            decisions.NoteResult(new(decision.Id, principal, Task, decision.ToolCall!, came, Now));
        }

        return decision;
    }

    private void Close(long costNanoUsd, string? error, CallOutcome? outcome) => ledger.Close(new()
    {
        Id = turn,
        At = Now,
        Outcome = outcome ?? (error is null ? CallOutcome.Complete : CallOutcome.Failed),
        Status = error is null ? 200 : 502,
        ErrorClass = error,
        Provider = Provider,
        ModelServed = Model,
        Usage = new() { Input = 1200, Output = 80 },
        CostNanoUsd = costNanoUsd,
        PriceSource = PriceSource.File,
        Duration = TimeSpan.FromSeconds(1),
        Finish = error is null ? "stop" : null,
        Attempts = [new(1, Provider, Model, Now.AddSeconds(-1), TimeSpan.FromSeconds(1), error is null ? 200 : 502, error, null)],
    });
}
