using Paddock.Core.Audit.Payloads;
using Paddock.Core.Identity;
using Paddock.Core.Snapshot;

namespace Paddock.Control.Audit.Payloads;

/// <param name="Classes">By name: those that the release in force names, and those of which something is kept.</param>
public sealed record RetentionView(IReadOnlyList<ClassRetention> Classes);

/// <summary>How a class stands to its retention.</summary>
/// <param name="KeepDays">Null = until somebody erases it.</param>
/// <param name="Kept">How many contents there are.</param>
/// <param name="Due">How many would be erased now.</param>
/// <param name="Held">How many would be, and are not because of a legal hold.</param>
public sealed record ClassRetention(string Class, int? KeepDays, long Kept, long Due, long Held);

/// <summary>Shows what the retention of the release in force would erase now. Erases nothing.</summary>
public sealed class ShowRetention(IPayloads payloads, ISnapshots snapshots, TimeProvider time)
{
    public async Task<Outcome<RetentionView>> RunAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Retention))
        {
            return new Outcome<RetentionView>.Forbidden(ControlRoles.Retention);
        }

        var (rules, now) = (snapshots.Current.Retention, time.GetUtcNow());
        var classes = new List<ClassRetention>();
        foreach (var cls in (await payloads.ListClassesAsync(cancellationToken)).Union(rules.Classes.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var all = await payloads.CountAsync(new() { Class = cls }, cancellationToken);
            var due = rules.Due(cls, now) is { } which ? await payloads.CountAsync(which, cancellationToken) : new(0, 0);
            classes.Add(new(cls, (int?)rules.Of(cls)?.TotalDays, all.Free + all.Held, due.Free, due.Held));
        }

        return new Outcome<RetentionView>.Done(new(classes));
    }
}
