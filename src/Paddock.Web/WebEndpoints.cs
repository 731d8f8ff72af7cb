using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Control.Identity;
using Paddock.Core.Approvals;
using Paddock.Web.Agents;
using Paddock.Web.Alerts;
using Paddock.Web.Approvals;
using Paddock.Web.Audit;
using Paddock.Web.Identity;
using Paddock.Web.Incidents;
using Paddock.Web.Kit;
using Paddock.Web.Metrics;
using Paddock.Web.Policies;
using Paddock.Web.Runbooks;
using Paddock.Web.Start;
using Paddock.Web.Tasks;

namespace Paddock.Web;

/// <summary>The console: how people come in, everybody's own account, a page that says how to attach an agent, and those of approvers and operators. Needs the control plane's use cases.</summary>
public static class WebEndpoints
{
    /// <summary>Largest form: bytes.</summary>
    private const int MostBytes = 32 << 10;

    /// <summary>A postmortem with all its texts: bytes.</summary>
    private const int MostPostmortemBytes = 256 << 10;

    public static IServiceCollection AddWeb(this IServiceCollection services) => services
        .AddSingleton<RefusedSignIns>().AddSingleton<ConsoleSessions>().AddSingleton<BegunSignIns>().AddSingleton<SignInPages>().AddSingleton<ProviderPages>().AddSingleton<AgentSignInPages>().AddSingleton<DevicePages>()
        .AddSingleton<ConsoleDoor>().AddSingleton<AccountPages>().AddSingleton<PeoplePages>().AddSingleton<PersonPages>().AddSingleton<TeamPages>().AddSingleton<ClientPages>().AddSingleton<PersonClients>()
        .AddSingleton<ApprovalPages>().AddSingleton<AuditLogPages>().AddSingleton<EntryPages>().AddSingleton<OverviewPages>().AddSingleton<DefinitionsPages>().AddSingleton<TaskPages>().AddSingleton<DecisionPages>()
        .AddSingleton<AlertPages>().AddSingleton<IncidentPages>().AddSingleton<StatusPages>().AddSingleton<RunbookPages>().AddSingleton<RunPages>();

