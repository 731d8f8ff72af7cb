namespace Paddock.Core.Runbooks;

/// <summary>What a run does next.</summary>
public abstract record RunMove
{
    private RunMove()
    {
    }

    /// <summary>Nothing for now: a time or an answer is waited for, or it is over.</summary>
    public sealed record Wait : RunMove;

    /// <summary>It is written down that it stands otherwise.</summary>
    /// <param name="Run">As it is then.</param>
    /// <param name="What">For the log, such as <c>step_doing</c>.</param>
    /// <param name="Step">The step it is about; null = the whole.</param>
    /// <param name="Says">One sentence; empty = nothing to add.</param>
    public sealed record Write(Run Run, string What, string? Step, string Says) : RunMove;

    /// <summary>Something is done, and its outcome is written after it.</summary>
    public sealed record Work(StepWork Kind, int Step) : RunMove;

    /// <summary>People are told that a step did not work.</summary>
    public sealed record Escalate : RunMove;
}

/// <summary>What is done with a step.</summary>
public enum StepWork
{
    Ask,
    Do,
    Look,
    Undo,
}
