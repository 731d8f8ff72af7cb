using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Paddock.Core.Audit.Payloads;

namespace Paddock.Gateway.Guard;

/// <summary>
/// Keeps content that rules ask for: at once where an entry waits for it, else behind the call. What there is no room or time for is not
/// kept, and its entry says so; no call is refused for its content.
/// </summary>
internal sealed class ContentKeeper(IPayloads payloads, ILogger<ContentKeeper> logger) : IHostedService
{
    /// <summary>Bytes that wait to be kept. Conversations are long, and many agents begin at once.</summary>
    private const long Room = 64 << 20;

    private readonly Channel<Waiting> waiting = Channel.CreateUnbounded<Waiting>(new() { SingleReader = true });
    private long held;
    private Task running = Task.CompletedTask;

    /// <summary>Keeps content now; takes a second at most.</summary>
    public Task<PayloadMark> KeepAsync(PayloadCapture what, CancellationToken cancellationToken) => payloads.KeepAsync(what, cancellationToken);

    /// <summary>Keeps content when there is time, and then goes on with what entries say of it.</summary>
    /// <param name="then">Quick; called once, also when nothing could be kept.</param>
    public void Later(ImmutableArray<PayloadCapture> what, Action<ImmutableArray<PayloadMark>> then)
    {
        var bytes = what.Sum(static one => (long)one.Content.Length);
        if (Interlocked.Add(ref held, bytes) > Room || !waiting.Writer.TryWrite(new(what, bytes, then)))
        {
            Interlocked.Add(ref held, -bytes);
            then([.. what.Select(static one => new PayloadMark.Unkept(one.Field, one.Class, one.Content, UnkeptReason.Late))]);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        running = Task.Run(RunAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Keeps what waits, as long as the token lets it.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        waiting.Writer.TryComplete();
        await running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task RunAsync()
    {
        await foreach (var (what, bytes, then) in waiting.Reader.ReadAllAsync())
        {
            try
            {
                then([.. await Task.WhenAll(what.Select(one => payloads.KeepAsync(one, CancellationToken.None)))]); // together: they share commits
            }
            catch (Exception fault)
            {
                Log.ContentNotNoted(logger, fault.Message); // one entry that cannot be made must not end the keeping of all that comes
            }

            Interlocked.Add(ref held, -bytes);
        }
    }

    private sealed record Waiting(ImmutableArray<PayloadCapture> What, long Bytes, Action<ImmutableArray<PayloadMark>> Then);
}
