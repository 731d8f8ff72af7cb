using Microsoft.Extensions.DependencyInjection;
using Paddock.Core.Audit;
using Paddock.Store.Audit;

namespace Paddock.Store.Tests.Audit;

/// <summary>A database that can be told to answer later, or to refuse what is offered from now on.</summary>
internal sealed class SlowDatabase
{
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource answers = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What is offered waits until <see cref="Answer"/>.</summary>
    public volatile bool Waits;

    /// <summary>What is offered from now on is refused; what waits is not.</summary>
    public volatile bool Refuses;

    /// <summary>Whether it says that others share it; null = what the real one says.</summary>
    public bool? Shared { get; init; }

    /// <summary>Completes when something waits.</summary>
    public Task Reached => reached.Task;

    public void Answer()
    {
        Waits = false;
        answers.TrySetResult();
    }

    /// <summary>In front of a sink that was registered.</summary>
    public void Wrap(IServiceCollection services)
    {
        var inner = services.Last(static one => one.ServiceType == typeof(IEntrySink));
        services.Remove(inner);
        services.AddSingleton<IEntrySink>(provider => new Sink(this, (IEntrySink)inner.ImplementationFactory!(provider)));
    }

    private sealed class Sink(SlowDatabase slow, IEntrySink sink) : IEntrySink
    {
        public bool IsShared => slow.Shared ?? sink.IsShared;

        public async Task WriteAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken)
        {
            if (slow.Refuses)
            {
                throw new InvalidOperationException("The database is away.");
            }

            if (slow.Waits)
            {
                slow.reached.TrySetResult();
                await slow.answers.Task.WaitAsync(cancellationToken);
            }

            await sink.WriteAsync(entries, cancellationToken);
        }
    }
}
