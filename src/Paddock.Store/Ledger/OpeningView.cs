namespace Paddock.Store.Ledger;

/// <summary>An opening record, taken apart.</summary>
internal readonly ref struct OpeningView
{
    public OpeningView(ReadOnlySpan<byte> record)
    {
        var reader = new FieldReader(record);
        Id = reader.IdBytes();
        Fields = reader.Group();
        Context = reader.Group();
        OpenedAt = new FieldReader(Fields).Int();
    }

    /// <summary>16 bytes, big-endian.</summary>
    public ReadOnlySpan<byte> Id { get; }

    /// <summary>The values of <see cref="CallFields.Opening"/>.</summary>
    public ReadOnlySpan<byte> Fields { get; }

    /// <summary>The values of <see cref="CallFields.Context"/>.</summary>
    public ReadOnlySpan<byte> Context { get; }

    /// <summary>Unix microseconds.</summary>
    public long OpenedAt { get; }
}
