using Paddock.Core.Audit;

namespace Paddock.Store.Audit;

/// <summary>Where entries go that belong to no other change.</summary>
internal interface IEntrySink
{
    /// <summary>Returns when the entries are durable. Those that are there already are left alone.</summary>
    Task WriteAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken);
}
