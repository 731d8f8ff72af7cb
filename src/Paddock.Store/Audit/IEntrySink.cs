using Paddock.Core.Audit;

namespace Paddock.Store.Audit;

/// <summary>Where entries go that belong to no other change.</summary>
internal interface IEntrySink
{
    /// <summary>
    /// Whether others see the database too. Then entries go there first: what lies in a file of this machine may come late, or never.
    /// A database of this machine's own is no safer than a file beside it.
    /// </summary>
    bool IsShared { get; }

    /// <summary>Returns when the entries are durable. Those that are there already are left alone.</summary>
    Task WriteAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken);
}
