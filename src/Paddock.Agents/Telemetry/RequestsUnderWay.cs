namespace Paddock.Agents.Telemetry;

/// <summary>How many requests of each person are under way: a body is held in memory until it is read, and whoever sends slowly holds many.</summary>
internal sealed class RequestsUnderWay(int most)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> count = new(StringComparer.Ordinal);

    /// <returns>False when there are as many as may be.</returns>
    public bool TryBegin(string who)
    {
        lock (gate)
        {
            var now = count.GetValueOrDefault(who);
            if (now == most)
            {
                return false;
            }

            count[who] = now + 1;
            return true;
        }
    }

    public void End(string who)
    {
        lock (gate)
        {
            if (count[who] == 1)
            {
                count.Remove(who);
            }
            else
            {
                count[who]--;
            }
        }
    }
}
