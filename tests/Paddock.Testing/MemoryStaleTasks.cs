using System.Collections.Concurrent;
using Paddock.Core.Tasks;

namespace Paddock.Testing;

/// <summary>The tasks that were noted as stale, each as often as it was.</summary>
public sealed class MemoryStaleTasks : IStaleTasks
{
    public ConcurrentQueue<StaleTask> Noted { get; } = [];

    public void Note(in StaleTask task) => Noted.Enqueue(task);
}
