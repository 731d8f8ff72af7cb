namespace Paddock.EndToEnd.Tests.Browsing;

/// <summary>What somebody sees of the pages of an installation at work.</summary>
internal static class PageScenes
{
    private const string Editor = "auth_redirect=vscode://RooVeterinaryInc.roo-cline&state=state-of-the-walk-";

    public static async Task ComeInAsync(PageWalker walker)
    {
        await walker.GoAsync("/", "Point your agent here");
        await walker.GoAsync("/start", "Point your agent here");
        await walker.GoAsync("/sign-in/password?ticket=none", "Choose a password");
        await walker.Tab.FillAsync("Password", "short");
        await walker.PressAsync("button", "Choose it", "A password has 15 to 256 characters.", 400);
        await walker.GoAsync("/sign-in/provider", "No identity provider is configured here.", 404);
        await walker.GoAsync("/sign-in/callback", "You are not signed in", 400);
        await walker.GoAsync("/sign-in", "Sign in with a key");
        await walker.Tab.FillAsync("Name", "nobody");
        await walker.Tab.FillAsync("Password", "nothing");
        await walker.PressAsync("button", "Sign in", "Name or password is wrong", 401);
        await walker.SignInAsync(InhabitedPaddock.Mara);
    }

    public static async Task AccountAsync(PageWalker walker)
    {
        await walker.GoAsync("/account", "this one");
        await walker.Tab.FillAsync("What it is for", "telephone");
        await walker.PressAsync("button", "Make the key", "Copy it now.");
        await walker.GoAsync("/account?done=revoke-key", "The key is revoked.");
    }

    public static async Task PeopleAsync(PageWalker walker)
    {
        await walker.GoAsync("/people", InhabitedPaddock.Pipeline);
        await walker.GoAsync("/people?q=somebody-else", "Nobody is found by that.");
        await walker.Tab.FillAsync("Name", "two words");
        await walker.PressAsync("button", "Make", "A user's name", 400);
        await walker.GoAsync("/people/tomasz.nowak", "tomasz-mbp.office.company.example");
        await walker.PressAsync("button", "Make the link", "Invitation for tomasz.nowak");
        await walker.GoAsync("/people/alexandra.papadimitriou-vandenberghe@contractors.company.example?done=change", "Saved.");
        await walker.GoAsync("/people/hiro.tanaka", "disabled");
        await walker.GoAsync($"/people/{InhabitedPaddock.Pipeline}", "service account");
        await walker.GoAsync("/people/nobody", "There is no such person or service account.", 404);
        await walker.GoAsync("/teams", "release-safe");
        await walker.GoAsync("/clients", "stale");
        await walker.GoAsync("/audit-log", "witness.company.example");
    }

    public static async Task TasksAsync(PageWalker walker, InhabitedPaddock at)
    {
        await walker.GoAsync("/", "Task success");
        await walker.GoAsync("/?window=24h&by=agent", "claude-code");
        await walker.GoAsync("/?window=30d&by=team", "would be about each of them");
        await walker.GoAsync("/?team=payments", "fewer than 5 people");
        await walker.GoAsync("/?by=colour", "by is none of", 400);
        await walker.GoAsync("/definitions", "Wilson");
        await walker.GoAsync("/tasks", "done, says the agent");
        await walker.GoAsync("/tasks?state=failed&user=tomasz.nowak", "its last model call ended with overloaded");
        await walker.GoAsync("/tasks?search=nothing", "No task is found by that.");
        await walker.GoAsync("/tasks?user=nobody", "There is no such user.", 404);
        await walker.GoAsync($"/tasks/{at.Tasks.Story}", "History on main is not rewritten.");
        await walker.GoAsync($"/tasks/{at.Tasks.Story}?only=trouble", "failed with 1");
        await walker.GoAsync("/tasks/task_none", "There is no such task", 404);
        await walker.GoAsync($"/decisions/{at.Tasks.Refused}", "Rebase on a branch");
        await walker.GoAsync("/decisions/dec_none", "There is no such decision", 404);
        await walker.GoAsync($"/audit-log/{at.Tasks.Entry}", "Exactly what is hashed");
        await walker.GoAsync("/audit-log/none", "There is no such entry.", 404);
        await walker.GoAsync($"/tasks/{at.Tasks.Story}", "Accept it");
        await walker.PressAsync("button", "Accept it", "Accepted: it counts as succeeded.");
    }

