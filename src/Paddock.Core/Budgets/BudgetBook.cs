using System.Collections.Immutable;
using Paddock.Core.Ledger;
using Paddock.Core.Snapshot;

namespace Paddock.Core.Budgets;

/// <summary>
/// The spend budgets of one process, in memory. A call is admitted when spent + held + its own hold fits the limit of every account it
/// counts in; and besides, when an account has nothing held and is not yet full, so that a cautious hold never stops a lone agent that
/// still has budget. Hence an account is overrun by at most one call's hold, and by what running calls cost beyond their holds.
/// A hold is settled into the window it was made in, also after that window ended.
/// </summary>
public sealed class BudgetBook : IBudgets
{
    /// <summary>More than the accounts one call can add (its key, user, teams and task), so that forgetting keeps up with adding.</summary>
    private const int PrunedPerHold = 8;

    private readonly Lock gate = new();
    private readonly Dictionary<(BudgetScope Scope, string Subject), SpendMeter> meters = [];
    private readonly Queue<SpendMeter> turn = new();

    public HoldOutcome TryHold(GovernanceSnapshot snapshot, BudgetSubject subject, in HoldAmount amount, DateTimeOffset now)
    {
        var hold = new HoldAmount(Math.Max(0, amount.NanoUsd), Math.Max(0, amount.Tokens));
        lock (gate)
        {
            Prune(now);
            var counted = new List<SpendMeter>(4);
            HoldOutcome.Refused? refused = null;
            foreach (var budget in snapshot.Budgets)
            {
                var counts = snapshot.Profiles.Counts(budget.Name, subject.Profile); // all spending is kept, so that whoever comes under a profile later has theirs
                foreach (var account in BudgetSubjects.Accounts(budget, subject))
                {
                    var meter = Meter(budget.Scope, account.Id, account.Name);
                    var view = meter.View(budget.Window, budget.TimeZone, now);
                    if (counts && !Admits(budget, view.Sum, hold))
                    {
                        refused = Later(refused, Refusal(budget, account, view));
                    }

                    if (!counted.Contains(meter))
                    {
                        counted.Add(meter);
                    }
                }
            }

            return refused is null ? Hold(counted, hold, now) : refused;
        }
    }

    /// <summary>Tells the book what was spent before it existed, or under budgets it did not have. May be called again at any time; counts nothing twice.</summary>
    /// <param name="snapshot">Only kinds of subjects that its budgets have are remembered.</param>
    /// <param name="buckets">All spend since <see cref="SeedFrom"/>.</param>
    public void Seed(GovernanceSnapshot snapshot, IEnumerable<SpendBucket> buckets, DateTimeOffset now)
    {
        var scopes = snapshot.Budgets.Select(budget => budget.Scope).ToHashSet();
        lock (gate)
        {
            var older = new Dictionary<SpendMeter, (long NanoUsd, long Tokens)>();
            foreach (var bucket in buckets)
            {
                if (!BudgetSubjects.TryScope(bucket.Kind, out var scope) || !scopes.Contains(scope))
                {
                    continue;
                }

                var meter = Meter(scope, bucket.Subject, bucket.Subject);
                if (bucket.Start >= now - SpendMeter.Horizon)
                {
                    meter.RaiseTo(bucket.Start, bucket.NanoUsd, bucket.Tokens);
                }
                else
                {
                    var sum = older.GetValueOrDefault(meter);
                    older[meter] = (sum.NanoUsd + bucket.NanoUsd, sum.Tokens + bucket.Tokens);
                }
            }

            foreach (var (meter, sum) in older)
            {
                meter.RaiseOlderTo(sum.NanoUsd, sum.Tokens);
            }
        }
    }

    /// <summary>From when <see cref="Seed"/> must know spending: the earliest start of a window that runs now, <see cref="DateTimeOffset.MinValue"/> when there is a total; null when there are no budgets.</summary>
    public static DateTimeOffset? SeedFrom(GovernanceSnapshot snapshot, DateTimeOffset now) =>
        snapshot.Budgets.IsEmpty ? null : snapshot.Budgets.Min(budget => BudgetWindows.Of(budget.Window, budget.TimeZone, now).Start);

    /// <summary>The accounts that have spent or hold something, fullest first.</summary>
    public ImmutableArray<BudgetAccount> Report(GovernanceSnapshot snapshot, DateTimeOffset now)
    {
        SpendMeter[] all;
        lock (gate)
        {
            all = [.. meters.Values];
        }

        var accounts = new List<BudgetAccount>();
        foreach (var meter in all)
        {
            lock (gate) // one at a time: a report must not make calls wait
            {
                accounts.AddRange(snapshot.Budgets.Where(budget => budget.Scope == meter.Scope && BudgetSubjects.Names(budget, meter.Subject, meter.Shown)).Select(budget => Account(budget, meter, now)));
            }
        }

        return [.. accounts.Where(account => account.SpentTokens + account.HeldTokens + account.SpentNanoUsd + account.HeldNanoUsd > 0).OrderByDescending(account => account.Share).ThenBy(account => account.Budget, StringComparer.Ordinal).ThenBy(account => account.Subject, StringComparer.Ordinal)];
    }

