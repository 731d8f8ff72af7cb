namespace Paddock.Testing.Alerts;

/// <summary>Something that goes wrong for a while.</summary>
/// <param name="Hour">Of the day, UTC, at which it begins.</param>
/// <param name="Lasts">Only within it does a detection count.</param>
/// <param name="Strength">By the time since it began: a factor, or a rate of errors.</param>
public sealed record Fault(string Name, double Hour, TimeSpan Lasts, Func<TimeSpan, double> Strength)
{
    public Fault(string name, double hour, double lastsHours, double strength)
        : this(name, hour, TimeSpan.FromHours(lastsHours), _ => strength)
    {
    }

    /// <summary>In the week after next of what is judged: seed 1 on Monday, seed 5 on Friday, and so on.</summary>
    public DateTimeOffset Begins(int seed) => Season.Begin + Quality.WarmUp + TimeSpan.FromDays(7 + ((seed - 1) % 5)) + TimeSpan.FromHours(Hour);

    public double At(int seed, DateTimeOffset moment, double without)
    {
        var since = moment - Begins(seed);
        return since >= TimeSpan.Zero && since < Lasts ? Strength(since) : without;
    }
}
