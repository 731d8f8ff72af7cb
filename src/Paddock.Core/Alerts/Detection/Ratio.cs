namespace Paddock.Core.Alerts.Detection;

/// <summary>Bad events among all of the same window.</summary>
/// <param name="Bad">0 to <paramref name="Total"/>.</param>
public readonly record struct Ratio(long Bad, long Total)
{
    /// <summary>0 to 1; 0 when nothing happened.</summary>
    public double Rate => Total == 0 ? 0 : (double)Bad / Total;

    /// <summary>Most were bad, and something happened at all.</summary>
    public bool IsMostlyBad => 2 * (decimal)Bad > Total;

    internal void Check(string name)
    {
        if (Bad < 0 || Total < Bad)
        {
            throw new ArgumentOutOfRangeException(name, this, "Bad events are between none and all.");
        }
    }
}
