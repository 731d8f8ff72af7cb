namespace Paddock.Core.Budgets;

/// <summary>
/// What one subject spent and holds, per quarter of an hour, and running sums over the windows its budgets look at. Budgets are views
/// on the same spending: a changed limit, or a new window, sees what was spent before. Not thread-safe; <see cref="BudgetBook"/> locks.
/// </summary>
internal sealed class SpendMeter(BudgetScope scope, string subject, string shown)
{
    /// <summary>The longest window (a month of 31 days) and a day for time zones.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromDays(32);

    private static readonly TimeSpan quarterLength = TimeSpan.FromMinutes(15);

    private readonly List<SpendQuarter> quarters = [];
    private readonly List<SpendView> views = [];
    private long olderNanoUsd, olderTokens;

    public BudgetScope Scope => scope;

    public string Subject => subject;

    /// <summary>The subject's name for people; its id until it was seen in a call.</summary>
    public string Shown { get; set; } = shown;

    public static DateTimeOffset QuarterOf(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % quarterLength.Ticks), TimeSpan.Zero);

    /// <summary>The running sums of one window around a moment.</summary>
    public SpendView View(BudgetWindow window, TimeZoneInfo zone, DateTimeOffset at)
    {
        var view = views.Find(view => view.Window == window && view.Zone.Id == zone.Id);
        if (view is null)
        {
            views.Add(view = new(window, zone));
        }

        if (!view.Span.Contains(at))
        {
            view.Reset(BudgetWindows.Of(window, zone, at), Sum);
        }

        return view;
    }

    /// <summary>What lies in a span of time.</summary>
    public SpendSum Sum(WindowSpan span)
    {
        var sum = span.ResetAt is null ? new SpendSum { SpentNanoUsd = olderNanoUsd, SpentTokens = olderTokens } : default;
        for (var i = quarters.Count - 1; i >= 0 && quarters[i].Start >= span.Start; i--)
        {
            if (quarters[i].Start < span.End)
            {
                sum += quarters[i].Sum;
            }
        }

        return sum;
    }

    /// <summary>Adds to a quarter and to every sum it lies in.</summary>
    public void Add(SpendQuarter quarter, in SpendSum change)
    {
        quarter.Sum += change;
        foreach (var view in views)
        {
            if (view.Span.Contains(quarter.Start))
            {
                view.Sum += change;
            }
        }
    }

    /// <summary>The quarter a moment lies in, made when there is none.</summary>
    public SpendQuarter Quarter(DateTimeOffset at)
    {
        var start = QuarterOf(at);
        var i = quarters.Count;
        while (i > 0 && quarters[i - 1].Start > start)
        {
            i--;
        }

        if (i > 0 && quarters[i - 1].Start == start)
        {
            return quarters[i - 1];
        }

        var quarter = new SpendQuarter(start);
        quarters.Insert(i, quarter);
        return quarter;
    }

    /// <summary>Raises what was spent to at least this. Memory is exact and the ledger may lag behind it, so the greater of the two is right.</summary>
    public void RaiseTo(DateTimeOffset start, long nanoUsd, long tokens)
    {
        var quarter = Quarter(start);
        quarter.Sum = quarter.Sum with { SpentNanoUsd = Math.Max(quarter.Sum.SpentNanoUsd, nanoUsd), SpentTokens = Math.Max(quarter.Sum.SpentTokens, tokens) };
        views.Clear(); // made again, with the new sums, when next asked for
    }

    public void RaiseOlderTo(long nanoUsd, long tokens)
    {
        (olderNanoUsd, olderTokens) = (Math.Max(olderNanoUsd, nanoUsd), Math.Max(olderTokens, tokens));
        views.Clear();
    }

    /// <summary>Forgets what no window can see any more.</summary>
    /// <returns>Whether the meter itself can be forgotten.</returns>
    public bool Prune(DateTimeOffset now)
    {
        views.RemoveAll(view => view.Span.End <= now);
        var keepFrom = KeepFrom(now);
        while (quarters.Count > 0 && quarters[0].Start + quarterLength <= keepFrom && quarters[0].Sum.Holds == 0)
        {
            (olderNanoUsd, olderTokens) = (olderNanoUsd + quarters[0].Sum.SpentNanoUsd, olderTokens + quarters[0].Sum.SpentTokens);
            quarters.RemoveAt(0);
        }

        return quarters.Count == 0 && (scope is BudgetScope.Task || (olderNanoUsd == 0 && olderTokens == 0));
    }

    private DateTimeOffset KeepFrom(DateTimeOffset now)
    {
        var far = now - Horizon;
        if (scope is not BudgetScope.Task)
        {
            return far;
        }

        // Tasks are many and short: theirs is kept only while a window of theirs runs.
        var first = views.Count == 0 ? now : views.Min(view => view.Span.Start);
        return first < far ? far : first;
    }
}
