using System.Collections.Immutable;
using Paddock.Core.Tasks;

namespace Paddock.Testing;

/// <summary>What is remembered of tasks, as a test says it; nothing by default.</summary>
public sealed class MemoryTasks : ITaskMemory
{
    /// <summary>When set, recalling fails, as when the database is away.</summary>
    public bool Away { get; set; }

    public TaskMemory Task { get; set; } = new();

    /// <summary>The mode that every task last said.</summary>
    public string? Mode { get; set; }

    public ImmutableArray<RememberedStep> Principal { get; set; } = [];

    /// <summary>How often somebody asked.</summary>
    public int Asked { get; private set; }

    public bool IsShared { get; set; }

    public Task<TaskMemory> RecallAsync(TaskScope scope, CancellationToken cancellationToken)
    {
        Asked++;
        return Away ? System.Threading.Tasks.Task.FromException<TaskMemory>(new IOException("The test's database is away.")) : System.Threading.Tasks.Task.FromResult(Task);
    }

    public Task<string?> ModeOfAsync(string task, CancellationToken cancellationToken)
    {
        Asked++;
        return Away ? System.Threading.Tasks.Task.FromException<string?>(new IOException("The test's database is away.")) : System.Threading.Tasks.Task.FromResult(Mode);
    }

    public Task<ImmutableArray<RememberedStep>> RecallAsync(string principal, DateTimeOffset now, CancellationToken cancellationToken) =>
        Away ? System.Threading.Tasks.Task.FromException<ImmutableArray<RememberedStep>>(new IOException("The test's database is away.")) : System.Threading.Tasks.Task.FromResult(Principal);
}
