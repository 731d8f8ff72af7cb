using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Paddock.Core.Tasks;
using Paddock.Store.Dialects;
using Paddock.Store.Policies;

namespace Paddock.Store.Tasks;

/// <summary>A task as a row.</summary>
internal sealed record TaskRow
{
    /// <summary>Names and kinds of the columns, as <see cref="IDialect.Rows"/> takes them.</summary>
    public const string Columns =
        "id:t principal_id:t agent:t native_task:t parent_task:t parent_id:t root_id:t state:t source:t reason:t started_at:i last_at:i ended_at:i due_at:i cycle_us:i waited_us:i ever_claimed:f restored:f "
        + "reverted_by_command:f reverted_by_scm:f teams:t mode:t repository:t provider:t model:t release_digest:t turns:i tool_calls:i todos:t cost_nano_usd:i cost_reported:f subtasks_nano_usd:i facts:i folded_at:i counted:t";

    public static readonly ImmutableArray<string> Names = [.. Columns.Split(' ').Select(static column => column[..^2])];

    public string Id { get; init; } = "";

    public string PrincipalId { get; init; } = "";

    public string Agent { get; init; } = "";

    public string? NativeTask { get; init; }

    public string? ParentTask { get; init; }

    public string? ParentId { get; init; }

    public string RootId { get; init; } = "";

    public string State { get; init; } = "";

    public string? Source { get; init; }

    public string? Reason { get; init; }

    public long StartedAt { get; init; }

    public long LastAt { get; init; }

    public long? EndedAt { get; init; }

    public long? DueAt { get; init; }

    public long? CycleUs { get; init; }

    public long WaitedUs { get; init; }

    public bool EverClaimed { get; init; }

    public bool Restored { get; init; }

    public bool RevertedByCommand { get; init; }

    public bool RevertedByScm { get; init; }

    public string Teams { get; init; } = "[]";

    public string? Mode { get; init; }

    public string? Repository { get; init; }

    public string? Provider { get; init; }

    public string? Model { get; init; }

    public string? ReleaseDigest { get; init; }

    public long Turns { get; init; }

    public long ToolCalls { get; init; }

    public string? Todos { get; init; }

    public long CostNanoUsd { get; init; }

    public bool CostReported { get; init; }

    public long SubtasksNanoUsd { get; init; }

    public long Facts { get; init; }

    public long FoldedAt { get; init; }

    public string Counted { get; init; } = "[]";

    public static TaskRow Of(AgentTask task, KnownTask known, DateTimeOffset now) => new()
    {
        Id = task.Id,
        PrincipalId = known.Origin.Principal,
        Agent = known.Origin.Agent,
        NativeTask = known.NativeTask,
        ParentTask = task.ParentTask,
        RootId = task.Id,
        State = task.State.Name(),
        Source = task.Source?.Name(),
        Reason = task.Reason,
        StartedAt = task.StartedAt.ToMicros(),
        LastAt = task.LastAt.ToMicros(),
        EndedAt = task.EndedAt?.ToMicros(),
        DueAt = task.DueAt?.ToMicros(),
        CycleUs = task.Cycle?.ToMicros(),
        WaitedUs = task.Waited.ToMicros(),
        EverClaimed = task.EverClaimed,
        Restored = task.WasRestored,
        RevertedByCommand = task.WasRevertedByCommand,
        RevertedByScm = task.WasRevertedByScm,
        Teams = DecisionDocument.Of(task.Place.Teams),
        Mode = task.Place.Mode,
        Repository = task.Place.Repository,
        Provider = task.Place.Provider,
        Model = task.Place.Model,
        ReleaseDigest = task.Place.Release,
        Turns = task.Turns,
        ToolCalls = task.ToolCalls,
        Todos = task.Todos is { } todos ? JsonSerializer.Serialize(todos, TaskJson.Default.TodoCounts) : null,
        CostNanoUsd = task.CostNanoUsd,
        CostReported = task.IsCostReported,
        Facts = known.Facts.Count,
        FoldedAt = now.ToMicros(),
    };

    public TaskRecord Record() => new() { Task = Task(), Principal = PrincipalId, NativeTask = NativeTask, Parent = ParentId, Root = RootId, SubtasksNanoUsd = SubtasksNanoUsd };

    private AgentTask Task() => new()
    {
        Id = Id,
        State = AgentTaskStates.Parse(State) ?? throw new InvalidDataException($"A task has the state {State}, which this version does not know."),
        Source = AgentTaskStates.ParseSource(Source),
        Reason = Reason,
        StartedAt = StartedAt.ToTime(),
        LastAt = LastAt.ToTime(),
        EndedAt = EndedAt?.ToTime(),
        DueAt = DueAt?.ToTime(),
        Cycle = CycleUs is { } cycle ? TimeSpan.FromMicroseconds(cycle) : null,
        Waited = TimeSpan.FromMicroseconds(WaitedUs),
        EverClaimed = EverClaimed,
        WasRestored = Restored,
        WasRevertedByCommand = RevertedByCommand,
        WasRevertedByScm = RevertedByScm,
        ParentTask = ParentTask,
        Place = new() { Teams = DecisionDocument.Texts(Teams), Mode = Mode, Repository = Repository, Provider = Provider, Model = Model, Agent = Agent, Release = ReleaseDigest, Person = PrincipalId },
        Turns = (int)Turns,
        ToolCalls = (int)ToolCalls,
        Todos = Todos is { } todos ? JsonSerializer.Deserialize(todos, TaskJson.Default.TodoCounts) : null,
        CostNanoUsd = CostNanoUsd,
        IsCostReported = CostReported,
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(List<TaskRow>))]
[JsonSerializable(typeof(TodoCounts))]
internal sealed partial class TaskJson : JsonSerializerContext;
