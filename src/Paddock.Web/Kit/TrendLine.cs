using System.Globalization;

namespace Paddock.Web.Kit;

/// <summary>Where the parts of a trend's picture lie. A point of few cases is no point of the line.</summary>
/// <param name="points">Oldest first.</param>
/// <param name="least">Cases below which a point says nothing.</param>
/// <param name="most">The value at the upper edge; null = the largest.</param>
/// <param name="unit">What a point is of: day or hour.</param>
internal sealed class TrendLine(IReadOnlyList<(DateTimeOffset At, double? Value, long N)> points, int least, double? most, Func<double, string> format, string unit)
{
    public const int Width = 240, Height = 56;

    private const double Edge = 4;

    /// <summary>Bars fill as much of the height at most, so that the line stays in sight.</summary>
    private const double BarShare = 0.6;

    private readonly List<(int At, double Value)> told = [.. points.Select(static (point, at) => (at, point.Value, point.N)).Where(point => point.Value is not null && point.N >= least).Select(static point => (point.at, point.Value!.Value))]; // those without were passed over

    private double Step => (double)Width / Math.Max(1, points.Count);

    /// <summary>The same in words.</summary>
    public string Described => told switch
    {
        [] => $"No {unit} has enough cases to tell.",
        [var only] => $"{format(only.Value)} in the one {unit} with enough cases.",
        _ => $"From {format(told[0].Value)} to {format(told[^1].Value)}; least {format(told.Min(static point => point.Value))}, most {format(told.Max(static point => point.Value))}.",
    };

    /// <summary>How many cases each point is made of.</summary>
    public IEnumerable<(string X, string Y, string Width, string Height)> Bars()
    {
        var largest = Math.Max(1, points.Select(static point => point.N).DefaultIfEmpty().Max());
        for (var at = 0; at < points.Count; at++)
        {
            var height = (Height - Edge) * BarShare * points[at].N / largest;
            if (height > 0)
            {
                yield return (Text(X(at) - (Step * 0.4)), Text(Height - height), Text(Step * 0.8), Text(height));
            }
        }
    }

    /// <summary>One for each row of points that follow each other.</summary>
    public IEnumerable<string> Paths()
    {
        var begin = 0;
        for (var i = 1; i <= told.Count; i++)
        {
            if (i == told.Count || told[i].At != told[i - 1].At + 1)
            {
                yield return i - begin == 1 ? $"M{Place(told[begin])}h.01" : "M" + string.Join('L', told.Skip(begin).Take(i - begin).Select(Place));
                begin = i;
            }
        }
    }

    private double Upper => most ?? Math.Max(double.Epsilon, told.Select(static point => point.Value).DefaultIfEmpty().Max());

    private double X(int at) => (at + 0.5) * Step;

    private string Place((int At, double Value) point) => $"{Text(X(point.At))} {Text(Edge + ((Height - (2 * Edge)) * (1 - Math.Clamp(point.Value / Upper, 0, 1))))}";

    private static string Text(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
