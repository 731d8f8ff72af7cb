using Paddock.Core.Approvals;

namespace Paddock.Store.Approvals;

/// <summary>Wakes those in this process who wait for an approval. All who wait for the same one share a signal; nobody else is woken.</summary>
internal sealed class ApprovalSignals
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Waiting> waiting = new(StringComparer.Ordinal);

    /// <summary>Approvals that somebody waits for.</summary>
    public string[] Awaited
    {
        get
        {
            lock (gate)
            {
                return [.. waiting.Keys];
            }
        }
    }

    /// <summary>Begins to listen; what changes from now on is not missed. Dispose to stop.</summary>
    public Listener Listen(ApprovalId id)
    {
        lock (gate)
        {
            if (!waiting.TryGetValue(id.Value, out var shared))
            {
                waiting[id.Value] = shared = new();
            }

            shared.Listeners++;
            return new(this, id.Value, shared);
        }
    }

    public void Raise(string id)
    {
        Waiting? shared;
        lock (gate)
        {
            // Who listens next looks first, and so hears of what comes after.
            waiting.Remove(id, out shared);
        }

        shared?.Signal.TrySetResult();
    }

    /// <summary>Whoever waits looks again: changes may have been missed.</summary>
    public void RaiseAll()
    {
        foreach (var id in Awaited)
        {
            Raise(id);
        }
    }

    private void Leave(string id, Waiting shared)
    {
        lock (gate)
        {
            if (--shared.Listeners == 0 && waiting.TryGetValue(id, out var current) && current == shared)
            {
                waiting.Remove(id);
            }
        }
    }

    internal sealed class Listener(ApprovalSignals signals, string id, Waiting shared) : IDisposable
    {
        public Task Changed => shared.Signal.Task;

        public void Dispose() => signals.Leave(id, shared);
    }

    internal sealed class Waiting
    {
        public TaskCompletionSource Signal { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Listeners { get; set; }
    }
}
