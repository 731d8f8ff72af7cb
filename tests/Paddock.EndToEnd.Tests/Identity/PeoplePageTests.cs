using System.Net;
using System.Text.RegularExpressions;
using Paddock.Control;
using Paddock.Control.Identity;
using Paddock.Core.Identity;
using Paddock.EndToEnd.Tests.Approvals;

namespace Paddock.EndToEnd.Tests.Identity;

/// <summary>People are found, made, invited, changed and shut out in the browser.</summary>
public partial class PeoplePageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Somebody_is_made_invited_comes_in_and_is_shut_out()
    {
        await using var served = await ServedPeople.StartAsync();
        using var root = await served.SignedInAsync("root", "admin");
        root.Location.ShouldBe("/");
        await root.GetAsync("/people");
        var token = root.Field("token");

        (await root.PostAsync("/people", ("token", token), ("do", "make"), ("name", "ada@example.com"), ("teams", "core web"))).ShouldBe(HttpStatusCode.SeeOther);
        var page = root.Location.ShouldNotBeNull().Split('?')[0];
        page.ShouldBe("/people/ada%40example.com");
        (await root.PostAsync(page, ("token", token), ("do", "change"), ("teams", "core"), ("role", "viewer"))).ShouldBe(HttpStatusCode.SeeOther);
        (await root.PostAsync(page, ("token", token), ("do", "invite"))).ShouldBe(HttpStatusCode.OK);
        var link = Link().Match(root.Body).Value;
        link.ShouldStartWith(served.Url);
        using var ada = new Browser(served.Url);
        await ada.GetAsync(link);
        (await ada.PostAsync("/sign-in/password", ("ticket", ada.Field("ticket")), ("password", ServedPeople.Password))).ShouldBe(HttpStatusCode.OK);
        (await ServedPeople.SignInAsync(ada, "ada@example.com")).ShouldBe(HttpStatusCode.SeeOther);
        (await ada.GetAsync("/people")).ShouldBe(HttpStatusCode.OK);

        (await root.GetAsync(page)).ShouldBe(HttpStatusCode.OK);
        root.Body.ShouldContain("Console");
        (await root.PostAsync(page, ("token", token), ("do", "disable"))).ShouldBe(HttpStatusCode.SeeOther);

        (await ada.GetAsync("/people")).ShouldBe(HttpStatusCode.Unauthorized);
        await root.GetAsync("/people?q=disabled");
        root.Body.ShouldContain("ada@example.com");
    }

    [Fact]
    public async Task They_are_found_by_name_team_or_role_fifty_at_a_time()
    {
        await using var served = await ServedPeople.StartAsync();
        using var root = await served.SignedInAsync("root", "viewer");
        for (var i = 0; i < 60; i++)
        {
            await served.Get<CreateUser>().RunAsync(Actor.Local, new() { Name = $"dev{i:00}", Teams = [i < 55 ? "many" : "few"] }, Cancellation);
        }

        await root.GetAsync("/people?q=MANY");
        (Rows(root), root.Body.Contains("Page 1 of 2", StringComparison.Ordinal)).ShouldBe((50, true));
        await root.GetAsync("/people?q=many&page=2");
        Rows(root).ShouldBe(5);
        root.Body.ShouldContain("dev54");
        await root.GetAsync("/people?q=viewer");
        Rows(root).ShouldBe(1);
        await root.GetAsync("/people?q=dev59&page=77");
        Rows(root).ShouldBe(1);
        await root.GetAsync("/people?q=%3Cb%3Enobody");
        root.Body.ShouldContain("Nobody is found");
        root.Body.ShouldNotContain("<b>nobody");
        (await root.GetAsync("/people?page=-1&q=" + new string('x', 500))).ShouldBe(HttpStatusCode.OK);

        await root.GetAsync("/teams");
        root.Body.ShouldContain("43 more");
    }

    [Fact]
    public async Task Keys_and_sessions_of_others_are_ended_on_their_page()
    {
        await using var served = await ServedPeople.StartAsync();
        using var root = await served.SignedInAsync("root", "admin");
        using var ada = await served.SignedInAsync("ada");
        var key = (await served.Get<CreateKey>().RunAsync(Actor.Local, new() { Name = "laptop", User = "ada" }, Cancellation)).ShouldBeOfType<Outcome<NewKey>.Done>().Value;
        await root.GetAsync("/people/ada");
        root.Body.ShouldContain(key.Key.Prefix);
        var token = root.Field("token");

        (await root.PostAsync("/people/ada", ("token", token), ("do", "revoke-key"), ("which", key.Key.Id))).ShouldBe(HttpStatusCode.SeeOther);
        (await root.PostAsync("/people/ada", ("token", token), ("do", "end-all"))).ShouldBe(HttpStatusCode.SeeOther);

        await served.ShouldAnswerAsync(key.Token, HttpStatusCode.Unauthorized);
        (await ada.GetAsync("/account")).ShouldBe(HttpStatusCode.Unauthorized);
        await root.GetAsync("/people/ada");
        root.Body.ShouldContain("Nothing is signed in.");
        root.Body.ShouldContain("There is no key that works; 1 ended.");
    }

    [Fact]
    public async Task A_page_that_was_open_for_too_long_undoes_nothing_and_shows_how_it_is_now()
    {
        await using var served = await ServedPeople.StartAsync();
        using var root = await served.SignedInAsync("root", "admin");
        using var other = await served.SignedInAsync("other", "admin");
        await served.UserAsync("ada", "viewer");
        await root.GetAsync("/people/ada");
        await other.GetAsync("/people/ada");
        (await SaveAsync(other, "core", "viewer", "auditor")).ShouldBe(HttpStatusCode.SeeOther);

        (await SaveAsync(root, "web", "viewer")).ShouldBe(HttpStatusCode.Conflict);

        root.Body.ShouldContain("Somebody else has changed these teams or roles meanwhile.");
        (root.Field("was-teams"), root.Field("was-roles")).ShouldBe(("core", "viewer auditor"));
        root.Body.ShouldContain("aria-describedby=\"teams-hint\" value=\"core\"");
        var ada = served.Identities.Current.Principals.Single(one => one.Name == "ada");
        (ada.Teams, ada.Roles).ShouldSatisfyAllConditions(_ => ada.Teams.ShouldBe(["core"]), _ => ada.Roles.ShouldBe(ControlRoles.Viewer | ControlRoles.Auditor));
        (await SaveAsync(root, "core web", "viewer")).ShouldBe(HttpStatusCode.SeeOther);
        served.Identities.Current.Principals.Single(one => one.Name == "ada").Teams.ShouldBe(["core", "web"]);
    }

    [Fact]
    public async Task A_team_profile_is_shown_with_its_team_and_to_each_whom_it_is_for()
    {
        await using var served = await ServedPeople.StartAsync(documents: Profiles);
        using var root = await served.SignedInAsync("root", "viewer");
        using var ada = await served.SignedInAsync("ada");
        using var bob = await served.SignedInAsync("bob");
        await served.ChangeAsync("ada", new() { Teams = ["core"] });
        await served.ChangeAsync("bob", new() { Teams = ["core"] });

        await root.GetAsync("/teams");
        Row(root, "core").ShouldContain("<td role=\"cell\" data-label=\"Profile\">careful</td>");
        Row(root, "careful").ShouldContain(">core</td>");
        foreach (var part in new[] { "<code>plan</code>", "<code>orchestrator</code>", "deep: large", ">command</td>" })
        {
            Row(root, "careful").ShouldContain(part);
        }

        Row(root, "own").ShouldContain(">bob</td>");
        Row(root, "rest").ShouldContain(">everybody else</td>");
        foreach (var (browser, name, profile) in new[] { (ada, "ada", "careful"), (bob, "bob", "own"), (root, "root", "rest") })
        {
            await browser.GetAsync("/account");
            browser.Body.ShouldContain($"<dt>Team profile</dt><dd><code>{profile}</code>");
            await root.GetAsync($"/people/{name}");
            root.Body.ShouldContain($"<a href=\"/teams\">{profile}</a>");
        }
    }

    private const string Profiles = """
        apiVersion: paddock/v1alpha1
        kind: Model
        metadata: {name: large, owner: tests}
        spec: {provider: simulated, upstreamModel: gpt-5}
        ---
        apiVersion: paddock/v1alpha1
        kind: Mode
        metadata: {name: plan, owner: tests}
        spec: {name: Plan, role: You plan., groups: [read]}
        ---
        apiVersion: paddock/v1alpha1
        kind: ApprovalChain
        metadata: {name: leads, owner: tests}
        spec: {steps: [{anyOf: {teams: [leads]}}]}
        ---
        apiVersion: paddock/v1alpha1
        kind: TeamProfile
        metadata: {name: careful, owner: tests}
        spec:
          for: {teams: [core]}
          modes: {preferred: [plan], forbidden: [orchestrator]}
          models: {classes: {deep: [large]}, default: deep}
          approvals: {command: {chain: leads, ttl: 30m}}
        ---
        apiVersion: paddock/v1alpha1
        kind: TeamProfile
        metadata: {name: own, owner: tests}
        spec: {for: {users: [bob]}}
        ---
        apiVersion: paddock/v1alpha1
        kind: TeamProfile
        metadata: {name: rest, owner: tests}
        spec: {}
        """;

    /// <summary>Sends the form for access as the page that is open has it, changed.</summary>
    private static Task<HttpStatusCode> SaveAsync(Browser browser, string teams, params string[] roles)
    {
        (string, string)[] hidden = [.. new[] { "token", "was-teams", "was-roles" }.Select(name => (name, browser.Field(name)))];
        return browser.PostAsync("/people/ada", [.. hidden, ("do", "change"), ("teams", teams), .. roles.Select(role => ("role", role))]);
    }

    /// <summary>Of the table that it stands in, by the bold name in it.</summary>
    private static string Row(Browser browser, string name) => browser.Body.Split("<tr ").Single(row => row.Contains($"<strong>{name}</strong>", StringComparison.Ordinal));

    private static int Rows(Browser browser) => browser.Body.Split("<tr ").Length - 2;

    [GeneratedRegex("http://[^<\"]+/sign-in/password\\?ticket=ps_[0-9A-Za-z_]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();
}
