using Paddock.Control;

namespace Paddock.Commands;

/// <summary>What a command asked for was refused, or could not be asked.</summary>
internal sealed class CommandException(Problem problem) : Exception(problem.Detail)
{
    /// <summary>Something on this side went wrong.</summary>
    public CommandException(string message)
        : this(new Problem("paddock:local", "Cannot run", 0, message))
    {
    }

    public Problem Problem { get; } = problem;

    /// <summary>For people: what is wrong, and every fault when there are several.</summary>
    public string Text => Problem.Faults is { Count: > 0 } faults ? Message + Environment.NewLine + string.Join(Environment.NewLine, faults) : Message;
}
