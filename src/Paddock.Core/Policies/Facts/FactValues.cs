namespace Paddock.Core.Policies.Facts;

/// <summary>What is known of one call. Filled before the call is judged, then only read.</summary>
public sealed class FactValues
{
    private readonly object?[] values = new object?[FactTable.Closed.Length];
    private readonly double[] numbers = new double[FactTable.Closed.Length];

    /// <summary>The facts that have a value.</summary>
    public FactMask Known { get; private set; }

    /// <summary>Facts that have a value which cannot be told now: a condition on one cannot be evaluated.</summary>
    public FactMask Untold { get; set; }

    public bool Has(Fact fact) => Known.Has(fact);

    public string Text(Fact fact) => (string?)values[(int)fact] ?? "";

    public double Number(Fact fact) => numbers[(int)fact];

    public bool Flag(Fact fact) => numbers[(int)fact] != 0;

    public IReadOnlyList<string> Texts(Fact fact) => (IReadOnlyList<string>?)values[(int)fact] ?? [];

    public IReadOnlyList<IReadOnlyList<string>> TextLists(Fact fact) => (IReadOnlyList<IReadOnlyList<string>>?)values[(int)fact] ?? [];

    /// <param name="value">Null leaves the fact without a value.</param>
    public void Set(Fact fact, string? value) => Put(fact, FactType.Text, value);

    public void Set(Fact fact, IReadOnlyList<string>? value) => Put(fact, FactType.Texts, value);

    public void Set(Fact fact, IReadOnlyList<IReadOnlyList<string>>? value) => Put(fact, FactType.TextLists, value);

    public void Set(Fact fact, double value) => Put(fact, FactType.Number, value);

    public void Set(Fact fact, bool value) => Put(fact, FactType.Flag, value ? 1 : 0);

    private void Put(Fact fact, FactType type, object? value)
    {
        Check(fact, type);
        values[(int)fact] = value;
        Known = value is null ? new(Known.Bits & ~FactMask.Of(fact).Bits) : Known | FactMask.Of(fact);
    }

    private void Put(Fact fact, FactType type, double value)
    {
        Check(fact, type);
        numbers[(int)fact] = value;
        Known |= FactMask.Of(fact);
    }

    private static void Check(Fact fact, FactType type)
    {
        if (FactTable.Of(fact).Type != type)
        {
            throw new ArgumentException($"{FactTable.Of(fact).Name} holds a {FactTable.Of(fact).Type}.", nameof(fact));
        }
    }
}
