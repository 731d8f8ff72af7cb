using Paddock.Core.Audit;
using Paddock.Store.Ledger;

namespace Paddock.Store.Audit;

/// <summary>A file that entries are written to. For one caller at a time.</summary>
internal sealed class SpoolFile(IJournalFile file, long number) : IDisposable
{
    private readonly List<AuditEntry> entries = [];

    public long Number => number;

    /// <summary>Of what was written; what may lie behind it is of an earlier file.</summary>
    public long Length { get; private set; }

    /// <summary>When the oldest of its entries was made; null when there is none.</summary>
    public DateTimeOffset? Oldest { get; private set; }

    /// <summary>What was written.</summary>
    public IReadOnlyList<AuditEntry> Entries => entries;

    /// <summary>Returns when the entries are on the disk.</summary>
    /// <exception cref="IOException">They are not.</exception>
    public void Append(IReadOnlyList<AuditEntry> more)
    {
        var records = EntryCodec.WriteAll(more, number);
        file.Write(records, Length);
        file.Sync();
        Length += records.Length;
        entries.AddRange(more);
        Oldest = OldestOf(more, Oldest);
    }

    /// <summary>What was refused is not to be found later.</summary>
    /// <returns>False when the file cannot even be cut; it must be written no more.</returns>
    public bool TryTakeBack()
    {
        try
        {
            file.Truncate(Length);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public static DateTimeOffset? OldestOf(IEnumerable<AuditEntry> entries, DateTimeOffset? before = null)
    {
        var oldest = before;
        foreach (var entry in entries)
        {
            oldest = entry.MadeAt < (oldest ?? DateTimeOffset.MaxValue) ? entry.MadeAt : oldest;
        }

        return oldest;
    }

    public void Dispose() => file.Dispose();
}
