using Paddock.Core.Audit;
using Paddock.Store.Ledger;

namespace Paddock.Store.Audit;

/// <summary>
/// The second device: entries in append-only files, while the database cannot take them. What lies there goes to the database when that
/// is back; each entry has its id, so that one that had reached it after all stays one.
/// </summary>
/// <param name="limit">Bytes; beyond it nothing more is taken.</param>
internal sealed class EntrySpool(IJournalFiles files, long limit) : IDisposable
{
    private readonly Lock gate = new();
    private IJournalFile? current;
    private long number;
    private long length;

    /// <summary>Bytes that wait.</summary>
    public long Bytes { get; private set; }

    /// <summary>Looks what an earlier process left.</summary>
    public void Open()
    {
        lock (gate)
        {
            foreach (var segment in files.Segments())
            {
                using var file = files.OpenRead(segment);
                (number, Bytes) = (segment, Bytes + file.Length);
            }
        }
    }

    /// <summary>Returns when the entries are on the disk.</summary>
    /// <exception cref="IOException">They are not. On a disk that does not even let a file be cut, they may turn up later: as something that was meant, and not let go.</exception>
    public void Append(IReadOnlyList<AuditEntry> entries)
    {
        lock (gate)
        {
            var records = entries.Select(EntryCodec.Write).ToArray();
            var size = records.Sum(static record => (long)record.Length);
            if (Bytes + size > limit)
            {
                throw new IOException($"The audit log's second device holds {Bytes} bytes; {limit} is its limit.");
            }

            var file = current ??= Begin();
            try
            {
                Write(file, records);
                file.Sync();
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                TakeBack(file);
                throw new IOException("The audit log's second device cannot be written.", fault);
            }

            length += size;
            Bytes += size;
        }
    }

    /// <summary>Ends the file that is written, and names all there are, oldest first.</summary>
    public IReadOnlyList<long> Cut()
    {
        lock (gate)
        {
            current?.Dispose();
            current = null;
            return files.Segments();
        }
    }

    public List<AuditEntry> Read(long segment)
    {
        using var file = files.OpenRead(segment);
        var bytes = new byte[file.Length];
        return EntryCodec.ReadAll(bytes.AsSpan(0, file.Read(bytes, 0)));
    }

    /// <summary>Forgets a file whose entries are in the database.</summary>
    public void Delete(long segment)
    {
        lock (gate)
        {
            using (var file = files.OpenRead(segment))
            {
                Bytes -= file.Length;
            }

            files.Delete(segment);
        }
    }

    public void Dispose() => current?.Dispose();

    private IJournalFile Begin()
    {
        try
        {
            var file = files.Create(++number);
            files.SyncDirectory();
            length = 0;
            return file;
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException)
        {
            throw new IOException("The audit log's second device cannot be made.", fault);
        }
    }

    private void Write(IJournalFile file, byte[][] records)
    {
        var at = length;
        foreach (var record in records)
        {
            file.Write(record, at);
            at += record.Length;
        }
    }

    /// <summary>What was refused is not to be found later; a file that cannot even be cut is written no more.</summary>
    private void TakeBack(IJournalFile file)
    {
        try
        {
            file.Truncate(length);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            file.Dispose();
            current = null;
        }
    }
}
