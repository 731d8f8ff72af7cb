using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Hosting;
using Paddock.Core.Containments;
using Paddock.Core.Identity;
using Paddock.Core.Models;
using Paddock.Gateway.Containments;

namespace Paddock.Gateway.Execute;

/// <summary>
/// The calls that run now. Ends those whose key is revoked, expired or whose owner is disabled, those that an operator contains, and tries
/// whose upstream is silent for too long. One timer for all calls: none needs one of its own.
/// </summary>
internal sealed class InFlightCalls(IIdentities identities, IContainments containments, ContainmentCheck check, GatewayOptions options, TimeProvider time) : IRunningCalls, IHostedService, IDisposable
{
    private readonly ConcurrentDictionary<Exchange, byte> calls = new();
    private ITimer? sweep;
    private IDisposable? subscription;
    private IDisposable? orders;
    private volatile bool stopping;
    private int drains;
    private long endAllAt = long.MaxValue;

    public int Total => calls.Count;

    /// <summary>Of these, the ones whose clients are gone and whose answers are read on for their usage.</summary>
    public int Draining => Volatile.Read(ref drains);

    /// <summary>New calls are refused while true; running ones go on.</summary>
    public bool IsStopping => stopping;

    public int Count(ContainmentSelector selector)
    {
        var count = 0;
        foreach (var exchange in calls.Keys)
        {
            count += exchange.Caller is not null && selector.Fits(check.FactsOf(exchange)) ? 1 : 0;
        }

        return count;
    }

    public void Add(Exchange exchange) => calls.TryAdd(exchange, 0);

    public void Remove(Exchange exchange) => calls.TryRemove(exchange, out _);

    /// <summary>From now on new calls are refused, and running ones have as long as the options say to end by themselves.</summary>
    public void StopTaking()
    {
        Volatile.Write(ref endAllAt, Milliseconds() + (long)options.DrainStreamsFor.TotalMilliseconds);
        stopping = true;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        sweep = time.CreateTimer(static state => ((InFlightCalls)state!).Sweep(), this, options.SweepEvery, options.SweepEvery); // the state given here
        subscription = identities.OnChange(_ => EndDead());
        orders = containments.OnChange(_ => EndContained());
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        EndAll();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        sweep?.Dispose();
        subscription?.Dispose();
        orders?.Dispose();
    }

    /// <summary>The client of a call is gone: reads on for the usage when there is room for that, else ends the try.</summary>
    public void BeginDrain(Exchange exchange)
    {
        if (!exchange.TryBeginDrain())
        {
            return;
        }

        exchange.DrainUntilMilliseconds = Milliseconds() + (long)options.DrainFor.TotalMilliseconds;
        if (Interlocked.Increment(ref drains) > options.MaxDrains)
        {
            EndDrain(exchange);
            exchange.End(EndCause.ClientGone);
        }
    }

    /// <returns>Whether the call was drained.</returns>
    public bool EndDrain(Exchange exchange)
    {
        var drained = exchange.EndDrain();
        if (drained)
        {
            Interlocked.Decrement(ref drains);
        }

        return drained;
    }

    /// <summary>The client's connection takes no more. The token of that may come later, so it is not waited for.</summary>
    /// <exception cref="ConnectionAbortedException">The call is not drained: it ends with its client.</exception>
    public void ClientLeft(Exchange exchange)
    {
        if (exchange.ServedBy is { OnAbort: AbortHandling.Drain })
        {
            BeginDrain(exchange);
        }

        if (!exchange.Draining)
        {
            throw new ConnectionAbortedException("The client has closed the connection.");
        }
    }

    private void Sweep()
    {
        if (calls.IsEmpty)
        {
            return;
        }

        EndDead();
        EndContained(); // who was between two steps when the order came
        var now = Milliseconds();
        if (now > Volatile.Read(ref endAllAt))
        {
            EndAll();
        }

        foreach (var exchange in calls.Keys)
        {
            if (now > exchange.DrainUntilMilliseconds)
            {
                exchange.End(EndCause.ClientGone);
            }
            else if (now > exchange.DeadlineMilliseconds)
            {
                exchange.End(EndCause.UpstreamTimeout);
            }
        }
    }

    /// <summary>Monotonic milliseconds, the scale of <see cref="Exchange.DeadlineMilliseconds"/>.</summary>
    public long Milliseconds() => time.GetTimestamp() / (time.TimestampFrequency / 1000);

    private void EndAll()
    {
        foreach (var exchange in calls.Keys)
        {
            exchange.End(EndCause.Stopping);
        }
    }

    private void EndContained()
    {
        foreach (var exchange in check.StopsCalls ? calls.Keys : [])
        {
            if (exchange.Caller is not null && check.OfCall(exchange) is { } containment)
            {
                exchange.Contain(containment);
            }
        }
    }

    private void EndDead()
    {
        var directory = identities.Current;
        var now = time.GetUtcNow();
        foreach (var exchange in calls.Keys)
        {
            if (exchange.Caller is { } caller && !directory.IsLive(caller.Key.Id, now))
            {
                exchange.End(EndCause.Revoked);
            }
        }
    }
}
