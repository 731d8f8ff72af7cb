using Paddock.Core.Ledger;

namespace Paddock.Gateway.Identify;

/// <summary>The ids of the tasks of late (<see cref="TaskKey"/>): an agent makes many calls for one task, and one hash is enough for them.</summary>
internal sealed class TaskIds
{
    private const int Slots = 1024;

    private readonly Entry?[] slots = new Entry?[Slots];

    public string Of(string principal, string agent, string nativeTask)
    {
        var slot = (uint)HashCode.Combine(principal, agent, nativeTask) % Slots;
        if (Volatile.Read(ref slots[slot]) is { } entry && entry.IsFor(principal, agent, nativeTask))
        {
            return entry.Id;
        }

        var id = TaskKey.Compute(principal, agent, nativeTask);
        Volatile.Write(ref slots[slot], new(principal, agent, nativeTask, id));
        return id;
    }

    private sealed record Entry(string Principal, string Agent, string NativeTask, string Id)
    {
        public bool IsFor(string principal, string agent, string nativeTask) => NativeTask == nativeTask && Principal == principal && Agent == agent;
    }
}
