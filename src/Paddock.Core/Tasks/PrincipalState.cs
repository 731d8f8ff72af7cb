namespace Paddock.Core.Tasks;

/// <summary>What is kept of one principal over all tasks, so that a new task id resets nothing. Not thread-safe.</summary>
public sealed class PrincipalState
{
    /// <summary>How long what a principal's tasks came in touch with counts for all others of theirs.</summary>
    public static readonly TimeSpan TaintWindow = TimeSpan.FromHours(24);

    public static readonly TimeSpan MutationWindow = TimeSpan.FromMinutes(5);

    /// <summary>Mutating calls that are told apart; nobody makes so many in five minutes by hand.</summary>
    private const int MostMutations = 10_000;

    private readonly SortedSet<(DateTimeOffset At, string Decision)> mutations = [];
    private readonly Dictionary<string, DateTimeOffset> taint = new(StringComparer.Ordinal);

    /// <summary>Takes in a call that was let go.</summary>
    public void Take(RememberedStep one)
    {
        if (one.Step.Mutates && mutations.Count < MostMutations)
        {
            mutations.Add((one.At, one.Decision));
        }

        foreach (var label in one.Step.Taint)
        {
            taint[label] = taint.TryGetValue(label, out var last) && last > one.At ? last : one.At;
        }
    }

    /// <summary>Mutating calls of the last five minutes.</summary>
    public int Mutations(DateTimeOffset now)
    {
        while (mutations.Count > 0 && mutations.Min.At <= now - MutationWindow)
        {
            mutations.Remove(mutations.Min);
        }

        return mutations.Count;
    }

    /// <summary>What tasks of this principal came in touch with lately.</summary>
    public IEnumerable<string> Taint(DateTimeOffset now) => taint.Where(one => one.Value > now - TaintWindow).Select(static one => one.Key);
}
