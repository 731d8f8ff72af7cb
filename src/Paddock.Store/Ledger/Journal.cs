namespace Paddock.Store.Ledger;

/// <summary>
/// The append-only files that hold each record from the moment it is given until the database has it. Appending is one write to
/// the operating system; nothing is read back into memory until the database takes it.
/// </summary>
internal sealed class Journal(IJournalFiles files, StoreOptions options) : IDisposable
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<long, long> segments = [];
    private readonly List<IJournalFile> ended = [];
    private IJournalFile? current;
    private long number;
    private long length;
    private long earlier;
    private bool unsynced;
    private bool unsyncedName;

    /// <summary>Stable id of this journal; the database keeps how far it has taken over each.</summary>
    public Guid Id { get; private set; }

    /// <summary>Behind the last whole record.</summary>
    public JournalPosition End
    {
        get
        {
            lock (gate)
            {
                return new(number, length);
            }
        }
    }

    /// <summary>Size of all segments.</summary>
    public long Bytes
    {
        get
        {
            lock (gate)
            {
                return earlier + length;
            }
        }
    }

    public bool IsFull => Bytes >= options.JournalLimitBytes;

    /// <summary>Takes over the segments of earlier processes and begins one for this process.</summary>
    /// <param name="newId">Used when there are no segments.</param>
    public void Begin(Guid newId, ReadOnlySpan<byte> started)
    {
        lock (gate)
        {
            Id = newId;
            foreach (var segment in files.Segments())
            {
                using var file = files.OpenRead(segment);
                Id = SegmentHeader.Read(file) ?? Id;
                segments[segment] = file.Length;
                earlier += file.Length;
                number = segment;
            }

            Rotate();
            AppendCore(started);
        }
    }

    /// <summary>Hands a record to the operating system.</summary>
    /// <param name="opening">Whether it begins something new: refused when the journal is full, where the end of a call is still taken.</param>
    /// <exception cref="IOException">It could not be written; the journal is as it was.</exception>
    public void Append(ReadOnlySpan<byte> record, bool opening)
    {
        lock (gate)
        {
            if (opening && earlier + length >= options.JournalLimitBytes)
            {
                throw new JournalFullException(options.JournalLimitBytes);
            }

            if (length + record.Length > options.JournalSegmentBytes && length > SegmentHeader.Bytes)
            {
                Rotate();
            }

            AppendCore(record);
        }
    }

    /// <summary>Makes everything appended before durable. For one thread.</summary>
    /// <exception cref="IOException">The disk failed; a new segment was begun, since what a failed sync left is unknown.</exception>
    public void Sync()
    {
        var (file, finished, name) = TakeUnsynced();
        try
        {
            if (name)
            {
                files.SyncDirectory();
            }

            foreach (var one in finished)
            {
                one.Sync();
                one.Dispose();
            }

            file?.Sync();
        }
        catch
        {
            lock (gate)
            {
                unsynced = true;
                Rotate();
            }

            throw;
        }
    }

    public IJournalFile OpenRead(long segment) => files.OpenRead(segment);

    /// <summary>The segment after this one; null when it is the last.</summary>
    public long? After(long segment)
    {
        lock (gate)
        {
            foreach (var one in segments.Keys)
            {
                if (one > segment)
                {
                    return one;
                }
            }

            return segment < number ? number : null;
        }
    }

    /// <summary>Deletes the segments before this one; the database has them.</summary>
    public void DeleteBefore(long segment)
    {
        foreach (var one in Before(segment))
        {
            files.Delete(one);
            lock (gate)
            {
                earlier -= segments[one];
                segments.Remove(one);
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            current?.Dispose();
            current = null;
            ended.ForEach(f => f.Dispose());
            ended.Clear();
        }
    }

    private long[] Before(long segment)
    {
        lock (gate)
        {
            return [.. segments.Keys.Where(s => s < segment)];
        }
    }

    private (IJournalFile? File, IJournalFile[] Finished, bool Name) TakeUnsynced()
    {
        lock (gate)
        {
            var taken = (unsynced ? current : null, ended.ToArray(), unsyncedName);
            ended.Clear();
            unsynced = false;
            unsyncedName = false;
            return taken;
        }
    }

    private void Rotate()
    {
        var next = number + 1;
        var file = files.Create(next);
        try
        {
            file.Write(SegmentHeader.Write(Id), 0);
        }
        catch
        {
            file.Dispose();
            files.Delete(next);
            throw;
        }

        if (current is not null)
        {
            ended.Add(current);
            segments[number] = length;
            earlier += length;
        }

        (current, number, length, unsyncedName) = (file, next, SegmentHeader.Bytes, true);
    }

    private void AppendCore(ReadOnlySpan<byte> record)
    {
        var file = current ?? throw new IOException("The journal is closed.");
        try
        {
            file.Write(record, length);
        }
        catch
        {
            // A part of it may be there; the next record goes in its place, and nothing of it may stay behind that one.
            file.Truncate(length);
            throw;
        }

        length += record.Length;
        unsynced = true;
    }
}
