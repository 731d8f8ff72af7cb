namespace Paddock.Core.Metrics;

/// <summary>Counts of one group in one stretch of time. Adding and taking away commute, so that a task's part can be replaced. Not thread-safe.</summary>
public sealed class Tally
{
    private readonly long[] counts = new long[Enum.GetValues<TaskCount>().Length];

    /// <summary>Whose tasks they are, so that numbers about few people are not shown.</summary>
    public PeopleCount People { get; } = new();

    /// <summary>From start to claimed completion, of tasks that succeeded.</summary>
    public Dictionary<int, long> Cycle { get; } = [];

    /// <summary>The part of it in which they waited for people.</summary>
    public Dictionary<int, long> Waited { get; } = [];

    /// <summary>Sum of the squares of ended tasks' cost, in USD².</summary>
    public double EndedCostSquares { get; set; }

    /// <summary>The same of those that succeeded.</summary>
    public double SucceededCostSquares { get; set; }

    public long this[TaskCount count]
    {
        get => counts[(int)count];
        set => counts[(int)count] = value;
    }

    public bool IsEmpty => Array.TrueForAll(counts, static count => count == 0) && Cycle.Count == 0 && Waited.Count == 0;

    /// <summary>Ended tasks that succeeded, and are not contradicted or taken back since.</summary>
    public long Succeeded => this[TaskCount.Claimed] + Accepted;

    public long Accepted => this[TaskCount.AcceptedByUser] + this[TaskCount.AcceptedByCi] + this[TaskCount.AcceptedByScm];

    /// <summary>Ended tasks but those that were cancelled.</summary>
    public long Ended => Succeeded + this[TaskCount.Failed] + this[TaskCount.Abandoned] + this[TaskCount.Stuck] + this[TaskCount.TimedOut] + this[TaskCount.RolledBack];

    public void Add(Tally other) => Combine(other, 1);

    public void Remove(Tally other) => Combine(other, -1);

    private void Combine(Tally other, int sign)
    {
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] += sign * other.counts[i];
        }

        People.Combine(other.People, sign);
        Combine(Cycle, other.Cycle, sign);
        Combine(Waited, other.Waited, sign);
        EndedCostSquares += sign * other.EndedCostSquares; // below 0 in what is taken away
        SucceededCostSquares += sign * other.SucceededCostSquares;
    }

    private static void Combine(Dictionary<int, long> bins, Dictionary<int, long> other, int sign)
    {
        foreach (var (bin, count) in other)
        {
            var sum = bins.GetValueOrDefault(bin) + (sign * count);
            if (sum == 0)
            {
                bins.Remove(bin);
            }
            else
            {
                bins[bin] = sum;
            }
        }
    }
}

/// <summary>A task's part in one hour's tallies.</summary>
/// <param name="Hour">Its beginning, UTC.</param>
/// <param name="Place">The groups it counts in.</param>
public sealed record TallyShare(DateTimeOffset Hour, MetricPlace Place, Tally Tally)
{
    /// <summary>It says how the task ended, and nothing else: a later end takes its place, however old it is.</summary>
    public bool IsEnd { get; init; }

    /// <summary>It counts in the groups of single people too.</summary>
    public bool ByPerson { get; init; }

    public static DateTimeOffset HourOf(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
}
