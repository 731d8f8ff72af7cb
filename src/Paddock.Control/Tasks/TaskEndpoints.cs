using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Paddock.Control.Tasks;

/// <summary>Tasks over HTTP.</summary>
internal static class TaskEndpoints
{
    public static void MapTasks(this IEndpointRouteBuilder control)
    {
        var tasks = control.MapGroup("/tasks").WithTags("Tasks");
        tasks.MapGet("", (HttpContext http, ControlDoor door, ListTasks use, [AsParameters] TaskQueryText filter) =>
            door.RunAsync(http, ControlJson.Default.TaskList, (actor, cancellationToken) => use.RunAsync(actor, filter.Filter, cancellationToken)))
            .WithSummary("List tasks, those with the newest sign first, a page at a time.").Produces<TaskList>().ProducesProblem(400).ProducesProblem(404);
        tasks.MapGet("/{id}", (HttpContext http, ControlDoor door, ShowTask use, string id) =>
            door.RunAsync(http, ControlJson.Default.TaskDetails, (actor, cancellationToken) => use.RunAsync(actor, id, cancellationToken)))
            .WithSummary("Show one task with its subtasks, its whole cost and what was said of it.").Produces<TaskDetails>().ProducesProblem(404);
        tasks.MapGet("/{id}/timeline", (HttpContext http, ControlDoor door, ShowTimeline use, string id, string? before, int? limit) =>
            door.RunAsync(http, ControlJson.Default.TimelineView, (actor, cancellationToken) => use.RunAsync(actor, id, before, limit ?? 100, cancellationToken)))
            .WithSummary("Show what happened in a task, newest first, a page at a time.").Produces<TimelineView>().ProducesProblem(400).ProducesProblem(404);
        tasks.MapPost("/{id}/verdicts", (HttpContext http, ControlDoor door, JudgeTask use, string id) =>
            door.RunAsync(http, ControlJson.Default.JudgeInput, ControlJson.Default.TaskDetails, (actor, input, cancellationToken) => use.RunAsync(actor, id, input, cancellationToken)))
            .WithSummary("Accept or reject what a task made.").Accepts<JudgeInput>("application/json").Produces<TaskDetails>().ProducesProblem(400).ProducesProblem(404);
    }

    /// <summary>Which tasks, as a query says it.</summary>
    /// <param name="State">started, active, waiting_approval, waiting_person, claimed_complete, accepted, failed, cancelled, abandoned, stuck, timed_out or rolled_back.</param>
    /// <param name="User">Name or id.</param>
    /// <param name="Search">The beginning of a task id, of an agent's own id, or of a repository.</param>
    /// <param name="Before">The <c>next</c> of the page before.</param>
    internal sealed record TaskQueryText(
        string? State, string? Agent, string? Mode, string? Model, string? Repository, string? Release, string? Team, string? User, string? Search, string? Parent, DateTimeOffset? Since, string? Before, int? Limit)
    {
        public TaskFilter Filter => new()
        {
            State = State,
            Agent = Agent,
            Mode = Mode,
            Model = Model,
            Repository = Repository,
            Release = Release,
            Team = Team,
            User = User,
            Search = Search,
            Parent = Parent,
            Since = Since,
            Before = Before,
            Limit = Limit ?? 100,
        };
    }
}
