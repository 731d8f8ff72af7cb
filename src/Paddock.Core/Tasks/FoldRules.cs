namespace Paddock.Core.Tasks;

/// <summary>Times by which silence means something.</summary>
public sealed record FoldRules
{
    public static readonly FoldRules Default = new();

    /// <summary>After this long without a sign a task is abandoned.</summary>
    public TimeSpan AbandonAfter { get; init; } = TimeSpan.FromHours(8);

    /// <summary>After this long a fault, or the person's going away, was the end: agents try again within seconds, people within minutes.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Work that is taken back within this time of its completion restates its task; later it is another matter.</summary>
    public TimeSpan RollbackWindow { get; init; } = TimeSpan.FromDays(14);

    /// <summary>So many failed results in a row, and then silence, are an agent that was stuck.</summary>
    public int StuckFailures { get; init; } = 6;
}
