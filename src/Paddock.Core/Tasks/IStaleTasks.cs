using Paddock.Core.Identity;

namespace Paddock.Core.Tasks;

/// <summary>Tells people, once for each, of tasks that go on for longer than they may.</summary>
public interface IStaleTasks
{
    /// <summary>Notes that such a task has made a call; cheap, does no I/O. People are told in the background, within a minute; once, however many processes see it, and by each process of at most five tasks of one person in an hour.</summary>
    void Note(in StaleTask task);
}

/// <summary>A task whose context is older than its team profile lets it be.</summary>
/// <param name="Task">Paddock's task id.</param>
/// <param name="NativeTask">The agent's own id of it.</param>
/// <param name="BeganAt">When its first model call came in.</param>
/// <param name="Within">How old it may be.</param>
public readonly record struct StaleTask(string Task, PrincipalId Principal, string Agent, string? NativeTask, DateTimeOffset BeganAt, TimeSpan Within);
