using Paddock.Core.Audit;
using Paddock.Store.Dialects;

namespace Paddock.Store.Audit;

/// <summary>Makes entries of events: gives each its id and time, and seals what is sensitive.</summary>
internal sealed class EntryBook(ISealingKeys keys, TimeProvider time)
{
    public AuditEntry Enter(AuditEvent what)
    {
        var now = time.GetUtcNow();
        return AuditEntry.Of(what, EntryIds.Next(now), now, keys.At(now));
    }

    /// <summary>Puts an entry into the transaction of the change that it tells of: both are there, or neither.</summary>
    public Task AddAsync(Session session, AuditEvent what) => EntrySql.AddAsync(session, Enter(what));
}
