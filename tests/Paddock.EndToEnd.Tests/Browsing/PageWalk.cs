using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Control;
using Paddock.Control.Identity;
using Paddock.EndToEnd.Tests.Identity;
using Paddock.Settings;

namespace Paddock.EndToEnd.Tests.Browsing;

/// <summary>
/// A walk over every page of the console, in the states in which people meet it: at work, in a new installation, and where an identity
/// provider signs people in. A new page goes where it belongs; a test looks that none is missing.
/// </summary>
public sealed class PageWalk(Chromium chromium) : IAsyncLifetime
{
    private readonly List<PageWalker> walkers = [];

    internal IEnumerable<PageFault> Faults => walkers.SelectMany(walker => walker.Faults);

    /// <summary>Paths of all pages that were looked at.</summary>
    internal IEnumerable<string> Visited => walkers.SelectMany(walker => walker.Visited);

    /// <summary>All that a server has.</summary>
    internal IReadOnlyList<Endpoint> Endpoints { get; private set; } = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await Task.WhenAll(WalkAtWorkAsync(), WalkNewAsync(), WalkByProviderAsync());

    public async ValueTask DisposeAsync()
    {
        foreach (var walker in walkers)
        {
            await walker.Tab.DisposeAsync();
        }
    }

    private async Task WalkAtWorkAsync()
    {
        await using var at = await InhabitedPaddock.StartAsync();
        Endpoints = at.Get<EndpointDataSource>().Endpoints;
        var walker = await WalkerAsync(at.Url);
        await PageScenes.ComeInAsync(walker);
        await PageScenes.AccountAsync(walker);
        await PageScenes.PeopleAsync(walker);
        await PageScenes.TasksAsync(walker, at);
        await PageScenes.AlertsAsync(walker);
        await PageScenes.IncidentsAsync(walker, at);
        await PageScenes.RunbooksAsync(walker, at);
        await PageScenes.ApprovalsAsync(walker, at);
        await PageScenes.AgentsAsync(walker, at);
    }

    private async Task WalkNewAsync()
    {
        await using var served = await ServedPeople.StartAsync();
        await served.PersonAsync("root", "admin");
        var walker = await WalkerAsync(served.Url);
        await walker.SignInAsync("root");
        await walker.GoAsync("/account", "There is no key that works");
        await walker.GoAsync("/people", "2 people and service accounts");
        await walker.GoAsync("/", "No agent has worked in this window.");
        await walker.GoAsync("/tasks", "No agent has worked yet.");
        await walker.GoAsync("/teams", "There is no team yet.");
        await walker.GoAsync("/clients", "No agent has called yet.");
        await walker.GoAsync("/alerts", "No alert is open.");
        await walker.GoAsync("/incidents", "No incident is open.");
        await walker.GoAsync("/status", "Nothing is known to be wrong.");
        await walker.GoAsync("/runbooks", "Nothing is mitigated");
        await walker.GoAsync("/approvals", "Nothing waits for you.");
        await walker.GoAsync("/audit-log", "never. Whoever has the log’s key could still rewrite it");

        await served.PersonAsync("plain");
        await Task.WhenAll(from number in Enumerable.Range(10, 55) select served.Get<CreateUser>().RunAsync(Actor.Local, new() { Name = $"developer.{number}" }, Cancellation));
        await walker.GoAsync("/people?page=2", "Page 2 of 2");
        await walker.Tab.ClickAsync("button", "Sign out");
        await walker.SignInAsync("plain");
        await walker.GoAsync("/people", "It needs the control role viewer.", 403);
        await walker.GoAsync("/tasks", "Your tasks");
        await walker.GoAsync("/", "Point your agent here");
        await walker.PressAsync("button", "Sign out", "You are signed out.");
        await ByKeyAsync(walker, served);
    }

    /// <summary>Somebody who reads, and came with a key.</summary>
    private static async Task ByKeyAsync(PageWalker walker, ServedPeople served)
    {
        var key = (await served.Get<CreateKey>().RunAsync(Actor.Local, new() { Name = "reads", User = "reader", Control = ["viewer"] }, Cancellation)).ShouldBeOfType<Outcome<NewKey>.Done>().Value.Token;
        await walker.Tab.GoAsync(served.Url + "/sign-in");
        await walker.Tab.TickAsync("DisclosureTriangle", "Sign in with a key");
        await walker.Tab.FillAsync("Key", key);
        await walker.PressAsync("button", "Sign in with this key", "No agent has worked in this window.");
        await walker.GoAsync("/account", "You came with a key.");
        await walker.GoAsync("/people/plain", "Nothing is signed in.");
    }

    private async Task WalkByProviderAsync()
    {
        await using var provider = await StrangeProvider.StartAsync();
        await using var served = await ServedPeople.StartAsync(
            settings => settings with { SignIn = new() { Oidc = provider.Settings } }, builder => builder.Services.AddSingleton<IStartupFilter, Staying>());
        var walker = await WalkerAsync(served.Url);
        await walker.GoAsync("/sign-in", "Sign in with strange");
        await walker.Tab.ClickAsync("link", "Sign in with strange");
        var asked = new Uri(walker.Tab.Elsewhere[^1]).Query.TrimStart('?').Split('&').Select(part => part.Split('=')).ToDictionary(part => part[0], part => Uri.UnescapeDataString(part[1]), StringComparer.Ordinal);
        provider.Nonce = asked["nonce"];
        await walker.GoAsync($"/sign-in/callback?code=some&state={asked["state"]}", "You are signed in");
        await served.ChangeAsync("ada@company.example", new() { Roles = ["admin"] });
        await walker.GoAsync("/people/ada@company.example", "come from groups of the identity provider");
    }

    private async Task<PageWalker> WalkerAsync(string url)
    {
        var walker = await PageWalker.OfAsync(chromium, url);
        lock (walkers)
        {
            walkers.Add(walker);
        }

        return walker;
    }

    /// <summary>Pages that lead on by themselves stay, to be looked at.</summary>
    private sealed class Staying : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, then) =>
            {
                http.Response.OnStarting(() => Task.FromResult(http.Response.Headers.Remove("Refresh")));
                return then(http);
            });
            next(app);
        };
    }
}
