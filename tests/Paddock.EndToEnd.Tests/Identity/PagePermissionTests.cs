using System.Net;
using Paddock.EndToEnd.Tests.Approvals;

namespace Paddock.EndToEnd.Tests.Identity;

/// <summary>Each page of the console and each of its forms, against everybody who may come.</summary>
public sealed class PagePermissionTests : IAsyncLifetime
{
    /// <summary>Who comes, and the control roles they have.</summary>
    private static readonly (string Name, string[] Roles)[] people = [("plain", []), ("views", ["viewer"]), ("manages", ["identity"]), ("approves", ["approver"]), ("root", ["admin"])];

    /// <summary>What each of them gets; nobody gets 401.</summary>
    private static readonly (string Path, int[] Statuses)[] pages =
    [
        ("/", [200, 200, 200, 200, 200]),
        ("/?by=mode", [200, 200, 200, 200, 200]),
        ("/start", [200, 200, 200, 200, 200]),
        ("/definitions", [200, 200, 200, 200, 200]),
        ("/tasks", [200, 200, 200, 200, 200]),
        ("/tasks?state=none", [400, 400, 400, 400, 400]),
        ("/tasks/task_none", [404, 404, 404, 404, 404]),
        ("/decisions/dec_none", [403, 404, 403, 403, 404]),
        ("/account", [200, 200, 200, 200, 200]),
        ("/device", [200, 200, 200, 200, 200]),
        ("/people", [403, 200, 200, 403, 200]),
        ("/people/bob", [403, 200, 200, 403, 200]),
        ("/people/nobody", [403, 404, 404, 403, 404]),
        ("/teams", [403, 200, 200, 403, 200]),
        ("/clients", [403, 200, 200, 403, 200]),
        ("/clients?stale=true&agent=roo-code", [403, 200, 200, 403, 200]),
        ("/clients?user=nobody", [403, 404, 404, 403, 404]),
        ("/clients?before=x", [403, 400, 400, 403, 400]),
        ("/approvals", [403, 403, 403, 200, 200]),
        ("/incidents", [403, 200, 403, 403, 200]),
        ("/incidents/none", [403, 404, 403, 403, 404]),
        ("/status", [200, 200, 200, 200, 200]),
        ("/runbooks", [403, 200, 403, 403, 200]),
        ("/runbooks/backlog", [403, 200, 403, 403, 200]),
        ("/runbooks/none", [403, 404, 403, 403, 404]),
        ("/runs/none", [403, 404, 403, 403, 404]),
        ("/audit-log", [403, 200, 403, 403, 200]),
        ("/audit-log/none", [403, 403, 403, 403, 404]),
    ];

    private static readonly (string Path, string Do, int[] Statuses)[] forms =
    [
        ("/people", "make", [403, 403, 303, 403, 303]),
        ("/people/bob", "change", [403, 403, 303, 403, 303]),
        ("/people/bob", "disable", [403, 403, 303, 403, 303]),
        ("/people/bob", "enable", [403, 403, 303, 403, 303]),
        ("/people/bob", "invite", [403, 403, 200, 403, 200]),
        ("/people/bob", "end-all", [403, 403, 303, 403, 303]),
        ("/people/bob", "end-session", [403, 403, 404, 403, 404]),
        ("/people/bob", "revoke-key", [403, 403, 404, 403, 404]),
        ("/people/bob", "something", [403, 400, 400, 403, 400]),
        ("/incidents", "open", [403, 403, 403, 403, 400]),
        ("/incidents", "on-call", [403, 403, 403, 403, 400]),
        ("/incidents/none", "ack", [403, 404, 403, 403, 404]),
        ("/incidents/none/postmortem", "write", [403, 404, 403, 403, 404]),
        ("/tasks/task_none", "accepted", [404, 404, 404, 404, 404]),
        ("/runbooks", "end", [403, 403, 403, 403, 404]),
        ("/runbooks", "something", [403, 400, 403, 403, 400]),
        ("/runbooks/backlog", "preview", [403, 200, 403, 403, 200]),
        ("/runbooks/backlog", "begin", [403, 403, 403, 403, 400]),
        ("/runbooks/none", "drill", [403, 404, 403, 403, 404]),
        ("/runs/none", "yes", [403, 404, 403, 403, 404]),
        ("/runs/none", "undo", [403, 404, 403, 403, 404]),
        ("/account", "make-key", [200, 200, 200, 200, 200]),
        ("/account", "rotate-key", [404, 404, 404, 404, 404]),
        ("/account", "revoke-key", [404, 404, 404, 404, 404]),
        ("/account", "end-session", [403, 403, 404, 403, 404]),
        ("/account", "end-others", [303, 303, 303, 303, 303]),
        ("/account", "something", [400, 400, 400, 400, 400]),
    ];

    private readonly Dictionary<string, Browser> browsers = [];
    private ServedPeople served = null!; // started before any test

