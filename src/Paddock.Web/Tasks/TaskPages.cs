using Microsoft.AspNetCore.Http;
using Paddock.Control;
using Paddock.Control.Tasks;
using Paddock.Core.Identity;
using Paddock.Web.Identity;
using Paddock.Web.Kit;

namespace Paddock.Web.Tasks;

/// <summary>Tasks: everybody's own, and all for those who read everything. What may be done is decided by the use cases.</summary>
internal sealed class TaskPages(ConsoleDoor door, ListTasks list, ShowTask show, ShowTimeline timeline, JudgeTask judge)
{
    public const string Path = "/tasks";

    public const string Pattern = Path + "/{task}";

    /// <summary>What the query of a task's page says to show only what went wrong.</summary>
    public const string Trouble = "trouble";

    private const int PageSize = 50, TimelineSize = 200;

    public static string PathOf(string id) => $"{Path}/{Uri.EscapeDataString(id)}";

    /// <param name="next">Where the page begins.</param>
    public static string PathOf(TaskFilter filter, string next)
    {
        var parts = new (string Name, string? Value)[]
        {
            ("search", filter.Search), ("state", filter.State), ("user", filter.User), ("team", filter.Team), ("agent", filter.Agent), ("mode", filter.Mode), ("model", filter.Model), ("before", next),
        };
        return $"{Path}?" + string.Join('&', parts.Where(static part => part.Value is not null).Select(static part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}")); // those without were passed over
    }

    public Task ListAsync(HttpContext http) => door.ShowAsync(http, async session =>
    {
        var (query, all) = (http.Request.Query, session.Actor.May(ControlRoles.Viewer));
        var filter = new TaskFilter
        {
            Search = Said(query["search"]),
            State = Said(query["state"]),
            User = all ? Said(query["user"]) : session.Actor.Id,
            Team = Said(query["team"]),
            Agent = Said(query["agent"]),
            Mode = Said(query["mode"]),
            Model = Said(query["model"]),
            Before = Said(query["before"]),
            Limit = PageSize,
        };
        var outcome = await list.RunAsync(session.Actor, filter, http.RequestAborted);
        var (fault, status) = OutcomeText.Of(outcome);
        return outcome is Outcome<TaskList>.Done { Value: var found } ? TasksPage.Page(session, found, filter, all, fault: null, status) : TasksPage.Page(session, new([], null), filter, all, fault, status);
    });

    public Task ShowAsync(HttpContext http) => door.ShowAsync(http, session => ShownAsync(http, session, Said(http.Request.Query["done"]), fault: null, StatusCodes.Status200OK));

    public Task TakeAsync(HttpContext http) => door.TakeAsync(http, async (session, form) =>
    {
        var outcome = await judge.RunAsync(session.Actor, IdOf(http), new(form["verdict"].ToString(), Said(form["reason"])), http.RequestAborted);
        var (message, status) = OutcomeText.Of(outcome);
        if (message is not null)
        {
            return await ShownAsync(http, session, done: null, message, status);
        }

        http.SeeOther($"{PathOf(IdOf(http))}?done={form["verdict"]}");
        return null;
    });

    private async Task<Page> ShownAsync(HttpContext http, ConsoleSession session, string? done, string? fault, int status)
    {
        var (actor, id, query) = (session.Actor, IdOf(http), http.Request.Query);
        if (await show.RunAsync(actor, id, http.RequestAborted) is not Outcome<TaskDetails>.Done { Value: var details })
        {
            return PlainPage.NotFound(session, "There is no such task, or it is somebody else’s.");
        }

        var told = await timeline.RunAsync(actor, id, Said(query["before"]), TimelineSize, http.RequestAborted);
        return told is Outcome<TimelineView>.Done { Value: var view }
            ? TaskPage.Page(session, details, view, query["only"] == Trouble, query["before"].Count > 0, done, fault, status)
            : PlainPage.Of(session, "Not shown", OutcomeText.Of(told).Message ?? "", OutcomeText.Of(told).Status);
    }

    private static string IdOf(HttpContext http) => http.Request.RouteValues["task"] as string ?? "";

    private static string? Said(string? text) => text?.Trim() is { Length: > 0 } said ? said : null;
}
