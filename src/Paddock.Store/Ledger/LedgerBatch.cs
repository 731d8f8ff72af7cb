namespace Paddock.Store.Ledger;

/// <summary>Where a call's records lie in the batch's bytes; a length of 0 = not in this batch.</summary>
internal struct BatchCall
{
    public Guid Id;
    public int Opening;
    public int OpeningLength;
    public int Closing;
    public int ClosingLength;

    public readonly bool Opens => OpeningLength > 0;

    public readonly bool Closes => ClosingLength > 0;
}

/// <summary>
/// A stretch of the journal that goes to the database in one transaction. Calls that open and close inside it are one row.
/// Reused by its only reader.
/// </summary>
internal sealed class LedgerBatch
{
    private readonly Dictionary<Guid, int> indexes = [];
    private BatchCall[] calls = new BatchCall[256];
    private byte[] bytes = [];
    private int count;

    /// <summary>Id of the journal it is from.</summary>
    public Guid Journal { get; private set; }

    public JournalPosition From { get; private set; }

    public JournalPosition To { get; set; }

    /// <summary>Whether the commit must be on the disk, because segments will be deleted after it.</summary>
    public bool Durable { get; set; }

    /// <summary>Set when the batch is nothing but the record of a process that began: all calls still open are lost.</summary>
    public DateTimeOffset? LostAt { get; set; }

    public ReadOnlySpan<BatchCall> Calls => calls.AsSpan(0, count);

    public bool IsEmpty => count == 0;

    public void Reset(Guid journal, JournalPosition from, byte[] buffer)
    {
        (Journal, From, To, Durable, LostAt, bytes, count) = (journal, from, from, false, null, buffer, 0);
        indexes.Clear();
    }

    public ReadOnlySpan<byte> Opening(in BatchCall call) => bytes.AsSpan(call.Opening, call.OpeningLength);

    public ReadOnlySpan<byte> Closing(in BatchCall call) => bytes.AsSpan(call.Closing, call.ClosingLength);

    /// <summary>A second opening or closing of the same call changes nothing: the first is what happened.</summary>
    public void AddOpening(int start, int length)
    {
        ref var call = ref Find(start);
        if (!call.Opens)
        {
            (call.Opening, call.OpeningLength) = (start, length);
        }
    }

    public void AddClosing(int start, int length)
    {
        ref var call = ref Find(start);
        if (!call.Closes)
        {
            (call.Closing, call.ClosingLength) = (start, length);
        }
    }

    private ref BatchCall Find(int start)
    {
        var id = new FieldReader(bytes.AsSpan(start, 16)).Id();
        if (indexes.TryGetValue(id, out var index))
        {
            return ref calls[index];
        }

        if (count == calls.Length)
        {
            Array.Resize(ref calls, count * 2);
        }

        indexes.Add(id, count);
        calls[count] = new() { Id = id };
        return ref calls[count++];
    }
}
