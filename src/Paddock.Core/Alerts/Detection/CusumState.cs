namespace Paddock.Core.Alerts.Detection;

/// <summary>All that a <see cref="SeasonalCusum"/> remembers; it can be kept and resumed from. The default is the beginning.</summary>
/// <param name="Sum">S, in sigmas.</param>
/// <param name="Fires">S is above the limit.</param>
/// <param name="Samples">Samples since S last was nothing: how long it has been more than is usual.</param>
/// <param name="Seen">Sum of their values.</param>
/// <param name="Expected">Sum of what was expected of them.</param>
/// <param name="Variance">Sum of the squares of their sigmas.</param>
public sealed record CusumState(double Sum = 0, bool Fires = false, int Samples = 0, double Seen = 0, double Expected = 0, double Variance = 0)
{
    public static CusumState Start { get; } = new();

    /// <summary>Standard deviation of <see cref="Expected"/>.</summary>
    public double Sigma => Math.Sqrt(Variance);
}
