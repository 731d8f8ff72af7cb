using System.Text;
using Paddock.Core.Audit;
using Paddock.Core.Audit.Tiles;
using Paddock.Core.Audit.Witnesses;
using Paddock.Core.Identity;

namespace Paddock.Control.Audit;

/// <summary>Lists entries of the audit log, a page at a time.</summary>
public sealed class ListEntries(IEntryReader entries)
{
    public async Task<Outcome<EntryList>> RunAsync(Actor actor, EntryQuery query, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Auditor))
        {
            return new Outcome<EntryList>.Forbidden(ControlRoles.Auditor);
        }

        if (query.Limit is < 1 or > 1000)
        {
            return new Outcome<EntryList>.Invalid("limit", "A page has 1 to 1000 entries.");
        }

        var found = await entries.ListAsync(query, cancellationToken);
        return new Outcome<EntryList>.Done(EntryList.Of(found));
    }
}

/// <summary>Shows one entry by its id, or all entries about something, newest first.</summary>
public sealed class ShowEntries(IEntryReader entries)
{
    /// <summary>More than this is asked for a page at a time.</summary>
    private const int Most = 1000;

    /// <param name="about">Id of an entry, or what entries are about: <c>dec_…</c>, <c>key_…</c>, …</param>
    public async Task<Outcome<EntryList>> RunAsync(Actor actor, string about, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Auditor))
        {
            return new Outcome<EntryList>.Forbidden(ControlRoles.Auditor);
        }

        var found = await entries.ListAsync(new() { Ref = about, Limit = Most }, cancellationToken);
        return found.Entries.IsEmpty
            ? new Outcome<EntryList>.NotFound("There is no entry with this id, and none about it.")
            : new Outcome<EntryList>.Done(EntryList.Of(found));
    }
}

/// <summary>Proves that an entry is in the log, as a text that is checked without Paddock (c2sp.org/tlog-proof).</summary>
public sealed class ProveEntry(ILogReader log)
{
    /// <returns>What writes the proof.</returns>
    public async Task<Outcome<Func<Stream, CancellationToken, Task>>> RunAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Auditor))
        {
            return new Outcome<Func<Stream, CancellationToken, Task>>.Forbidden(ControlRoles.Auditor);
        }

        return Guid.TryParseExact(id, "D", out var entry) && await log.ProveAsync(entry, cancellationToken) is { } proof
            ? new Outcome<Func<Stream, CancellationToken, Task>>.Done((target, stop) => target.WriteAsync(Encoding.UTF8.GetBytes(proof.ToString()), stop).AsTask())
            : new Outcome<Func<Stream, CancellationToken, Task>>.NotFound("There is no such entry, or it is not in the signed log yet: that takes up to two seconds.");
    }
}

/// <summary>Shows how the audit log stands.</summary>
public sealed class ShowLog(ILogStatus status, ILogReader log, IWitnessBoard witnesses)
{
    public async Task<Outcome<LogView>> RunAsync(Actor actor, CancellationToken cancellationToken) => actor.May(ControlRoles.Viewer)
        ? new Outcome<LogView>.Done(LogView.Of(status.Current, await log.NewestAsync(null, cancellationToken), await log.FiguresAsync(cancellationToken), witnesses.Witnesses))
        : new Outcome<LogView>.Forbidden(ControlRoles.Viewer);
}
