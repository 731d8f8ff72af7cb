using Paddock.Core.Audit;

namespace Paddock.Testing;

/// <summary>An audit log in memory, in the order entries were handed in. Can be told to hold entries back, and to fail.</summary>
public sealed class MemoryAudit : IAuditLog
{
    private readonly Lock gate = new();
    private readonly List<AuditEvent> all = [];
    private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? held;

    public bool IsAvailable { get; set; } = true;

    /// <summary>Entries that are waited for fail although the log seemed available.</summary>
    public bool Fails { get; set; }

    public IReadOnlyList<AuditEvent> All
    {
        get
        {
            lock (gate)
            {
                return [.. all];
            }
        }
    }

    /// <summary>Completes when somebody waits for an entry.</summary>
    public Task Asked => asked.Task;

    /// <summary>From now on nobody's entry becomes durable, until <see cref="LetGo"/>.</summary>
    public void Hold() => held = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void LetGo() => held?.TrySetResult();

    public async Task AppendAsync(AuditEvent what, CancellationToken cancellationToken)
    {
        asked.TrySetResult();
        if (held is { } waits)
        {
            await waits.Task.WaitAsync(cancellationToken);
        }

        if (Fails || !IsAvailable)
        {
            throw new AuditUnavailableException();
        }

        Post(what);
    }

    public void Post(AuditEvent what)
    {
        lock (gate)
        {
            all.Add(what);
        }
    }
}