    public async ValueTask InitializeAsync()
    {
        served = await ServedPeople.StartAsync();
        await served.UserAsync("bob");
        foreach (var (name, roles) in people)
        {
            browsers[name] = await served.SignedInAsync(name, roles);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var browser in browsers.Values)
        {
            browser.Dispose();
        }

        await served.DisposeAsync();
    }

    [Fact]
    public async Task A_page_is_shown_to_those_with_its_role()
    {
        using var nobody = new Browser(served.Url);
        foreach (var (path, statuses) in pages)
        {
            (await nobody.GetAsync(path)).ShouldBe(path is "/" or "/?by=mode" or "/start" ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, path);
            foreach (var ((name, _), status) in people.Zip(statuses))
            {
                ((int)await browsers[name].GetAsync(path)).ShouldBe(status, $"{path} for {name}");
            }
        }
    }

    [Fact]
    public async Task The_bar_leads_each_to_pages_that_they_may_see_and_to_no_other()
    {
        foreach (var (name, _) in people)
        {
            await browsers[name].GetAsync("/account");
            var bar = browsers[name].Body.Split("<nav aria-label=\"Console\">")[1].Split("</nav>")[0];
            foreach (var (path, statuses) in pages.Where(page => page.Path is "/account" or "/people" or "/teams" or "/clients" or "/approvals" or "/incidents" or "/status" or "/runbooks" or "/audit-log"))
            {
                bar.Contains($"href=\"{path}\"", StringComparison.Ordinal).ShouldBe(statuses[Array.FindIndex(people, one => one.Name == name)] == 200, $"{path} for {name}");
            }
        }
    }

    [Fact]
    public async Task A_form_is_taken_from_those_with_its_role_and_only_with_the_token_of_their_session()
    {
        using var nobody = new Browser(served.Url);
        foreach (var (path, deed, statuses) in forms)
        {
            (await nobody.PostAsync(path, ("do", deed))).ShouldBe(HttpStatusCode.Unauthorized, $"{deed} on {path}");
            foreach (var ((name, _), status) in people.Zip(statuses))
            {
                var browser = browsers[name];
                await browser.GetAsync("/account");
                var (token, others) = (browser.Field("token"), await TokenOfAsync(name == "root" ? "plain" : "root"));
                (string, string)[] fields = [("do", deed), ("which", "ses_00000000000000000000000000000000"), ("name", $"made-by-{name}"), ("days", "7")];

                (await browser.PostAsync(path, fields)).ShouldBe(HttpStatusCode.Forbidden, $"{deed} on {path} for {name} without a token");
                (await browser.PostAsync(path, [.. fields, ("token", others)])).ShouldBe(HttpStatusCode.Forbidden, $"{deed} on {path} for {name} with another's token");
                browser.Body.ShouldContain("This form was not made for this session");
                ((int)await browser.PostAsync(path, [.. fields, ("token", token)])).ShouldBe(status, $"{deed} on {path} for {name}");
            }
        }

        // What was refused has changed nothing: of five who asked to make somebody, two did, and each made one key.
        served.Identities.Current.Principals.Select(one => one.Name).Where(one => one.StartsWith("made-by-", StringComparison.Ordinal)).Order().ShouldBe(["made-by-manages", "made-by-root"]);
        served.Identities.Current.Keys.Count(key => key.Name.StartsWith("made-by-", StringComparison.Ordinal)).ShouldBe(people.Length);
    }

    [Fact]
    public async Task Nobody_gives_or_takes_roles_that_they_do_not_have()
    {
        var manager = browsers["manages"];
        await manager.GetAsync("/people/views");
        manager.Body.ShouldContain("<input type=\"hidden\" name=\"role\" value=\"viewer\"");
        var token = manager.Field("token");

        (await manager.PostAsync("/people/bob", ("token", token), ("do", "change"), ("role", "viewer"))).ShouldBe(HttpStatusCode.Forbidden);
        manager.Body.ShouldContain("This takes the control roles viewer");
        (await manager.PostAsync("/people/views", ("token", token), ("do", "change"))).ShouldBe(HttpStatusCode.Forbidden);
        (await manager.PostAsync("/people/root", ("token", token), ("do", "disable"))).ShouldBe(HttpStatusCode.Forbidden);
        (await manager.PostAsync("/people/root", ("token", token), ("do", "invite"))).ShouldBe(HttpStatusCode.Forbidden);
        (await manager.PostAsync("/people/manages", ("token", token), ("do", "disable"))).ShouldBe(HttpStatusCode.Conflict);
        (await manager.PostAsync("/people/views", ("token", token), ("do", "change"), ("teams", "core, web"), ("role", "viewer"))).ShouldBe(HttpStatusCode.SeeOther);

        served.Identities.Current.Principals.Single(one => one.Name == "views").Teams.ShouldBe(["core", "web"]);
    }

    private async Task<string> TokenOfAsync(string name)
    {
        await browsers[name].GetAsync("/account");
        return browsers[name].Field("token");
    }
}
