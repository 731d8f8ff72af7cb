namespace Paddock.Core.Tasks;

/// <summary>Adds up the stretches of time in which a task waited for people.</summary>
internal sealed class WaitingTime
{
    private readonly List<(DateTimeOffset From, DateTimeOffset? To)> all = [];

    public void Mark(bool waits, DateTimeOffset at)
    {
        var isOpen = all.Count > 0 && all[^1].To is null;
        if (waits && !isOpen)
        {
            all.Add((at, null));
        }
        else if (!waits && isOpen)
        {
            all[^1] = (all[^1].From, at);
        }
    }

    public TimeSpan Until(DateTimeOffset until)
    {
        var sum = TimeSpan.Zero;
        foreach (var (from, to) in all.Where(one => one.From < until))
        {
            sum += (to < until ? to.Value : until) - from;
        }

        return sum;
    }
}
