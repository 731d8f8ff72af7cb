namespace Paddock.Store.Ledger;

/// <summary>A closing record, taken apart as far as needed.</summary>
internal readonly ref struct ClosingView
{
    private readonly FieldReader attempts;

    public ClosingView(ReadOnlySpan<byte> record)
    {
        var reader = new FieldReader(record);
        Id = reader.IdBytes();
        Fields = reader.Group();
        Attempts = (int)reader.Int();
        attempts = reader;
        var values = new FieldReader(Fields);
        for (var i = 0; i < 6; i++)
        {
            values.Skip(CallFields.Closing[i].Kind);
        }

        Tokens = values.Int() + values.Int() + values.Int() + values.Int() + values.Int();
        values.Skip(FieldKind.Int);
        values.Skip(FieldKind.Flag);
        NanoUsd = values.Int();
    }

    /// <summary>16 bytes, big-endian.</summary>
    public ReadOnlySpan<byte> Id { get; }

    /// <summary>The values of <see cref="CallFields.Closing"/>.</summary>
    public ReadOnlySpan<byte> Fields { get; }

    public int Attempts { get; }

    /// <summary>Input, cached and output tokens; reasoning is in the output.</summary>
    public long Tokens { get; }

    public long NanoUsd { get; }

    /// <summary>A reader whose groups are the attempts.</summary>
    public FieldReader AttemptGroups() => attempts;
}
