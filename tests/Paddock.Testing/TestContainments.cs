using System.Collections.Immutable;
using Paddock.Core.Containments;

namespace Paddock.Testing;

/// <summary>Live containments in memory: made and lifted in one line, in force when that returns.</summary>
public sealed class TestContainments(TimeProvider time) : IContainments
{
    private readonly Lock gate = new();
    private ImmutableArray<Action<ContainmentSet>> listeners = [];
    private int made;

    public ContainmentSet Current { get; private set; } = ContainmentSet.Empty;

    public Containment Contain(ContainmentSelector selector, TimeSpan? duration = null, string reason = "a leak is looked into")
    {
        var now = time.GetUtcNow();
        var containment = new Containment
        {
            Id = ContainmentId.Create(new(Interlocked.Increment(ref made), 0, 0, new byte[8])),
            Selector = selector,
            Reason = reason,
            CreatedBy = "system:local",
            CreatedAt = now,
            ExpiresAt = now + (duration ?? Containment.UsualDuration),
        };
        Publish(all => all.Add(containment));
        return containment;
    }

    public void Lift(ContainmentId id) => Publish(all => all.RemoveAll(one => one.Id == id));

    public IDisposable OnChange(Action<ContainmentSet> changed)
    {
        ImmutableInterlocked.Update(ref listeners, static (all, one) => all.Add(one), changed);
        return new Subscription(() => ImmutableInterlocked.Update(ref listeners, static (all, one) => all.Remove(one), changed));
    }

    private void Publish(Func<ImmutableArray<Containment>, ImmutableArray<Containment>> change)
    {
        lock (gate)
        {
            Current = new(Current.Version + 1, change(Current.All));
        }

        foreach (var listener in listeners)
        {
            listener(Current);
        }
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
