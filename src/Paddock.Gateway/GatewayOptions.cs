namespace Paddock.Gateway;

/// <summary>Process settings of the data plane.</summary>
public sealed record GatewayOptions
{
    /// <summary>Largest request body, in bytes, compressed or not. Default 33,554,432, just above Anthropic's 32 MB.</summary>
    public long MaxBodyBytes { get; init; } = 33_554_432;

    /// <summary>Bytes of request and answer bodies held in memory at once, over all calls. Default 512 MiB.</summary>
    public long MaxBufferedBytes { get; init; } = 512L << 20;

    /// <summary>The same for the calls of one key. Default 128 MiB.</summary>
    public long MaxBufferedBytesPerKey { get; init; } = 128L << 20;

    /// <summary>Largest plain answer that is read whole before it is passed on; a larger one is passed on as it comes and metered by a floor. Default 16 MiB.</summary>
    public int MaxPlainAnswerBytes { get; init; } = 16 << 20;

    /// <summary>Largest SSE event; a longer one is passed on unread. Default 8 MiB.</summary>
    public int MaxEventBytes { get; init; } = 8 << 20;

    /// <summary>How long headers and lifecycle events wait for the first semantic delta. Default 10 s.</summary>
    public TimeSpan CommitAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a client hears that the connection lives while a tool call is held. Default 10 s: agents were seen to wait 100 s then.</summary>
    public TimeSpan PingEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a tool call in a stream waits for an approval before it is refused with the approval's id. Default 90 s.</summary>
    public TimeSpan HoldFor { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>The same for a plain answer, whose client hears nothing meanwhile. Default 20 s.</summary>
    public TimeSpan HoldPlainFor { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long an aborted call is read on when its provider says drain. Default 60 s.</summary>
    public TimeSpan DrainFor { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Calls drained at once; above it an abort cancels. Default 64.</summary>
    public int MaxDrains { get; init; } = 64;

    /// <summary>How long running calls may go on once the server was asked to stop; then they are ended. Default 30 s.</summary>
    public TimeSpan DrainStreamsFor { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often deadlines, expiry and revocation of running calls are looked at. Default 250 ms.</summary>
    public TimeSpan SweepEvery { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Bodies above this are read and scanned on the pool, so that a socket thread is never held. Default 128 KiB.</summary>
    public int InlineBodyBytes { get; init; } = 128 << 10;
}
