using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Paddock.Core.Policies.Facts;
using Paddock.Core.Tasks;
using Paddock.Gateway.Guard;

namespace Paddock.Gateway.Tasks;

/// <summary>
/// What is kept of tasks and principals while they are active. What is not known here is recalled from ledger and decisions before a
/// call is judged by it; what has been idle gives way. Only rules that look at it make it remembered.
/// </summary>
internal sealed class LiveTasks(ITaskMemory memory, TimeProvider time, ILogger<LiveTasks> logger)
{
    /// <summary>The facts that are kept.</summary>
    public static readonly FactMask Facts = FactMask.Of(Fact.TaskSpend, Fact.TaskTurns, Fact.TaskFiles, Fact.TaskSubtasks, Fact.TaskTaint, Fact.TaskContextAge, Fact.Mutations5m);

    /// <summary>Most tasks and most principals that are kept: at about a kilobyte each, more with many files.</summary>
    private const int Most = 20_000;

    /// <summary>Other processes add to the same tasks: what they did is known here after this long.</summary>
    private static readonly TimeSpan fresh = TimeSpan.FromSeconds(30);

    /// <summary>A database that is slower than this is away.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<TaskScope, Kept<TaskState>> tasks = new();
    private readonly ConcurrentDictionary<string, Kept<PrincipalState>> principals = new(StringComparer.Ordinal);

    /// <summary>Makes sure that what rules look at is known, or known to be unknown.</summary>
    public ValueTask PrepareAsync(ICallOrigin origin)
    {
        if (!origin.Snapshot.Policies.Uses.HasAny(Facts))
        {
            return ValueTask.CompletedTask;
        }

        var now = time.GetUtcNow();
        var principal = origin.Caller.Principal.Id.Value;
        var scope = TaskScope.Of(principal, origin.TaskId, now);
        var task = Entry(tasks, scope, now);
        var whole = Entry(principals, principal, now);
        var loads = Task.WhenAll(LoadAsync(task, scope, now), LoadAsync(whole, principal, now));
        return loads.IsCompleted || (task.IsLoaded && whole.IsLoaded) ? ValueTask.CompletedTask : new(loads);
    }

