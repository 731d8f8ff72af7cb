using Paddock.Core.Audit;
using Paddock.Store.Ledger;

namespace Paddock.Store.Audit;

/// <summary>
/// A file whose blocks were taken while there was room, so that a full disk still takes what is written over them. Only written while
/// somebody has broken the glass.
/// </summary>
/// <param name="size">Bytes; what is beyond finds no room. 0 = there is none.</param>
internal sealed class EntryReserve(IJournalFiles files, long size) : IDisposable
{
    private const int Chunk = 1 << 20;

    /// <summary>It is cleared before it is written again.</summary>
    private const long OnlyFile = 1;

    /// <summary>There must be so many times as much room.</summary>
    private const int LeastRoom = 3;

    private readonly Lock gate = new();
    private IJournalFile? file;
    private long used;

    public bool HasEntries => used > 0;

    /// <summary>Takes the blocks, unless an earlier process did; what that one wrote is still there.</summary>
    /// <param name="room">On the disk, bytes. A reserve that would take much of it does more harm than good, and is not made.</param>
    /// <exception cref="IOException">The disk has no room for it.</exception>
    public void Open(long room)
    {
        lock (gate)
        {
            var there = files.Segments();
            if (size == 0 || (there.Count == 0 && room / LeastRoom < size))
            {
                return;
            }

            file = there is [.., var last] ? files.OpenWrite(last) : files.Create(1);
            used = file.Length;
            used = EntryCodec.WriteAll(Read(), OnlyFile).Length;
            if (file.Length < size)
            {
                Fill(file.Length);
            }
        }
    }

    /// <summary>Returns when the entries are on the disk.</summary>
    /// <exception cref="IOException">There is no room for them.</exception>
    public void Append(IReadOnlyList<AuditEntry> entries)
    {
        lock (gate)
        {
            var records = EntryCodec.WriteAll(entries, OnlyFile);
            if (file is null || used + records.Length > size)
            {
                throw new IOException("The audit log's reserve is full, or could not be made.");
            }

            file.Write(records, used);
            file.Sync();
            used += records.Length;
        }
    }

    public List<AuditEntry> Read()
    {
        lock (gate)
        {
            var bytes = new byte[used]; // what lies behind was refused
            return EntryCodec.ReadAll(bytes.AsMemory(0, file?.Read(bytes, 0) ?? 0), OnlyFile);
        }
    }

    /// <summary>Forgets entries that are in the database; the blocks stay. Does nothing when more came since they were read: all come again.</summary>
    /// <param name="read">What was read.</param>
    public void Clear(IReadOnlyList<AuditEntry> read)
    {
        lock (gate)
        {
            if (used == 0 || EntryCodec.WriteAll(read, OnlyFile).Length != used)
            {
                return;
            }

            for (long at = 0; at < used; at += Chunk)
            {
                file!.Write(new byte[Math.Min(Chunk, used - at)], at); // used, so it is open
            }

            file?.Sync();
            used = 0;
        }
    }

    public void Dispose() => file?.Dispose();

    private void Fill(long from)
    {
        for (var at = from; at < size; at += Chunk)
        {
            file!.Write(new byte[Math.Min(Chunk, size - at)], at); // opened before
        }

        file!.Sync();
        files.SyncDirectory();
    }
}
