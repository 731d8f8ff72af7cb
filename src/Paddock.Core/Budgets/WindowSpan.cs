namespace Paddock.Core.Budgets;

/// <summary>One window of a budget.</summary>
/// <param name="Start">First moment of it; <see cref="DateTimeOffset.MinValue"/> for a total.</param>
/// <param name="End">First moment after it; <see cref="DateTimeOffset.MaxValue"/> for a total.</param>
public readonly record struct WindowSpan(DateTimeOffset Start, DateTimeOffset End)
{
    public bool Contains(DateTimeOffset at) => at >= Start && at < End;

    /// <summary>When spending starts from nothing again; null for a total.</summary>
    public DateTimeOffset? ResetAt => End == DateTimeOffset.MaxValue ? null : End;
}