    public static async Task AlertsAsync(PageWalker walker)
    {
        await walker.GoAsync("/alerts", "92 % of it is model gpt-5");
        await walker.Tab.FillAsync("Rule", "spend-drift");
        await walker.Tab.FillAsync("Why", "A migration runs until noon.");
        await walker.PressAsync("button", "Keep quiet", "Nobody is told of these until then.");
        await walker.GoAsync("/alerts?done=end-silence", "The silence has ended.");
    }

    public static async Task IncidentsAsync(PageWalker walker, InhabitedPaddock at)
    {
        await walker.GoAsync("/incidents", "Open an incident");
        await walker.Tab.FillAsync("What is wrong", "two\u0007");
        await walker.PressAsync("button", "Open it", "A title is one line", 400);
        await walker.GoAsync("/incidents?done=on-call", "Saved.");
        await walker.GoAsync($"/incidents/{at.Incident}", "overdue");
        await walker.PressAsync("button", "Acknowledge", "Done.");
        await walker.Tab.GoAsync($"{at.Url}/incidents/{at.Incident}");
        await walker.Tab.TickAsync("DisclosureTriangle", "Write it");
        await walker.Tab.FillAsync("Causes", "A certificate of hosted ran out, and nothing had looked at its end.");
        await walker.PressAsync("button", "Save the postmortem", "not approved");
        await walker.GoAsync($"/incidents/{at.Learnt}", "RouteTests.None");
        await walker.GoAsync("/incidents/none", "There is no such incident.", 404);
        await walker.GoAsync("/status", "Choose the model");
    }

    public static async Task RunbooksAsync(PageWalker walker, InhabitedPaddock at)
    {
        await walker.GoAsync("/runbooks", "Routes ask provider 'hosted' last");
        await walker.GoAsync("/runbooks/provider-degradation", "noticed after 5 min");
        await walker.GoAsync("/runbooks/backlog", "It was not seen.");
        await walker.GoAsync("/runbooks/schema-update", "Only while its drill is verified.");
        await walker.Tab.FillAsync("route", "code");
        await walker.Tab.FillAsync("to", "other");
        await walker.PressAsync("button", "Preview", "The release in force has no route 'code'.");
        await walker.GoAsync("/runbooks/none", "The release in force has no such runbook.", 404);
        await walker.GoAsync($"/runs/{at.Runbooks.Holding}?still=yes", "Why it is taken back");
        await walker.GoAsync($"/runs/{at.Runbooks.Failed}", "could not be done");
        await walker.GoAsync("/runs/run_none", "There is no such run.", 404);
        await walker.GoAsync($"/runs/{at.Runbooks.Waiting}?still=yes", "Nobody’s agent changes anything until it ends");
        await walker.Tab.FillAsync("Reason", "I have read what it tried.");
        await walker.PressAsync("button", "Yes, do it", "You said yes.");
    }

    public static async Task ApprovalsAsync(PageWalker walker, InhabitedPaddock at)
    {
        await walker.GoAsync("/approvals", "Waiting for you");
        await walker.GoAsync($"/approvals/{at.Waiting}", "Approve this once");
        await walker.GoAsync($"/approvals/{at.Careful}", "is written out");
        await walker.GoAsync($"/approvals/{at.Own}", "Let it pass once");
        await walker.GoAsync($"/approvals/{at.Decided["approved"]}", "To be used until");
        await walker.GoAsync($"/approvals/{at.Decided["denied"]}", "Rebase on a branch");
    }

    public static async Task AgentsAsync(PageWalker walker, InhabitedPaddock at)
    {
        await walker.GoAsync("/device", "Type the code that the machine shows.");
        await walker.GoAsync("/device?code=BCDF-GHJK", "No machine waits with this code", 404);
        await walker.GoAsync($"/device?code={(await at.MachineAsync("thinkpad-mara")).UserCode}", "the machine “thinkpad-mara”");
        await walker.GoAsync("/roo/l/company", "This sign-in cannot be done", 400);
        await walker.GoAsync("/roo/cli/sign-in?success=true", "You can close this window.");
        await walker.GoAsync("/roo/extension/provider-sign-up?" + Editor + "1", "Roo Code in Visual Studio Code");
        await walker.Tab.GoAsync(at.Url + "/roo/extension/sign-in?" + Editor + "2");
        await walker.PressAsync("button", "Yes, sign in", "You are signed in"); // last: a browser that asks whether it may open an editor takes no more clicks
    }
}
