namespace Paddock.Store.Ledger;

/// <summary>A closing record, taken apart as far as needed.</summary>
internal readonly ref struct ClosingView
{
    private readonly ReadOnlySpan<byte> record;

    public ClosingView(ReadOnlySpan<byte> record)
    {
        this.record = record;
        var reader = new FieldReader(record);
        reader.IdBytes();
        Fields = reader.Group();
        Attempts = (int)reader.Int();
        var values = new FieldReader(Fields);
        for (var i = 0; i < 6; i++)
        {
            values.Skip(CallFields.Closing[i].Kind);
        }

        Tokens = values.Int() + values.Int() + values.Int() + values.Int() + values.Int();
        values.Int();
        values.Flag();
        NanoUsd = values.Int();
    }

    /// <summary>The values of <see cref="CallFields.Closing"/>.</summary>
    public ReadOnlySpan<byte> Fields { get; }

    public int Attempts { get; }

    /// <summary>Input, cached and output tokens; reasoning is in the output.</summary>
    public long Tokens { get; }

    public long NanoUsd { get; }

    /// <summary>A reader at the first attempt's group.</summary>
    public FieldReader AttemptGroups()
    {
        var reader = new FieldReader(record);
        reader.IdBytes();
        reader.Group();
        reader.Int();
        return reader;
    }
}
