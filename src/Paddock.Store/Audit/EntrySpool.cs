using Paddock.Core.Audit;
using Paddock.Store.Ledger;

namespace Paddock.Store.Audit;

/// <summary>
/// The device beside the database: entries in append-only files. What lies there goes to the database; each entry has its id, so that one
/// that had reached it already stays one.
/// </summary>
/// <param name="limit">Bytes; beyond it nothing more is taken.</param>
internal sealed class EntrySpool(IJournalFiles files, long limit) : IDisposable
{
    /// <summary>A file that has reached it is ended, so that none is read that is much larger.</summary>
    private const int LargestFile = 8 << 20;

    private readonly Lock gate = new();
    private readonly SortedDictionary<long, EndedFile> ended = [];
    private SpoolFile? current;
    private SpoolFile? spare;
    private long newest;

    /// <summary>Bytes that wait.</summary>
    public long Bytes { get; private set; }

    /// <summary>When the oldest entry was made that waits, or long ago when a file cannot be read; null when none waits.</summary>
    public DateTimeOffset? Oldest
    {
        get
        {
            lock (gate)
            {
                var oldest = current?.Oldest;
                foreach (var file in ended.Values)
                {
                    oldest = file.Oldest < (oldest ?? DateTimeOffset.MaxValue) ? file.Oldest : oldest;
                }

                return oldest;
            }
        }
    }

    /// <summary>Looks what an earlier process left.</summary>
    public void Open()
    {
        foreach (var number in files.Segments())
        {
            newest = number;
            var left = Left(number);
            if (left.Bytes == 0)
            {
                Discard(number);
                continue;
            }

            ended[number] = left;
            Bytes += left.Bytes;
        }
    }

    /// <summary>Returns when the entries are on the disk.</summary>
    /// <exception cref="IOException">They are not. On a disk that does not even let a file be cut, they may turn up later: as something that was meant, and not let go.</exception>
    public void Append(IReadOnlyList<AuditEntry> entries)
    {
        lock (gate)
        {
            if (Bytes >= limit)
            {
                throw new IOException($"The audit log's file holds {Bytes} bytes; {limit} is its limit.");
            }

            if (current?.Length >= LargestFile)
            {
                End(null);
            }

            var file = current ??= Begin();
            var before = file.Length;
            try
            {
                file.Append(entries);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                if (!file.TryTakeBack())
                {
                    End(null);
                }

                throw new IOException("The audit log's file cannot be written.", fault);
            }

            Bytes += file.Length - before;
        }
    }

    /// <summary>Ends the file that is written, and names all that are to be read, oldest first. What an earlier cut left is read from the disk: while nobody takes it, it may become much.</summary>
    public IReadOnlyList<long> Cut()
    {
        lock (gate)
        {
            foreach (var (number, file) in ended.Where(static one => one.Value.Entries is not null).ToList())
            {
                ended[number] = file with { Entries = null };
            }

            if (current is { Length: > 0 })
            {
                End(current.Entries);
            }

            return [.. ended.Keys];
        }
    }

    /// <param name="number">Of a file that was ended.</param>
    public IReadOnlyList<AuditEntry> Read(long number)
    {
        lock (gate)
        {
            if (ended[number].Entries is { } entries)
            {
                return entries;
            }
        }

        return ReadFile(number);
    }

    /// <summary>
    /// Forgets what is in the database. One file is kept to be written over: its blocks are taken, and a sync then has less to write of what
    /// the file system keeps about it.
    /// </summary>
    public void Free(long number)
    {
        if (!TryKeep(number))
        {
            files.Delete(number);
        }

        lock (gate)
        {
            ended.Remove(number, out var file);
            Bytes -= file.Bytes;
        }
    }

    public void Dispose()
    {
        current?.Dispose();
        spare?.Dispose();
    }

    private bool TryKeep(long number)
    {
        var next = 0L;
        lock (gate)
        {
            if (spare is not null)
            {
                return false;
            }

            next = ++newest;
        }

        try
        {
            files.Rename(number, next);
            files.SyncDirectory();
            var file = new SpoolFile(files.OpenWrite(next), next);
            lock (gate)
            {
                spare = file;
            }

            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Discard(next); // it may have its new name
            return false;
        }
    }

    /// <summary>A file of which nothing counts any more has no bytes; one that cannot be read may hold anything, and is tried again each round.</summary>
    private EndedFile Left(long number)
    {
        try
        {
            var entries = ReadFile(number);
            return new(EntryCodec.WriteAll(entries, number).Length, null, SpoolFile.OldestOf(entries));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new(1, null, DateTimeOffset.MinValue);
        }
    }

    private List<AuditEntry> ReadFile(long number)
    {
        using var file = files.OpenRead(number);
        var bytes = new byte[file.Length];
        return EntryCodec.ReadAll(bytes.AsMemory(0, file.Read(bytes, 0)), number);
    }

    private SpoolFile Begin()
    {
        if (spare is { } kept)
        {
            spare = null;
            return kept;
        }

        IJournalFile? file = null;
        try
        {
            file = files.Create(++newest);
            files.SyncDirectory();
            return new(file, newest);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            Discard(newest);
            throw new IOException("The audit log's file cannot be made.", fault);
        }
    }

    /// <summary>Removes what a failure left, as far as that is possible: the next start looks again.</summary>
    private void Discard(long number)
    {
        try
        {
            files.Delete(number);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Nothing of it counts: it has no entry that anybody was told of.
        }
    }

    /// <param name="entries">What it holds, when that need not be read again.</param>
    private void End(IReadOnlyList<AuditEntry>? entries)
    {
        if (current is { } file)
        {
            file.Dispose();
            ended[file.Number] = new(file.Length, entries, file.Oldest);
            current = null;
        }
    }

    private readonly record struct EndedFile(long Bytes, IReadOnlyList<AuditEntry>? Entries, DateTimeOffset? Oldest);
}
