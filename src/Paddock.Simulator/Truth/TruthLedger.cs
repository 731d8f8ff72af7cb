namespace Paddock.Simulator.Truth;

/// <summary>What really was used and sent, the measure of any gateway's accounting. Keeps the newest 10,000 calls.</summary>
public sealed class TruthLedger
{
    private const int Kept = 10_000;

    private readonly Lock gate = new();
    private readonly LinkedList<TruthEntry> entries = new();
    private long number;

    public IReadOnlyList<TruthEntry> Newest(int limit)
    {
        lock (gate)
        {
            return [.. entries.Take(limit)];
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            entries.Clear();
        }
    }

    internal TruthEntry Open(string wire, string model, SimulatedTurn turn, IReadOnlyDictionary<string, string>? headers, byte[]? body)
    {
        lock (gate)
        {
            var entry = new TruthEntry(++number, wire, model, turn.Stream, turn.Usage, headers, body);
            entries.AddFirst(entry);
            if (entries.Count > Kept)
            {
                entries.RemoveLast();
            }

            return entry;
        }
    }
}

/// <summary>One call as the provider saw it.</summary>
public sealed class TruthEntry(long number, string wire, string model, bool stream, SimulatedUsage usage, IReadOnlyDictionary<string, string>? headers, byte[]? body)
{
    public long Number { get; } = number;

    public string Wire { get; } = wire;

    public string Model { get; } = model;

    public bool Stream { get; } = stream;

    /// <summary>What the answer told (or would have, had it not been broken).</summary>
    public SimulatedUsage Usage { get; } = usage;

    /// <summary>running, complete, broken, error or client_aborted.</summary>
    public string Outcome { get; internal set; } = "running";

    /// <summary>Body bytes before compression.</summary>
    public long BytesSent { get; internal set; }

    public IReadOnlyDictionary<string, string>? RequestHeaders { get; } = headers;

    public byte[]? RequestBody { get; } = body;
}
