namespace Paddock.Core.Tasks;

/// <summary>What is kept of one task while it is worked on. Only grows. Not thread-safe.</summary>
public sealed class TaskState
{
    /// <summary>Files told apart. Beyond, each mention of a further one counts.</summary>
    public const int MostFiles = 2000;

    private readonly HashSet<string> files = new(StringComparer.Ordinal);
    private readonly SortedSet<string> taint = new(StringComparer.Ordinal);
    private int further;

    public long SpentNanoUsd { get; private set; }

    /// <summary>Model calls, the one that runs included.</summary>
    public int Turns { get; private set; }

    /// <summary>Files that released calls changed.</summary>
    public int Files => files.Count + further;

    public int Subtasks { get; private set; }

    public IReadOnlyCollection<string> Taint => taint;

    /// <summary>When its first model call came in; null while there was none.</summary>
    public DateTimeOffset? BeganAt { get; private set; }

    public void Turn(DateTimeOffset at)
    {
        Turns++;
        Begin(at);
    }

    public void Spend(long nanoUsd) => SpentNanoUsd += nanoUsd;

    /// <summary>Takes in a call that was let go.</summary>
    public void Take(TaskStep step)
    {
        Subtasks += step.StartsSubtask ? 1 : 0;
        TakeFiles(step);
        taint.UnionWith(step.Taint);
    }

    /// <summary>Takes in what is remembered, which may be more than is known here, or lag behind it: the greater is right.</summary>
    public void Raise(TaskMemory memory)
    {
        SpentNanoUsd = Math.Max(SpentNanoUsd, memory.SpentNanoUsd);
        Turns = Math.Max(Turns, memory.Turns);
        Begin(memory.BeganAt);
        Subtasks = Math.Max(Subtasks, memory.Steps.Count(static one => one.Step.StartsSubtask));
        foreach (var one in memory.Steps)
        {
            TakeFiles(one.Step);
            taint.UnionWith(one.Step.Taint);
        }
    }

    private void Begin(DateTimeOffset? at) => BeganAt = BeganAt <= at || at is null ? BeganAt : at;

    private void TakeFiles(TaskStep step)
    {
        foreach (var file in step.Files)
        {
            if (files.Count < MostFiles)
            {
                files.Add(file);
            }
            else if (!files.Contains(file))
            {
                further++;
            }
        }
    }
}
