using System.Collections.Immutable;

namespace Paddock.Core.Tasks;

/// <summary>What one tool call adds to what is kept of its task, once it is let go.</summary>
public sealed record TaskStep
{
    public static readonly TaskStep None = new();

    /// <summary>It changes something outside the agent's memory.</summary>
    public bool Mutates { get; init; }

    /// <summary>It starts another agent on a part of the work.</summary>
    public bool StartsSubtask { get; init; }

    /// <summary>It says that the task is done.</summary>
    public bool ClaimsCompletion { get; init; }

    /// <summary>It asks the person, and has no result until they answer.</summary>
    public bool AsksPerson { get; init; }

    /// <summary>It takes back changes that were made before: <c>git restore FILE</c>, <c>git checkout -- FILE</c>, or all of them.</summary>
    public bool Reverts { get; init; }

    /// <summary>It takes all of them back, or a whole commit: <c>git revert</c>, <c>git reset --hard</c>, <c>git checkout .</c></summary>
    public bool RevertsAll { get; init; }

    /// <summary>Files it changes, in the form in which paths are judged.</summary>
    public ImmutableArray<string> Files { get; init; } = [];

    /// <summary>What the task comes in touch with: <see cref="TaintLabels"/>.</summary>
    public ImmutableArray<string> Taint { get; init; } = [];
}

/// <summary>What a task can have come in touch with, as rules write it.</summary>
public static class TaintLabels
{
    /// <summary>A file or folder that keeps secrets was read.</summary>
    public const string ReadSecret = "read_secret";

    /// <summary>Something from outside was read: a web page, a host that a command names.</summary>
    public const string ReadExternal = "read_external";
}
