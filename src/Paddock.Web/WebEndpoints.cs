using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Core.Approvals;
using Paddock.Web.Approvals;
using Paddock.Web.Audit;
using Paddock.Web.Identity;
using Paddock.Web.Kit;
using Paddock.Web.Start;

namespace Paddock.Web;

/// <summary>The console: a page that says how to attach an agent, the approver's, and the audit log's. Needs the control plane's use cases.</summary>
public static class WebEndpoints
{
    /// <summary>Largest form: bytes.</summary>
    private const int MostBytes = 32 << 10;

    public static IServiceCollection AddWeb(this IServiceCollection services) => services.AddSingleton<RefusedSignIns>().AddSingleton<ConsoleSessions>().AddSingleton<ApprovalPages>().AddSingleton<AuditLogPages>();

    public static IEndpointRouteBuilder MapWeb(this IEndpointRouteBuilder routes)
    {
        var sessions = routes.ServiceProvider.GetRequiredService<ConsoleSessions>();
        routes.MapGet("/", (RequestDelegate)(http => StartPage.Of(sessions.Of(http)).WriteAsync(http))).AllowAnonymous();
        routes.MapGet("/assets/console.css", new EmbeddedAsset("kit/console.css", "text/css; charset=utf-8").WriteAsync).AllowAnonymous();
        routes.MapPost(ThemeCookie.Path, (RequestDelegate)ThemeCookie.ChooseAsync).AllowAnonymous().WithMetadata(new RequestSizeLimitAttribute(MostBytes));

        routes.MapGet(AuditLogPages.Path, (RequestDelegate)routes.ServiceProvider.GetRequiredService<AuditLogPages>().ShowAsync).AllowAnonymous(); // as those below

        // These look after their own sessions, and answer 401 with the sign-in form to those who have none.
        var approvals = routes.MapGroup(ApprovalLinks.Path).AllowAnonymous().WithMetadata(new RequestSizeLimitAttribute(MostBytes));
        var pages = routes.ServiceProvider.GetRequiredService<ApprovalPages>();
        approvals.MapGet("", (RequestDelegate)pages.InboxAsync);
        approvals.MapPost("/sign-in", (RequestDelegate)pages.SignInAsync);
        approvals.MapPost("/sign-out", (RequestDelegate)pages.SignOutAsync);
        approvals.MapGet("/{approval}", (RequestDelegate)pages.ShowAsync);
        approvals.MapPost("/{approval}", (RequestDelegate)pages.DecideAsync);
        return routes;
    }
}
