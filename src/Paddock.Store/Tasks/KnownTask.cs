using Paddock.Core.Tasks;

namespace Paddock.Store.Tasks;

/// <summary>All that is known of one task.</summary>
/// <param name="teams">The list that its origin has.</param>
internal sealed class KnownTask(TaskOrigin origin, string? nativeTask, List<string> teams)
{
    public TaskOrigin Origin { get; } = origin;

    /// <summary>The agent's own id of it.</summary>
    public string? NativeTask { get; } = nativeTask;

    /// <summary>What it had come to, when facts of it may be forgotten; else null.</summary>
    public TaskPast? Past { get; set; }

    public List<string> Teams { get; } = teams;

    public List<TaskFact> Facts { get; } = [];
}
