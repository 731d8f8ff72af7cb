using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Paddock.Agents.Tests.RooCode.SignIn;

/// <summary>What goes wrong with the store: nothing, unless it is said.</summary>
internal sealed class StoreTrouble
{
    private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What each call that waits throws.</summary>
    public Exception? Fault { get; set; }

    /// <summary>Calls that would return nothing never do; they end when nobody waits any more.</summary>
    public bool Hangs { get; set; }

    /// <summary>When somebody waits for a store that hangs.</summary>
    public Task Asked => asked.Task;

    /// <summary>Puts the trouble before something that the store has registered.</summary>
    public void Before<T>(IServiceCollection services)
        where T : class
    {
        var own = services.Last(static one => one.ServiceType == typeof(T));
        services.AddSingleton(provider =>
        {
            var inner = own.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, own.ImplementationType!); // one of the two is there
            var troubled = DispatchProxy.Create<T, Troubled>();
            ((Troubled)(object)troubled).Begin(this, inner);
            return troubled;
        });
    }

    public Task NeverAsync(CancellationToken cancellationToken)
    {
        asked.TrySetResult();
        return Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
    }
}
