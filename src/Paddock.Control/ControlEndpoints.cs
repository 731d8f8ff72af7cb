using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Paddock.Control.Access;
using Paddock.Control.Agents;
using Paddock.Control.Alerts;
using Paddock.Control.Approvals;
using Paddock.Control.Audit;
using Paddock.Control.Audit.Payloads;
using Paddock.Control.Budgets;
using Paddock.Control.Containments;
using Paddock.Control.Identity;
using Paddock.Control.Incidents;
using Paddock.Control.Installation;
using Paddock.Control.Ledger;
using Paddock.Control.Metrics;
using Paddock.Control.Modes;
using Paddock.Control.Policies;
using Paddock.Control.Releases;
using Paddock.Control.Runbooks;
using Paddock.Control.Scm;
using Paddock.Control.Tasks;
using Paddock.Core.Containments;
using Paddock.Core.Identity;
using Paddock.Core.Metrics;
using Paddock.Core.Tools;

namespace Paddock.Control;

/// <summary>
/// The control plane: use cases and their HTTP API below <c>/control/v1</c>. Needs from others: the stores of Core, snapshots, budgets,
/// the key authenticator, the pepper and <see cref="IInstallation"/>. The host must send every request through <see cref="ControlDoor.AdmitAsync"/>.
/// </summary>
public static class ControlEndpoints
{
    /// <summary>Name of the OpenAPI document; with its pattern it makes <c>/control/openapi.json</c>.</summary>
    private const string Document = "openapi";

    /// <summary>Largest body of a control request, but for releases: bytes.</summary>
    private const int MostBytes = 64 << 10;

    public static IServiceCollection AddControl(this IServiceCollection services)
    {
        services.AddSingleton<ControlDoor>();
        services.AddSingleton<CreateKey>().AddSingleton<ListKeys>().AddSingleton<RotateKey>().AddSingleton<RevokeKey>();
        services.AddSingleton<CreateOwnKey>().AddSingleton<RotateOwnKey>().AddSingleton<RevokeOwnKey>().AddSingleton<EndOtherSessions>().AddSingleton<ShowUser>().AddSingleton<ListTeams>();
        services.AddSingleton<CreateUser>().AddSingleton<ListUsers>().AddSingleton<ChangeUser>().AddSingleton<EraseUser>();
        services.AddSingleton<Sessions>().AddSingleton<PasswordHashing>().AddSingleton<SignInLocally>().AddSingleton<SignInExternally>().AddSingleton<InvitePerson>().AddSingleton<ChoosePassword>();
        services.AddSingleton<GrantSession>().AddSingleton<RedeemTicket>().AddSingleton<IssueToken>().AddSingleton<EndSession>().AddSingleton<ListSessions>().AddSingleton<DeviceSignIn>().AddSingleton<OAuthEndpoints>();
        services.TryAddSingleton(new SessionLifetimes());
        services.TryAddSingleton(new ExternalSignInRules());
        services.TryAddSingleton<IIdentityProvider, NoIdentityProvider>();
        services.AddSingleton<ReleaseRejections>().AddSingleton<ReleaseBook>().AddSingleton<CheckRelease>().AddSingleton<ImportRelease>().AddSingleton<ActivateRelease>().AddSingleton<ListReleases>().AddSingleton<ShowRelease>();
        services.TryAddSingleton<ToolShapes>();
        services.AddSingleton<DescribedCalls>().AddSingleton<FindPolicies>().AddSingleton<ExplainDecision>().AddSingleton<ReplayDecisions>();
        services.AddSingleton<ListCalls>().AddSingleton<ShowCall>().AddSingleton<ShowProviders>();
        services.AddSingleton<ShowBudgets>();
        services.TryAddSingleton(new MetricRules());
        services.AddSingleton<ShowMetrics>();
        services.AddSingleton<ListTasks>().AddSingleton<ShowTask>().AddSingleton<JudgeTask>().AddSingleton<TimelineFacts>().AddSingleton<TimelineCalls>().AddSingleton<ShowTimeline>();
        services.TryAddSingleton(new ScmSecret(null));
        services.AddSingleton<TakeReport>().AddSingleton<ScmDoor>();
        services.AddAlerts().AddIncidents();
        services.AddRunbooks();
        services.AddSingleton<ListClients>();
        services.AddSingleton<ListTeamProfiles>().AddSingleton<WriteTeamProfile>();
        services.AddSingleton<Deciding>().AddSingleton<ListApprovals>().AddSingleton<ShowApproval>().AddSingleton<ApproveRequest>().AddSingleton<DenyRequest>();
        services.AddSingleton<RevokeApproval>().AddSingleton<OverrideRefusal>().AddSingleton<ListApprovers>();
        services.AddSingleton<ListDecisions>().AddSingleton<ShowDecision>();
        services.TryAddSingleton<IRunningCalls, NoRunningCalls>();
        services.AddSingleton<Selecting>().AddSingleton<Contain>().AddSingleton<LiftContainment>().AddSingleton<ListContainments>();
        services.AddSingleton<BreakTheGlass>().AddSingleton<MendTheGlass>().AddSingleton<Reconcile>();
        services.AddSingleton<ListEntries>().AddSingleton<ExportEntries>().AddSingleton<ShowEntries>().AddSingleton<ProveEntry>().AddSingleton<ShowLog>().AddSingleton<RotateLogKey>().AddSingleton<RestartLog>().AddSingleton<RemoveShard>();
        services.AddSingleton<ListContent>().AddSingleton<ReadContent>().AddSingleton<RedactContent>().AddSingleton<ShredKey>().AddSingleton<ListDataKeys>();
        services.AddSingleton<LayHold>().AddSingleton<EndHold>().AddSingleton<ListHolds>().AddSingleton<ShowRetention>();
        services.AddSingleton<ShowStatus>().AddSingleton<BackUp>();
        services.AddSingleton<EvaluateAccess>().AddSingleton<AccessDoor>();
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ControlJson.Default));
        services.AddOpenApi(Document, options => options.ShouldInclude = description => description.RelativePath?.StartsWith("control/v1/", StringComparison.Ordinal) is true);
        return services;
    }

    /// <summary>How machines sign in: open to all, as each request shows a code or a session's secret.</summary>
    public static IEndpointRouteBuilder MapOAuth(this IEndpointRouteBuilder routes)
    {
        OAuthEndpoints.Map(routes);
        return routes;
    }

    /// <summary>Where source control and CI systems report: open to all, as each report is signed.</summary>
    public static IEndpointRouteBuilder MapScm(this IEndpointRouteBuilder routes)
    {
        ScmDoor.Map(routes);
        return routes;
    }

    public static IEndpointRouteBuilder MapControl(this IEndpointRouteBuilder routes)
    {
        var control = routes.MapGroup("/control/v1").WithMetadata(new ControlEndpoint(ControlRoles.None), new RequestSizeLimitAttribute(MostBytes));
        control.ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);
        control.MapIdentity();
        control.MapReleases();
        control.MapPolicies();
        control.MapLedger();
        control.MapBudgets();
        control.MapMetrics();
        control.MapTasks();
        control.MapAlerts();
        control.MapRunbooks();
        control.MapIncidents();
        control.MapClients();
        control.MapModes();
        control.MapApprovals();
        control.MapDecisions();
        control.MapContainments();
        control.MapAuditCare();
        control.MapAuditEntries();
        control.MapAuditPayloads();
        control.MapInstallation();
        routes.MapOpenApi("/control/{documentName}.json").WithMetadata(new ControlEndpoint(ControlRoles.Viewer));
        return routes;
    }
}