    /// <summary>All accounts that a subject counts in, untouched ones too, in the order of the budgets.</summary>
    public ImmutableArray<BudgetAccount> AccountsOf(GovernanceSnapshot snapshot, BudgetSubject subject, DateTimeOffset now)
    {
        lock (gate)
        {
            return
            [
                .. from budget in snapshot.Budgets
                   where snapshot.Profiles.Counts(budget.Name, subject.Profile)
                   from account in BudgetSubjects.Accounts(budget, subject)
                   select Account(budget, meters.GetValueOrDefault((budget.Scope, account.Id)) ?? new(budget.Scope, account.Id, account.Name), now),
            ];
        }
    }

    private static BudgetAccount Account(Budget budget, SpendMeter meter, DateTimeOffset now)
    {
        var span = BudgetWindows.Of(budget.Window, budget.TimeZone, now);
        var sum = meter.Sum(span);
        return new(budget.Name, budget.Scope, meter.Subject, meter.Shown, budget.Window, span.ResetAt, sum.SpentNanoUsd, sum.HeldNanoUsd, budget.LimitNanoUsd, sum.SpentTokens, sum.HeldTokens, budget.LimitTokens);
    }

    private static bool Admits(Budget budget, in SpendSum sum, in HoldAmount hold) =>
        Fits(budget.LimitNanoUsd, sum.SpentNanoUsd, sum.HeldNanoUsd, hold.NanoUsd, sum.Holds) && Fits(budget.LimitTokens, sum.SpentTokens, sum.HeldTokens, hold.Tokens, sum.Holds);

    private static bool Fits(long? limit, long spent, long held, long asked, int holds) =>
        limit is not { } most || (spent < most && (holds == 0 || asked <= most - spent - held));

    private static HoldOutcome.Refused Refusal(Budget budget, in BudgetSubjects.Account account, SpendView view) =>
        new(budget.Name, account.Shown, budget.Window, view.Span.ResetAt, view.Sum.SpentNanoUsd + view.Sum.HeldNanoUsd, budget.LimitNanoUsd, view.Sum.SpentTokens + view.Sum.HeldTokens, budget.LimitTokens);

    /// <summary>Of two full budgets the one that stays full longer is told: waiting for the other would only end in the next refusal.</summary>
    private static HoldOutcome.Refused Later(HoldOutcome.Refused? a, HoldOutcome.Refused b) =>
        a is null || (a.ResetAt ?? DateTimeOffset.MaxValue) < (b.ResetAt ?? DateTimeOffset.MaxValue) ? b : a;

    private HoldOutcome.Held Hold(List<SpendMeter> counted, HoldAmount amount, DateTimeOffset now)
    {
        var held = new SpendSum { HeldNanoUsd = amount.NanoUsd, HeldTokens = amount.Tokens, Holds = 1 };
        var parts = new (SpendMeter Meter, SpendQuarter Quarter)[counted.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = (counted[i], counted[i].Quarter(now));
            parts[i].Meter.Add(parts[i].Quarter, held);
        }

        return new(new HeldAmount(this, parts, amount));
    }

    private SpendMeter Meter(BudgetScope scope, string subject, string shown)
    {
        if (!meters.TryGetValue((scope, subject), out var meter))
        {
            meters.Add((scope, subject), meter = new(scope, subject, shown));
            turn.Enqueue(meter);
        }
        else if (shown != subject)
        {
            meter.Shown = shown; // names change, ids do not
        }

        return meter;
    }

    /// <summary>Looks at a few meters in turn, so that memory stays bounded and no call ever waits for all of them.</summary>
    private void Prune(DateTimeOffset now)
    {
        for (var i = Math.Min(PrunedPerHold, turn.Count); i > 0; i--)
        {
            var meter = turn.Dequeue();
            if (meter.Prune(now))
            {
                meters.Remove((meter.Scope, meter.Subject));
            }
            else
            {
                turn.Enqueue(meter);
            }
        }
    }

    private sealed class HeldAmount(BudgetBook book, (SpendMeter Meter, SpendQuarter Quarter)[] parts, HoldAmount amount) : IBudgetHold
    {
        private bool settled;

        public void Settle(long nanoUsd, long tokens)
        {
            lock (book.gate)
            {
                if (settled)
                {
                    return;
                }

                settled = true;
                var change = new SpendSum { SpentNanoUsd = Math.Max(0, nanoUsd), SpentTokens = Math.Max(0, tokens), HeldNanoUsd = -amount.NanoUsd, HeldTokens = -amount.Tokens, Holds = -1 };
                foreach (var (meter, quarter) in parts)
                {
                    meter.Add(quarter, change);
                }
            }
        }
    }
}
