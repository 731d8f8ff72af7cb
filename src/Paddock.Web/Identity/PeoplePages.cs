using System.Globalization;
using Microsoft.AspNetCore.Http;
using Paddock.Control;
using Paddock.Control.Identity;
using Paddock.Core.Identity;
using Paddock.Web.Kit;

namespace Paddock.Web.Identity;

/// <summary>People and service accounts, found and made. One of them: <see cref="PersonPages"/>.</summary>
internal sealed class PeoplePages(ConsoleDoor door, ListUsers list, CreateUser create)
{
    public const string Path = "/people";

    private const int PageSize = 50, LongestSearch = 100;

    public Task ShowAsync(HttpContext http) => door.ShowAsync(http, session => ShownAsync(http, session, fault: null, StatusCodes.Status200OK));

    public Task TakeAsync(HttpContext http) => door.TakeAsync(http, async (session, form) =>
    {
        var outcome = await create.RunAsync(session.Actor, new() { Name = form["name"].ToString().Trim(), Teams = WordsOf(form["teams"]) }, http.RequestAborted);
        if (outcome is Outcome<UserView>.Done { Value: var made })
        {
            http.SeeOther($"{PersonPages.PathOf(made)}?done={Deeds.Make}");
            return null;
        }

        var (message, status) = OutcomeText.Of(outcome);
        return await ShownAsync(http, session, message, status);
    });

    /// <summary>Names, as people type several.</summary>
    internal static IReadOnlyList<string> WordsOf(string? typed) =>
        (typed ?? "").Split([' ', ',', ';', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private async Task<Page> ShownAsync(HttpContext http, ConsoleSession session, string? fault, int status)
    {
        if (await list.RunAsync(session.Actor, http.RequestAborted) is not Outcome<UserList>.Done { Value.Users: var users })
        {
            return PlainPage.NoRole(session, ControlRoles.Viewer);
        }

        var search = http.Request.Query["q"].ToString().Trim() is { Length: <= LongestSearch } text ? text : "";
        var found = users.Where(user => Fits(user, search)).ToList();
        var last = Math.Max(1, (found.Count + PageSize - 1) / PageSize);
        var page = Math.Clamp(int.TryParse(http.Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : 1, 1, last);
        return PeoplePage.Of(session, found[((page - 1) * PageSize)..Math.Min(page * PageSize, found.Count)], found.Count, search, page, last, fault, status);
    }

    private static bool Fits(UserView user, string search) =>
        search.Length == 0 || user.Teams.Append(user.Name).Any(text => text.Contains(search, StringComparison.OrdinalIgnoreCase))
        || user.Roles.Contains(search, StringComparer.OrdinalIgnoreCase) || (user.Disabled && search.Equals("disabled", StringComparison.OrdinalIgnoreCase));
}
