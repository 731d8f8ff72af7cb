using Paddock.Core.Audit;
using Paddock.Core.Identity;
using Paddock.Core.Ledger;
using Paddock.Core.Policies.Decisions;

namespace Paddock.Control.Audit;

/// <param name="Agrees">Whether no account differs from another.</param>
public sealed record ReconcileView(DateTimeOffset Since, DateTimeOffset Until, bool Agrees, IReadOnlyList<ReconciledView> Pairs);

/// <param name="Examples">Some that differ, with what each side says.</param>
public sealed record ReconciledView(string Name, long Compared, long Differing, IReadOnlyList<string> Examples);

/// <summary>Compares ledger and spend, decisions and intents, approvals and their uses.</summary>
public sealed class Reconcile(IReconciliation reconciliation, ILedger ledger, IDecisions decisions, TimeProvider time)
{
    private static readonly TimeSpan usual = TimeSpan.FromDays(1);

    /// <summary>What is younger may still be on its way.</summary>
    private static readonly TimeSpan margin = TimeSpan.FromMinutes(1);

    /// <param name="since">Null = a day ago.</param>
    /// <param name="until">Null, or later than a minute ago = a minute ago.</param>
    public async Task<Outcome<ReconcileView>> RunAsync(Actor actor, DateTimeOffset? since, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Viewer))
        {
            return new Outcome<ReconcileView>.Forbidden(ControlRoles.Viewer);
        }

        var latest = time.GetUtcNow() - margin;
        var to = until is { } asked && asked < latest ? asked : latest;
        var from = since ?? to - usual;
        if (from >= to)
        {
            return new Outcome<ReconcileView>.Invalid("since", "There is nothing between since and until; what is younger than a minute is not looked at.");
        }

        await ledger.FlushAsync(cancellationToken);
        await decisions.FlushAsync(cancellationToken);
        var pairs = await reconciliation.RunAsync(from, to, cancellationToken);
        return new Outcome<ReconcileView>.Done(new(
            from, to, pairs.All(static pair => pair.Differing == 0), [.. pairs.Select(static pair => new ReconciledView(pair.Name, pair.Compared, pair.Differing, pair.Examples))]));
    }
}
