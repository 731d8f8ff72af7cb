using Paddock.Control.Identity;
using Paddock.Core.Identity;
using Paddock.Core.Tasks;

namespace Paddock.Control.Tasks;

/// <summary>Which tasks. What is null is not asked for.</summary>
public sealed record TaskFilter
{
    /// <summary>As <see cref="AgentTaskStates.Names"/>.</summary>
    public string? State { get; init; }

    public string? Agent { get; init; }

    public string? Mode { get; init; }

    public string? Model { get; init; }

    public string? Repository { get; init; }

    /// <summary>Digest of the policy release.</summary>
    public string? Release { get; init; }

    /// <summary>People who are in it now.</summary>
    public string? Team { get; init; }

    /// <summary>Name or id; null = everybody's.</summary>
    public string? User { get; init; }

    /// <summary>The beginning of a task id, of an agent's own id, or of a repository.</summary>
    public string? Search { get; init; }

    /// <summary>Those that this task began.</summary>
    public string? Parent { get; init; }

    /// <summary>With a sign since then.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The <see cref="TaskList.Next"/> of the page before.</summary>
    public string? Before { get; init; }

    /// <summary>1 to 1,000.</summary>
    public int Limit { get; init; } = 100;
}

/// <param name="Tasks">Those with the newest sign first; subtasks only where they were asked for.</param>
/// <param name="Next">Where the next page begins (<c>before</c>); null on the last.</param>
public sealed record TaskList(IReadOnlyList<TaskView> Tasks, string? Next);

/// <summary>Lists tasks: one's own, or a user's, or all, for those who read everything.</summary>
public sealed class ListTasks(ITasks tasks, IIdentities identities)
{
    private const int LongestText = 500;

    public async Task<Outcome<TaskList>> RunAsync(Actor actor, TaskFilter filter, CancellationToken cancellationToken)
    {
        var directory = identities.Current;
        var user = filter.User is { } name ? FindPrincipal.In(directory, name) : null;
        if (user?.Id.Value != actor.Id && !actor.May(ControlRoles.Viewer))
        {
            return new Outcome<TaskList>.Forbidden(ControlRoles.Viewer);
        }

        if (filter.User is not null && user is null)
        {
            return new Outcome<TaskList>.NotFound("There is no such user.");
        }

        if (Fault(filter) is { } fault)
        {
            return fault;
        }

        var query = QueryOf(filter, user);
        var found = await tasks.ListAsync(query, cancellationToken);
        return new Outcome<TaskList>.Done(new(
            [.. found.Select(one => TaskView.Of(one, directory))], found.Length == query.Limit ? TaskCursor.Of(found[^1].Task.LastAt, found[^1].Task.Id) : null));
    }

    private static Outcome<TaskList>.Invalid? Fault(TaskFilter filter)
    {
        (string Field, string? Text)[] texts =
        [
            ("agent", filter.Agent), ("mode", filter.Mode), ("model", filter.Model), ("repository", filter.Repository), ("release", filter.Release), ("team", filter.Team), ("search", filter.Search), ("parent", filter.Parent),
        ];
        return filter switch
        {
            { State: { } state } when AgentTaskStates.Parse(state) is null => new("state", $"state is none of {string.Join(", ", AgentTaskStates.Names)}."),
            { Limit: < 1 or > 1000 } => new("limit", "A page has 1 to 1000 tasks."),
            { Before: { } before } when TaskCursor.Read(before) is null => new("before", "This is no place in the list; it is the 'next' of the page before."),
            _ => Array.Find(texts, static one => one.Text is { } text && !Names.IsLabel(text, LongestText)) is { Text: not null } bad ? new(bad.Field, $"{bad.Field} is one line of 1 to {LongestText} characters.") : null,
        };
    }

    private static TaskQuery QueryOf(TaskFilter filter, Principal? user) => new()
    {
        Principal = user?.Id.Value,
        Team = filter.Team,
        State = filter.State is { } state ? AgentTaskStates.Parse(state) : null,
        Agent = filter.Agent,
        Mode = filter.Mode,
        Model = filter.Model,
        Repository = filter.Repository,
        Release = filter.Release,
        Parent = filter.Parent,
        Search = filter.Search,
        WithSubtasks = filter.Parent is not null || filter.Search is not null,
        Since = filter.Since,
        Before = filter.Before is { } before ? TaskCursor.Read(before) : null,
        Limit = filter.Limit,
    };
}
