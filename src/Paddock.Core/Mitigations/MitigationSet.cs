using System.Collections.Immutable;

namespace Paddock.Core.Mitigations;

/// <summary>The mitigations that stand at one moment, immutable.</summary>
/// <param name="Version">Grows with each change in the store.</param>
/// <param name="All">In the order they were made; what a later one says of the same thing counts.</param>
public sealed record MitigationSet(long Version, ImmutableArray<Mitigation> All)
{
    public static readonly MitigationSet Empty = new(0, []);

    /// <summary>Those whose time has not run out.</summary>
    public MitigationSet At(DateTimeOffset now) => All.All(one => one.IsInForce(now)) ? this : this with { All = [.. All.Where(one => one.IsInForce(now))] };

    public bool Equals(MitigationSet? other) => other is not null && Version == other.Version && All.SequenceEqual(other.All);

    public override int GetHashCode() => HashCode.Combine(Version, All.Length);

    public IEnumerable<(Mitigation Mitigation, T Measure)> Of<T>()
        where T : Measure
    {
        foreach (var one in All)
        {
            if (one.Measure is T measure)
            {
                yield return (one, measure);
            }
        }
    }
}
