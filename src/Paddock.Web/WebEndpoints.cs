using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Control.Identity;
using Paddock.Core.Approvals;
using Paddock.Web.Approvals;
using Paddock.Web.Audit;
using Paddock.Web.Identity;
using Paddock.Web.Kit;
using Paddock.Web.Start;

namespace Paddock.Web;

/// <summary>The console: how people come in, a page that says how to attach an agent, the approver's, and the audit log's. Needs the control plane's use cases.</summary>
public static class WebEndpoints
{
    /// <summary>Largest form: bytes.</summary>
    private const int MostBytes = 32 << 10;

    public static IServiceCollection AddWeb(this IServiceCollection services) => services
        .AddSingleton<RefusedSignIns>().AddSingleton<ConsoleSessions>().AddSingleton<BegunSignIns>().AddSingleton<SignInPages>().AddSingleton<ProviderPages>().AddSingleton<AgentSignInPages>().AddSingleton<DevicePages>()
        .AddSingleton<ApprovalPages>().AddSingleton<AuditLogPages>();

    /// <summary>How people come in, and what the pages for it need: there for developers too, who reach agents' endpoints only.</summary>
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
        Get<AgentSignInPages>(routes).Map(open);
        return routes;
    }

    public static IEndpointRouteBuilder MapWeb(this IEndpointRouteBuilder routes)
    {
        var sessions = Get<ConsoleSessions>(routes);
        routes.MapGet("/", (RequestDelegate)(http => StartPage.Of(sessions.Of(http)).WriteAsync(http))).AllowAnonymous();
        routes.MapGet(AuditLogPages.Path, (RequestDelegate)Get<AuditLogPages>(routes).ShowAsync).AllowAnonymous(); // as those below

        // These look after their own sessions, and answer 401 with the sign-in form to those who have none.
        var approvals = routes.MapGroup(ApprovalLinks.Path).AllowAnonymous().WithMetadata(new RequestSizeLimitAttribute(MostBytes));
        var pages = Get<ApprovalPages>(routes);
        approvals.MapGet("", (RequestDelegate)pages.InboxAsync);
        approvals.MapGet("/{approval}", (RequestDelegate)pages.ShowAsync);
        approvals.MapPost("/{approval}", (RequestDelegate)pages.DecideAsync);
        return routes;
    }

    private static T Get<T>(IEndpointRouteBuilder routes)
        where T : notnull => routes.ServiceProvider.GetRequiredService<T>();
}
