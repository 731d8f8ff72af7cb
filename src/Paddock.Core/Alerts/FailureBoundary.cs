using System.Collections.Immutable;
using System.Globalization;

namespace Paddock.Core.Alerts;

/// <summary>One thing that went well or did not, and what it belongs to.</summary>
/// <param name="Parts">Names such as <c>model</c>, <c>team</c>, <c>key</c>, with their values.</param>
public readonly record struct BoundaryCase(bool Bad, ImmutableArray<KeyValuePair<string, string>> Parts);

/// <summary>The smallest part of everything that explains what went wrong.</summary>
/// <param name="BadShare">Of all that went wrong, what is in it.</param>
/// <param name="TotalShare">Of everything, what is in it.</param>
public sealed record FailureBoundary(string Part, string Value, double BadShare, double TotalShare)
{
    /// <summary>A part explains what went wrong when it holds most of it, and is itself no more than so much of everything; else all is affected alike.</summary>
    public const double LeastBad = 0.8, MostTotal = 0.6;

    /// <summary>Of fewer cases that went wrong nothing is said.</summary>
    public const int Least = 5;

    public string Says => string.Create(CultureInfo.InvariantCulture, $"{BadShare * 100:0} % of it is {Part} {Value}, which is {TotalShare * 100:0} % of all.");

    /// <returns>Null when no part stands out.</returns>
    public static FailureBoundary? Find(IReadOnlyCollection<BoundaryCase> cases)
    {
        var bad = cases.Count(static one => one.Bad);
        return bad < Least ? null : cases.SelectMany(static one => one.Parts.Select(part => (part, one.Bad))).GroupBy(static one => one.part)
            .Select(same => new FailureBoundary(same.Key.Key, same.Key.Value, (double)same.Count(static one => one.Bad) / bad, (double)same.Count() / cases.Count))
            .Where(static one => one.BadShare >= LeastBad && one.TotalShare <= MostTotal)
            .OrderBy(static one => one.TotalShare).ThenByDescending(static one => one.BadShare).ThenBy(static one => one.Part, StringComparer.Ordinal).ThenBy(static one => one.Value, StringComparer.Ordinal)
            .FirstOrDefault();
    }
}
