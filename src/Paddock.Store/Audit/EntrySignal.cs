using System.Threading.Channels;

namespace Paddock.Store.Audit;

/// <summary>Tells the sequencer that entries were committed. Signals that nobody has taken yet are one.</summary>
internal sealed class EntrySignal
{
    private readonly Channel<bool> raised = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Raise() => raised.Writer.TryWrite(true);

    /// <summary>Completes at the next signal; at once when there was one since the last.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken) => await raised.Reader.ReadAsync(cancellationToken);
}
