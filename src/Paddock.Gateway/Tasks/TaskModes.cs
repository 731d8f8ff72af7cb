using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Paddock.Core.Snapshot;
using Paddock.Core.Tasks;

namespace Paddock.Gateway.Tasks;

/// <summary>
/// The modes that tasks last said. Some calls of a task say none (Roo Code's when it condenses a context), and are in that one. Where nothing
/// was said here, the ledger is asked, once for each task. Bounded: of two generations the older gives way.
/// </summary>
internal sealed class TaskModes(ISnapshots snapshots, ITaskMemory memory, TimeProvider time, ILogger<TaskModes> logger)
{
    /// <summary>Tasks of one generation, at some hundred bytes each.</summary>
    private const int Most = 10_000;

    /// <summary>Stands for a task that never said a mode.</summary>
    private const string None = "";

    /// <summary>A database that is slower than this is away.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(3);

    private volatile ConcurrentDictionary<string, string> newer = new(StringComparer.Ordinal);
    private volatile ConcurrentDictionary<string, string> older = new(StringComparer.Ordinal);

    /// <summary>Puts the call in the mode that its task last said when it says none itself, and remembers the one it says. Only where there are team profiles.</summary>
    public ValueTask PrepareAsync(Exchange exchange)
    {
        var principal = exchange.Caller!.Principal; // identified by now
        var profiles = snapshots.For(principal.Id.Value, exchange.TaskId).Profiles;
        if (exchange.TaskId is not { } task || profiles.All.IsEmpty)
        {
            return ValueTask.CompletedTask;
        }

        if (exchange.Task.Mode is { } said)
        {
            Keep(task, said);
            return ValueTask.CompletedTask;
        }

        if (Find(task) is { } last)
        {
            Put(exchange, last);
            return ValueTask.CompletedTask;
        }

        return profiles.Of(principal) is { Modes: not null } ? new(RecallAsync(exchange, task)) : ValueTask.CompletedTask;
    }

    private async Task RecallAsync(Exchange exchange, string task)
    {
        try
        {
            using var limit = new CancellationTokenSource(patience, time);
            var recalled = await memory.ModeOfAsync(task, limit.Token) ?? None;
            Keep(task, recalled);
            Put(exchange, recalled);
        }
        catch (Exception fault)
        {
            Log.ModeNotRecalled(logger, fault.Message);
        }
    }

    private static void Put(Exchange exchange, string mode) => exchange.Task = mode == None ? exchange.Task : exchange.Task with { Mode = mode };

    private string? Find(string task)
    {
        if (newer.TryGetValue(task, out var found))
        {
            return found;
        }

        if (!older.TryGetValue(task, out found))
        {
            return null;
        }

        Keep(task, found);
        return found;
    }

    private void Keep(string task, string mode)
    {
        var current = newer;
        if (current.TryGetValue(task, out var before) && before == mode)
        {
            return;
        }

        current[task] = mode;
        if (current.Count > Most) // two threads may both see it; then one generation is short, and its tasks are recalled
        {
            (older, newer) = (current, new(StringComparer.Ordinal));
        }
    }
}
