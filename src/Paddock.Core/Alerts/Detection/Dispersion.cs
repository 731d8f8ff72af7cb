namespace Paddock.Core.Alerts.Detection;

/// <summary>
/// How much more events vary than independent ones would: variance to mean, 1 or more. Agents' tool calls come in bursts, one task many, and a
/// command that timed out is tried again; a tail that takes each for a chance of its own fires dozens of times a month for nothing. So a tail
/// is told of so many fewer, independent ones (quasi-likelihood: P. McCullagh and J. A. Nelder, Generalized Linear Models, 2nd ed., 1989, §4.5
/// and §6.2). Take it of single days and of those the median (<see cref="Medians"/>), so that a bad day does not hide the next one.
/// </summary>
public static class Dispersion
{
    /// <param name="alike">Groups of counts of equal windows at about the same time, as those of an hour; a group of one says nothing.</param>
    public static double OfCounts(IEnumerable<IReadOnlyCollection<long>> alike)
    {
        var (squares, expected) = (0.0, 0.0);
        foreach (var group in alike)
        {
            var mean = group.Count == 0 ? 0 : group.Average();
            squares += group.Sum(count => (count - mean) * (count - mean));
            expected += mean * (group.Count - 1);
        }

        return expected > 0 ? Math.Max(1, squares / expected) : 1;
    }

    /// <param name="windows">Of the same length, of a time in which the rate was about the same.</param>
    /// <param name="rate">Theirs, 0 to 1.</param>
    public static double OfRates(IEnumerable<Ratio> windows, double rate)
    {
        var (squares, expected) = (0.0, 0.0);
        foreach (var window in windows)
        {
            var above = window.Bad - (window.Total * rate);
            squares += above * above;
            expected += window.Total * rate * (1 - rate);
        }

        return expected > 0 ? Math.Max(1, squares / expected) : 1;
    }

    internal static void Check(double dispersion)
    {
        if (!double.IsFinite(dispersion) || dispersion < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(dispersion), dispersion, "Must be 1 or more, and finite.");
        }
    }
}
