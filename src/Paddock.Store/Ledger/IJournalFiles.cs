namespace Paddock.Store.Ledger;

/// <summary>The files of the journal: a seam, so that a full or failing disk can be had in a test.</summary>
internal interface IJournalFiles
{
    /// <summary>Numbers of the segments there are, ascending.</summary>
    IReadOnlyList<long> Segments();

    IJournalFile Create(long segment);

    IJournalFile OpenRead(long segment);

    /// <summary>For one that was made before and is written over.</summary>
    IJournalFile OpenWrite(long segment);

    /// <summary>Gives a segment that nobody has open another number; durable with the directory.</summary>
    void Rename(long segment, long next);

    void Delete(long segment);

    /// <summary>Makes the names of created segments durable.</summary>
    void SyncDirectory();
}

/// <summary>One segment's file. A write is with the operating system when it returns.</summary>
internal interface IJournalFile : IDisposable
{
    long Length { get; }

    void Write(ReadOnlySpan<byte> bytes, long offset);

    /// <summary>Bytes read; fewer than asked for only at the end.</summary>
    int Read(Span<byte> bytes, long offset);

    void Truncate(long length);

    /// <summary>Returns when what was written before is on the disk.</summary>
    void Sync();
}
