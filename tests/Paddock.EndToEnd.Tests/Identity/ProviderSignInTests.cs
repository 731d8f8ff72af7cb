using Paddock.Core.Identity;
using Paddock.EndToEnd.Tests.Browsing;
using Paddock.EndToEnd.Tests.Hosting;
using Paddock.Settings;

namespace Paddock.EndToEnd.Tests.Identity;

/// <summary>People sign in by a certified provider in a real browser: for the console, an editor, a command line and a machine.</summary>
public class ProviderSignInTests(Chromium chromium)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Somebody_comes_in_for_the_first_time_with_what_their_groups_give_and_loses_it_with_them()
    {
        await using var provider = await CertifiedProvider.StartAsync("""{"ada": {"groups": ["platform", "security"]}}""");
        await using var served = await ServedAsync(provider);
        await using var tab = await chromium.OpenAsync();
        await tab.GoAsync(served.Url + "/audit-log");
        tab.Status.ShouldBe(401);

        await SignInAsync(tab, "ada");

        tab.Url.ShouldBe(served.Url + "/audit-log");
        tab.Status.ShouldBe(200);
        (await tab.CookiesAsync()).Where(cookie => cookie.Name.StartsWith("paddock", StringComparison.Ordinal)).ShouldHaveSingleItem().SameSite.ShouldBe("Strict");
        var ada = served.Identities.Current.Principals.Single(person => person.Name == "ada@company.example");
        (ada.Roles, ada.Teams).ShouldSatisfyAllConditions(_ => ada.Roles.ShouldBe(ControlRoles.Viewer | ControlRoles.Approver), _ => ada.Teams.ShouldBe(["platform"]));

        // By hand something else; and at the provider one group less.
        await served.ChangeAsync(ada.Name, new() { Teams = ["platform", "by-hand"], Roles = ["viewer", "approver", "policy"] });
        var port = new Uri(provider.Issuer).Port;
        await provider.DisposeAsync();
        await using var later = await CertifiedProvider.StartAsync("""{"ada": {"groups": ["security"]}}""", port);
        await using var again = await chromium.OpenAsync();
        await again.GoAsync(served.Url + "/audit-log");
        await SignInAsync(again, "ada"); // and with keys that nobody here has seen yet

        var now = served.Identities.Current.Principals.Single(person => person.Name == "ada@company.example");
        (now.Id, now.Roles).ShouldBe((ada.Id, ControlRoles.Approver | ControlRoles.Policy));
        now.Teams.ShouldBe(["by-hand"]);
    }

    [Fact]
    public async Task An_editor_gets_its_ticket_after_sign_in_and_a_click()
    {
        await using var provider = await CertifiedProvider.StartAsync();
        await using var served = await ServedAsync(provider);
        await using var tab = await chromium.OpenAsync(scripts: false);
        await tab.GoAsync($"{served.Url}/roo/extension/sign-in?state={Guid.NewGuid():N}&auth_redirect=vscode%3A%2F%2FRooVeterinaryInc.roo-cline");

        await SignInAsync(tab, "ada");
        (await tab.TextAsync()).ShouldContain("Roo Code in Visual Studio Code");
        tab.Elsewhere.ShouldNotContain(address => address.StartsWith("vscode:", StringComparison.Ordinal));
        await tab.ClickAsync("button", "Yes, sign in");

        (await tab.ElsewhereAsync("vscode://RooVeterinaryInc.roo-cline/auth/clerk/callback?code=")).ShouldContain("&organizationId=org_");
        (await tab.ProblemsAsync()).Where(problem => problem.StartsWith("content security policy", StringComparison.Ordinal)).ShouldBeEmpty(); // what else there is, is of the provider's own pages
    }

    [Fact]
    public async Task A_command_line_gets_its_token_at_its_own_port()
    {
        await using var provider = await CertifiedProvider.StartAsync();
        await using var served = await ServedAsync(provider);
        await using var tab = await chromium.OpenAsync();
        await tab.GoAsync($"{served.Url}/roo/cli/sign-in?state={Guid.NewGuid():N}&callback=http%3A%2F%2F127.0.0.1%3A49251%2Fcallback");

        await SignInAsync(tab, "ada");
        await tab.ClickAsync("button", "Yes, sign in");

        (await tab.ElsewhereAsync("http://127.0.0.1:49251/callback?state=")).ShouldContain("&token=eyJ");
    }

    [Fact]
    public async Task A_machine_is_signed_in_by_its_code_and_gets_tokens_until_it_signs_out()
    {
        await using var provider = await CertifiedProvider.StartAsync();
        await using var served = await ServedAsync(provider);
        var home = Directory.CreateTempSubdirectory("paddock-laptop-").FullName;
        var environment = new Dictionary<string, string> { ["HOME"] = home, ["XDG_CONFIG_HOME"] = home };
        await using var login = PaddockProcess.Run(["login", "--server", served.Url, "--name", "laptop"], environment);
        await login.SaysAsync("if it shows this code", Cancellation);
        await using var tab = await chromium.OpenAsync();
        await tab.GoAsync(login.Said.Split('\n').Select(line => line.Trim()).First(line => line.StartsWith("Open ", StringComparison.Ordinal))["Open ".Length..]);

        await SignInAsync(tab, "ada");
        (await tab.TextAsync()).ShouldContain("laptop");
        await tab.ClickAsync("button", "Yes, sign in");

        (await login.WaitAsync(Cancellation)).ShouldBe(0, login.Said);
        var token = await PaddockProcess.RunAsync(["token"], environment, Cancellation);
        token.Printed.ShouldStartWith("eyJ");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(home, "paddock", "login.json")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        served.Get<KeyAuthenticator>().Authenticate(token.Printed, DateTimeOffset.UtcNow).ShouldBeOfType<KeyOutcome.Known>().Caller.Principal.Name.ShouldBe("ada@company.example");
        (await PaddockProcess.RunAsync(["logout"], environment, Cancellation)).Code.ShouldBe(0);
        served.Get<KeyAuthenticator>().Authenticate(token.Printed, DateTimeOffset.UtcNow).ShouldBeOfType<KeyOutcome.Refused>();
        (await PaddockProcess.RunAsync(["token"], environment, Cancellation)).Code.ShouldBe(1);
        Directory.Delete(home, recursive: true);
    }

    [Fact]
    public async Task Who_is_in_no_group_that_may_or_is_named_like_somebody_else_does_not_come_in()
    {
        await using var provider = await CertifiedProvider.StartAsync("""{"eve": {"groups": []}, "mal": {"email": "bob"}, "unverified": {"email_verified": false}}""");
        await using var served = await ServedAsync(provider);
        await served.UserAsync("bob", "admin");

        foreach (var (name, why) in new[] { ("eve", "none of the groups"), ("mal", "paddock user invite bob"), ("unverified", "not verified") })
        {
            await using var tab = await chromium.OpenAsync();
            await tab.GoAsync(served.Url + "/sign-in");
            await SignInAsync(tab, name);
            tab.Status.ShouldBe(403);
            (await tab.TextAsync()).ShouldContain(why);
            (await tab.CookiesAsync()).ShouldNotContain(cookie => cookie.Name == "paddock-session");
        }

        served.Identities.Current.Principals.Select(person => person.Name).Order().ShouldBe(["admin", "bob"]);
    }

    [Fact]
    public async Task Who_was_here_before_is_linked_by_an_invitation()
    {
        await using var provider = await CertifiedProvider.StartAsync("""{"mal": {"email": "somebody@else.example"}}""");
        await using var served = await ServedAsync(provider);
        var bob = await served.UserAsync("bob");
        await using var tab = await chromium.OpenAsync();

        await tab.GoAsync(served.Url + "/sign-in");
        await tab.GoAsync(served.Url + await served.InviteAsync("bob"));
        await LogInAsync(tab, "mal");

        tab.Url.ShouldBe(served.Url + "/account");
        served.Identities.Current.Keys.Where(key => key.IsSession).ShouldHaveSingleItem().Owner.Value.ShouldBe(bob.Id);
    }

    [Fact]
    public async Task A_way_back_that_was_not_begun_here_or_is_gone_again_leads_nowhere()
    {
        await using var provider = await CertifiedProvider.StartAsync();
        await using var served = await ServedAsync(provider);
        await using var tab = await chromium.OpenAsync();
        await tab.GoAsync(served.Url + "/sign-in");
        await SignInAsync(tab, "ada");
        var back = tab.Elsewhere.Count;
        await using var other = await chromium.OpenAsync();

        foreach (var answer in (string[])["?code=x&state=y", "?state=y", "?error=access_denied&state=y", ""])
        {
            await other.GoAsync(served.Url + "/sign-in/callback" + answer);
            other.Status.ShouldBe(400);
            (await other.CookiesAsync()).ShouldNotContain(cookie => cookie.Name == "paddock-session");
        }

        back.ShouldBeGreaterThan(0);
    }

    internal static Task<ServedPeople> ServedAsync(CertifiedProvider provider) => ServedPeople.StartAsync(settings => settings with
    {
        SignIn = new()
        {
            Oidc = new("the company", new(provider.Issuer), CertifiedProvider.ClientId, new(CertifiedProvider.ClientSecret), "openid email profile groups", "email", "groups", CaFile: null),
            Rules = new()
            {
                Groups = new() { Teams = [("platform", "platform")], Roles = [("platform", ControlRoles.Viewer), ("security", ControlRoles.Approver)] },
                AllowedGroups = ["staff", "platform", "security"],
            },
        },
    });

    /// <summary>From our page to the provider's, and back.</summary>
    private static async Task SignInAsync(Tab tab, string name)
    {
        await tab.ClickAsync("link", "Sign in with the company");
        await LogInAsync(tab, name);
    }

    private static async Task LogInAsync(Tab tab, string name)
    {
        await tab.EvaluateAsync($"document.querySelector('input[name=login]').value = '{name}'");
        await tab.EvaluateAsync("document.querySelector('input[name=password]').value = 'whatever'");
        await tab.ClickAsync("button", "Sign-in");
        await tab.ClickAsync("button", "Continue");
    }
}
