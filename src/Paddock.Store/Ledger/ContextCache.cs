namespace Paddock.Store.Ledger;

/// <summary>The contexts of late, so that a context is hashed and written once and not once per call. Not for two threads.</summary>
internal sealed class ContextCache
{
    private const int Limit = 20_000;

    private readonly Dictionary<byte[], CallContext> byValues = new(new BytesComparer());
    private readonly Dictionary<byte[], CallContext>.AlternateLookup<ReadOnlySpan<byte>> lookup;
    private readonly Dictionary<Guid, CallContext> byId = [];
    private readonly List<CallContext> fresh = [];
    private long batch;

    public ContextCache() => lookup = byValues.GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <summary>Contexts of this batch that no committed batch has written.</summary>
    public IReadOnlyList<CallContext> Fresh => fresh;

    /// <summary>Begins a batch; a batch before it that was not committed is as if it had never been.</summary>
    public void Begin()
    {
        batch++;
        fresh.Clear();
        if (byId.Count > Limit || byValues.Count > Limit)
        {
            byId.Clear();
            byValues.Clear();
        }
    }

    /// <summary>The context with these values.</summary>
    /// <param name="isFresh">True the first time in a batch, when it must be written.</param>
    public CallContext Of(ReadOnlySpan<byte> values, out bool isFresh)
    {
        if (!lookup.TryGetValue(values, out var context))
        {
            context = CallContext.Parse(values);
            lookup[values] = context;
            byId[context.Id] = context;
        }

        isFresh = !context.Stored && context.Batch != batch;
        if (isFresh)
        {
            context.Batch = batch;
            fresh.Add(context);
        }

        return context;
    }

    /// <summary>The context with this id; null when it must be read from the database.</summary>
    public CallContext? Find(Guid id) => byId.GetValueOrDefault(id);

    public void Add(CallContext context) => byId[context.Id] = context;

    /// <summary>The batch is in the database.</summary>
    public void Commit()
    {
        foreach (var context in fresh)
        {
            context.Stored = true;
        }

        fresh.Clear();
    }
}
