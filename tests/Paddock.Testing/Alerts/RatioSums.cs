using Paddock.Core.Alerts.Detection;

namespace Paddock.Testing.Alerts;

/// <summary>Sums over windows of a series.</summary>
public sealed class RatioSums
{
    private readonly Ratio[] before;

    public RatioSums(IReadOnlyList<Ratio> series)
    {
        before = new Ratio[series.Count + 1];
        for (var i = 0; i < series.Count; i++)
        {
            before[i + 1] = new(before[i].Bad + series[i].Bad, before[i].Total + series[i].Total);
        }
    }

    /// <summary>Of so many samples up to <paramref name="last"/>, and with it; fewer where the series begins.</summary>
    public Ratio Of(int last, int samples)
    {
        var (to, from) = (before[Math.Max(0, last + 1)], before[Math.Max(0, last + 1 - samples)]);
        return new(to.Bad - from.Bad, to.Total - from.Total);
    }
}
