namespace Paddock.Core.Budgets;

/// <summary>Spending and holds together: nano-USD, tokens, and how many holds there are.</summary>
internal readonly record struct SpendSum
{
    public long SpentNanoUsd { get; init; }

    public long SpentTokens { get; init; }

    public long HeldNanoUsd { get; init; }

    public long HeldTokens { get; init; }

    public int Holds { get; init; }

    public static SpendSum operator +(in SpendSum a, in SpendSum b) => new()
    {
        SpentNanoUsd = a.SpentNanoUsd + b.SpentNanoUsd,
        SpentTokens = a.SpentTokens + b.SpentTokens,
        HeldNanoUsd = a.HeldNanoUsd + b.HeldNanoUsd,
        HeldTokens = a.HeldTokens + b.HeldTokens,
        Holds = a.Holds + b.Holds,
    };
}

/// <summary>A quarter of an hour of one subject, in UTC.</summary>
internal sealed class SpendQuarter(DateTimeOffset start)
{
    public DateTimeOffset Start => start;

    public SpendSum Sum { get; set; }
}

/// <summary>The running sum of one window.</summary>
internal sealed class SpendView(BudgetWindow window, TimeZoneInfo zone)
{
    public BudgetWindow Window => window;

    public TimeZoneInfo Zone => zone;

    public WindowSpan Span { get; private set; }

    public SpendSum Sum { get; set; }

    public void Reset(WindowSpan span, Func<WindowSpan, SpendSum> sum) => (Span, Sum) = (span, sum(span));
}