    /// <summary>Says what is kept; while it cannot be told, conditions on it fail to their safe side.</summary>
    public void Tell(ICallOrigin origin, FactValues facts)
    {
        var now = time.GetUtcNow();
        var principal = origin.Caller.Principal.Id.Value;
        if (tasks.GetValueOrDefault(TaskScope.Of(principal, origin.TaskId, now)) is not { IsLoaded: true } task || principals.GetValueOrDefault(principal) is not { IsLoaded: true } whole)
        {
            facts.Untold |= origin.Snapshot.Policies.Uses.HasAny(Facts) ? Facts : FactMask.None;
            return;
        }

        string[] taint;
        lock (whole)
        {
            facts.Set(Fact.Mutations5m, whole.State.Mutations(now));
            taint = [.. whole.State.Taint(now)];
        }

        lock (task)
        {
            facts.Set(Fact.TaskSpend, task.State.SpentNanoUsd / 1e9);
            facts.Set(Fact.TaskTurns, task.State.Turns);
            facts.Set(Fact.TaskFiles, task.State.Files);
            facts.Set(Fact.TaskSubtasks, task.State.Subtasks);
            if (task.State.BeganAt is { } began && !origin.Task.TaskDerived)
            {
                facts.Set(Fact.TaskContextAge, Math.Max(0, Math.Floor((now - began).TotalSeconds)));
            }

            facts.Set(Fact.TaskTaint, [.. taint.Union(task.State.Taint, StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
        }
    }

    /// <summary>When the first model call of a task came in; null when there was none, or while it cannot be told.</summary>
    public async ValueTask<DateTimeOffset?> BeganAtAsync(string principal, string taskId)
    {
        var now = time.GetUtcNow();
        var scope = TaskScope.Of(principal, taskId, now);
        var task = Entry(tasks, scope, now);
        if (BeganAt(task) is not { } began)
        {
            await LoadAsync(task, scope, now);
            return BeganAt(task);
        }

        return began;
    }

    /// <summary>A model call of the task is sent.</summary>
    public void Turn(ICallOrigin origin) => OfTask(origin, static (state, at) => state.Turn(at), time.GetUtcNow());

    public void Spend(ICallOrigin origin, long nanoUsd) => OfTask(origin, static (state, spent) => state.Spend(spent), nanoUsd);

    /// <summary>A tool call was let go.</summary>
    public void Take(ICallOrigin origin, RememberedStep one)
    {
        OfTask(origin, static (state, step) => state.Take(step), one.Step);
        if (principals.GetValueOrDefault(origin.Caller.Principal.Id.Value) is { } whole)
        {
            lock (whole)
            {
                whole.State.Take(one);
            }
        }
    }

    /// <returns>Null also while it was not recalled: there may be an earlier call than those seen here.</returns>
    private static DateTimeOffset? BeganAt(Kept<TaskState> task)
    {
        lock (task)
        {
            return task.IsLoaded ? task.State.BeganAt : null;
        }
    }

    private void OfTask<T>(ICallOrigin origin, Action<TaskState, T> change, T value)
    {
        if (!tasks.IsEmpty && tasks.GetValueOrDefault(TaskScope.Of(origin.Caller.Principal.Id.Value, origin.TaskId, time.GetUtcNow())) is { } task)
        {
            lock (task)
            {
                change(task.State, value);
            }
        }
    }

    private Task LoadAsync(Kept<TaskState> task, TaskScope scope, DateTimeOffset now) => LoadAsync(
        task, now, token => memory.RecallAsync(scope, token), static (state, remembered) => state.Raise(remembered));

    private Task LoadAsync(Kept<PrincipalState> whole, string principal, DateTimeOffset now) => LoadAsync(
        whole, now, token => memory.RecallAsync(principal, now, token), static (state, remembered) =>
        {
            foreach (var one in remembered)
            {
                state.Take(one);
            }
        });

    private Task LoadAsync<TState, TMemory>(Kept<TState> kept, DateTimeOffset now, Func<CancellationToken, Task<TMemory>> recall, Action<TState, TMemory> raise)
        where TState : new()
    {
        lock (kept)
        {
            if (kept.Loading is { IsCompleted: false } || (kept.IsLoaded && (!memory.IsShared || kept.LoadedAt > now - fresh)))
            {
                return kept.IsLoaded ? Task.CompletedTask : kept.Loading!; // not loaded, so it is being loaded
            }

            return kept.Loading = RunAsync();
        }

        async Task RunAsync()
        {
            try
            {
                using var limit = new CancellationTokenSource(patience, time);
                var remembered = await recall(limit.Token);
                lock (kept)
                {
                    raise(kept.State, remembered);
                    (kept.IsLoaded, kept.LoadedAt) = (true, now);
                }
            }
            catch (Exception fault)
            {
                Log.TaskNotRecalled(logger, fault.Message); // the next call tries again; meanwhile conditions on it fail to their safe side
            }
        }
    }

    private static Kept<T> Entry<TKey, T>(ConcurrentDictionary<TKey, Kept<T>> all, TKey key, DateTimeOffset now)
        where TKey : notnull
        where T : new()
    {
        if (all.Count >= Most && !all.ContainsKey(key))
        {
            foreach (var idle in all.OrderBy(static one => one.Value.UsedAt).Take(Most / 10).ToList())
            {
                all.TryRemove(idle.Key, out _);
            }
        }

        var kept = all.GetOrAdd(key, static _ => new());
        kept.UsedAt = now.UtcTicks;
        return kept;
    }

    /// <summary>Something kept. Its lock is its own.</summary>
    private sealed class Kept<T>
        where T : new()
    {
        public T State { get; } = new();

        public Task? Loading { get; set; }

        public volatile bool IsLoaded;

        public DateTimeOffset LoadedAt { get; set; }

        public long UsedAt { get; set; }
    }
}
