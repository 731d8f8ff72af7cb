namespace Paddock.Core.Releases;

/// <summary>Collects the faults of one release, so that its author sees all of them at once.</summary>
internal sealed class FaultList
{
    /// <summary>A file that is no document at all could give a fault per line; nobody reads more than this.</summary>
    private const int Most = 500;

    private readonly List<ReleaseFault> faults = [];

    public bool IsEmpty => faults.Count == 0;

    /// <summary>How many were told, kept or not.</summary>
    public int Count { get; private set; }

    public void Add(string file, int line, string key, string message, string? suggestion = null)
    {
        Count++;
        if (faults.Count < Most)
        {
            faults.Add(new(file, line, key, message, suggestion));
        }
    }

    /// <summary>In the order of files and lines.</summary>
    public IEnumerable<ReleaseFault> Sorted() =>
        faults.OrderBy(fault => fault.File, StringComparer.Ordinal).ThenBy(fault => fault.Line).ThenBy(fault => fault.Key, StringComparer.Ordinal);
}