    /// <summary>How people come in, what the pages for it need, and what is everybody's own: there for developers too, who reach agents' endpoints only.</summary>
    public static IEndpointRouteBuilder MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/assets/console.css", new EmbeddedAsset("kit/console.css", "text/css; charset=utf-8").WriteAsync).AllowAnonymous();
        var open = routes.MapGroup("").AllowAnonymous().WithMetadata(new RequestSizeLimitAttribute(MostBytes));
        open.MapPost(ThemeCookie.Path, (RequestDelegate)ThemeCookie.ChooseAsync);
        var (signIn, provider, devices) = (Get<SignInPages>(routes), Get<ProviderPages>(routes), Get<DevicePages>(routes));
        open.MapGet(SignInPaths.SignIn, (RequestDelegate)signIn.ShowAsync);
        open.MapPost(SignInPaths.SignIn, (RequestDelegate)signIn.SignInAsync);
        open.MapPost(SignInPaths.SignOut, (RequestDelegate)signIn.SignOutAsync);
        open.MapGet(InvitePerson.Page, (RequestDelegate)signIn.ShowPasswordAsync);
        open.MapPost(InvitePerson.Page, (RequestDelegate)signIn.ChoosePasswordAsync);
        open.MapGet(SignInPaths.Provider, (RequestDelegate)provider.BeginAsync);
        open.MapGet(SignInPaths.Callback, (RequestDelegate)provider.CompleteAsync);
        open.MapGet(SignInPaths.Device, (RequestDelegate)devices.ShowAsync);
        open.MapPost(SignInPaths.Device, (RequestDelegate)devices.AnswerAsync);
        var account = Get<AccountPages>(routes);
        open.MapGet(AccountPages.Path, (RequestDelegate)account.ShowAsync);
        open.MapPost(AccountPages.Path, (RequestDelegate)account.TakeAsync);
        var tasks = Get<TaskPages>(routes);
        open.MapGet(TaskPages.Path, (RequestDelegate)tasks.ListAsync);
        open.MapGet(TaskPages.Pattern, (RequestDelegate)tasks.ShowAsync);
        open.MapPost(TaskPages.Pattern, (RequestDelegate)tasks.TakeAsync);
        open.MapGet(StatusPages.Path, (RequestDelegate)Get<StatusPages>(routes).ShowAsync);
        Get<AgentSignInPages>(routes).Map(open);
        return routes;
    }

    public static IEndpointRouteBuilder MapWeb(this IEndpointRouteBuilder routes)
    {
        var sessions = Get<ConsoleSessions>(routes);
        routes.MapGet(Places.Start, (RequestDelegate)Get<OverviewPages>(routes).ShowAsync).AllowAnonymous();
        routes.MapGet(StartPage.Path, (RequestDelegate)(http => StartPage.Of(sessions.Of(http)).WriteAsync(http))).AllowAnonymous();

        // These look after their own sessions, and answer 401 with the sign-in form to those who have none.
        var pages = routes.MapGroup("").AllowAnonymous().WithMetadata(new RequestSizeLimitAttribute(MostBytes));
        var (approvals, people, person, teams) = (Get<ApprovalPages>(routes), Get<PeoplePages>(routes), Get<PersonPages>(routes), Get<TeamPages>(routes));
        pages.MapGet(ApprovalLinks.Path, (RequestDelegate)approvals.InboxAsync);
        pages.MapGet(ApprovalLinks.Path + "/{approval}", (RequestDelegate)approvals.ShowAsync);
        pages.MapPost(ApprovalLinks.Path + "/{approval}", (RequestDelegate)approvals.DecideAsync);
        var alerts = Get<AlertPages>(routes);
        pages.MapGet(AlertPages.Path, (RequestDelegate)alerts.ShowAsync);
        pages.MapPost(AlertPages.Path, (RequestDelegate)alerts.TakeAsync);
        var incidents = Get<IncidentPages>(routes);
        pages.MapGet(IncidentPages.Path, (RequestDelegate)incidents.ListAsync);
        pages.MapPost(IncidentPages.Path, (RequestDelegate)incidents.TakeListAsync);
        pages.MapGet(IncidentPages.Pattern, (RequestDelegate)incidents.ShowAsync);
        pages.MapPost(IncidentPages.Pattern, (RequestDelegate)incidents.TakeAsync);
        pages.MapPost(IncidentPages.Pattern + "/postmortem", (RequestDelegate)incidents.TakePostmortemAsync).WithMetadata(new RequestSizeLimitAttribute(MostPostmortemBytes));
        MapRunbooks(pages);
        pages.MapGet(AuditLogPages.Path, (RequestDelegate)Get<AuditLogPages>(routes).ShowAsync);
        pages.MapGet(EntryPages.Pattern, (RequestDelegate)Get<EntryPages>(routes).ShowAsync);
        pages.MapGet(DefinitionsPages.Path, (RequestDelegate)Get<DefinitionsPages>(routes).ShowAsync);
        pages.MapGet(DecisionPages.Pattern, (RequestDelegate)Get<DecisionPages>(routes).ShowAsync);
        pages.MapGet(PeoplePages.Path, (RequestDelegate)people.ShowAsync);
        pages.MapPost(PeoplePages.Path, (RequestDelegate)people.TakeAsync);
        pages.MapGet(PersonPages.Pattern, (RequestDelegate)person.ShowAsync);
        pages.MapPost(PersonPages.Pattern, (RequestDelegate)person.TakeAsync);
        pages.MapGet(TeamPages.Path, (RequestDelegate)teams.ShowAsync);
        pages.MapGet(ClientPages.Path, (RequestDelegate)Get<ClientPages>(routes).ShowAsync);
        return routes;
    }

    private static void MapRunbooks(IEndpointRouteBuilder pages)
    {
        var (runbooks, runs) = (Get<RunbookPages>(pages), Get<RunPages>(pages));
        pages.MapGet(RunbookPages.Path, (RequestDelegate)runbooks.ListAsync);
        pages.MapPost(RunbookPages.Path, (RequestDelegate)runbooks.TakeListAsync);
        pages.MapGet(RunbookPages.Pattern, (RequestDelegate)runbooks.ShowAsync);
        pages.MapPost(RunbookPages.Pattern, (RequestDelegate)runbooks.TakeAsync);
        pages.MapGet(RunPages.Pattern, (RequestDelegate)runs.ShowAsync);
        pages.MapPost(RunPages.Pattern, (RequestDelegate)runs.TakeAsync);
    }

    private static T Get<T>(IEndpointRouteBuilder routes)
        where T : notnull => routes.ServiceProvider.GetRequiredService<T>();
}
