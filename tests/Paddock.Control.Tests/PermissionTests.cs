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
using Paddock.Control.Tasks;
using Paddock.Core.Identity;

namespace Paddock.Control.Tests;

/// <summary>Permission is checked inside each use case: whoever calls it, by whatever way.</summary>
public class PermissionTests
{
    private static readonly Dictionary<string, (ControlRoles Enough, Func<ControlUnderTest, Actor, CancellationToken, Task<object>> Run)> useCases = new()
    {
        ["create a key"] = (ControlRoles.Identity, async (c, a, t) => await c.Get<CreateKey>().RunAsync(a, new() { Name = "k", User = "u" }, t)),
        ["list keys"] = (ControlRoles.Viewer | ControlRoles.Identity, async (c, a, t) => await c.Get<ListKeys>().RunAsync(a, t)),
        ["rotate a key"] = (ControlRoles.Identity, async (c, a, t) => await c.Get<RotateKey>().RunAsync(a, "none", new(), t)),
        ["revoke a key"] = (ControlRoles.Identity, async (c, a, t) => await c.Get<RevokeKey>().RunAsync(a, "none", t)),
        ["create a user"] = (ControlRoles.Identity, async (c, a, t) => await c.Get<CreateUser>().RunAsync(a, new() { Name = "u" }, t)),
        ["list users"] = (ControlRoles.Viewer | ControlRoles.Identity, async (c, a, t) => await c.Get<ListUsers>().RunAsync(a, t)),
        ["erase a user"] = (ControlRoles.Identity, async (c, a, t) => await c.Get<EraseUser>().RunAsync(a, "none", t)),
        ["change a user"] = (ControlRoles.Identity, async (c, a, t) => await c.Get<ChangeUser>().RunAsync(a, "none", new(), t)),
        ["invite a person"] = (ControlRoles.Identity, async (c, a, t) => await c.Get<InvitePerson>().RunAsync(a, "none", t)),
        ["end a session"] = (ControlRoles.Identity, async (c, a, t) => await c.Get<EndSession>().RunAsync(a, "none", t)),
        ["show a user"] = (ControlRoles.Viewer | ControlRoles.Identity, async (c, a, t) => await c.Get<ShowUser>().RunAsync(a, "none", t)),
        ["list teams"] = (ControlRoles.Viewer | ControlRoles.Identity, async (c, a, t) => await c.Get<ListTeams>().RunAsync(a, t)),
        ["list sessions"] = (ControlRoles.Viewer | ControlRoles.Identity, async (c, a, t) => await c.Get<ListSessions>().RunAsync(a, null, t)),
        ["list clients"] = (ControlRoles.Viewer | ControlRoles.Identity, async (c, a, t) => await c.Get<ListClients>().RunAsync(a, new(), t)),
        ["check a release"] = (ControlRoles.Policy, async (c, a, t) => await c.Get<CheckRelease>().RunAsync(a, new() { Files = [] }, t)),
        ["import a release"] = (ControlRoles.Policy, async (c, a, t) => await c.Get<ImportRelease>().RunAsync(a, new() { Files = [] }, t)),
        ["activate a release"] = (ControlRoles.Policy, async (c, a, t) => await c.Get<ActivateRelease>().RunAsync(a, "000000", t)),
        ["list releases"] = (ControlRoles.Viewer, async (c, a, t) => await c.Get<ListReleases>().RunAsync(a, t)),
        ["show a release"] = (ControlRoles.Viewer, async (c, a, t) => await c.Get<ShowRelease>().RunAsync(a, "active", t)),
        ["explain a decision"] = (ControlRoles.Viewer, async (c, a, t) => await c.Get<ExplainDecision>().RunAsync(a, new() { Command = "ls" }, t)),
        ["replay decisions"] = (ControlRoles.Policy, async (c, a, t) => await c.Get<ReplayDecisions>().RunAsync(a, new(), t)),
        ["list calls"] = (ControlRoles.Viewer, async (c, a, t) => await c.Get<ListCalls>().RunAsync(a, new(), t)),
        ["show a call"] = (ControlRoles.Viewer, async (c, a, t) => await c.Get<ShowCall>().RunAsync(a, "none", t)),
        ["show providers"] = (ControlRoles.Viewer, async (c, a, t) => await c.Get<ShowProviders>().RunAsync(a, t)),
        ["show budgets"] = (ControlRoles.Viewer, async (c, a, t) => await c.Get<ShowBudgets>().RunAsync(a, t)),
        ["show metrics"] = (ControlRoles.Viewer, async (c, a, t) => await c.Get<ShowMetrics>().RunAsync(a, new(), t)),
        ["list tasks"] = (ControlRoles.Viewer, async (c, a, t) => await c.Get<ListTasks>().RunAsync(a, new(), t)),
        ["judge a task"] = (ControlRoles.Operator, async (c, a, t) => await c.Get<JudgeTask>().RunAsync(a, "none", new("accepted"), t)),
        ["list alerts"] = (ControlRoles.Viewer, async (c, a, t) => await c.Get<ListAlerts>().RunAsync(a, new(), t)),
        ["export alert rules"] = (ControlRoles.Viewer, async (c, a, t) => await c.Get<ExportAlerts>().RunAsync(a, t)),
        ["silence alerts"] = (ControlRoles.Operator, async (c, a, t) => await c.Get<SilenceAlerts>().RunAsync(a, new() { Reason = "r", ForSeconds = 60 }, t)),
        ["end a silence"] = (ControlRoles.Operator, async (c, a, t) => await c.Get<EndSilence>().RunAsync(a, "none", t)),
        ["open an incident"] = (ControlRoles.Operator, async (c, a, t) => await c.Get<OpenIncident>().RunAsync(a, new() { Title = "t", Severity = "sev2", EtaSeconds = 60 }, t)),
        ["list incidents"] = (ControlRoles.Viewer, async (c, a, t) => await c.Get<ListIncidents>().RunAsync(a, new(), t)),
        ["show an incident"] = (ControlRoles.Viewer, async (c, a, t) => await c.Get<ShowIncident>().RunAsync(a, "none", t)),
        ["change an incident"] = (ControlRoles.Operator, async (c, a, t) => await c.Get<ChangeIncident>().RunAsync(a, "none", new() { Do = "ack" }, t)),
        ["write a postmortem"] = (ControlRoles.Operator, async (c, a, t) => await c.Get<WritePostmortem>().RunAsync(a, "none", new() { Version = 0 }, t)),
        ["approve a postmortem"] = (ControlRoles.Operator, async (c, a, t) => await c.Get<ApprovePostmortem>().RunAsync(a, "none", version: null, t)),
        ["say who is on call"] = (ControlRoles.Operator, async (c, a, t) => await c.Get<SetOnCall>().RunAsync(a, new("none"), t)),
        ["show who is on call"] = (ControlRoles.Viewer, async (c, a, t) => await c.Get<ShowOnCall>().RunAsync(a, t)),
        ["show what is wrong now"] = (ControlRoles.Viewer, async (c, a, t) => await c.Get<ShowIncidentStatus>().RunAsync(a, t)),
        ["list runbooks"] = (ControlRoles.Viewer, async (c, a, t) => await c.Get<ListRunbooks>().RunAsync(a, t)),
        ["begin a run"] = (ControlRoles.Operator, async (c, a, t) => await c.Get<StartRun>().RunAsync(a, new() { Runbook = "none" }, t)),
        ["answer a step"] = (ControlRoles.Operator, async (c, a, t) => await c.Get<AnswerStep>().RunAsync(a, "none", "none", new(true, "r"), t)),
        ["take a run back"] = (ControlRoles.Operator, async (c, a, t) => await c.Get<UndoRun>().RunAsync(a, "none", new("r"), t)),
        ["run a drill"] = (ControlRoles.Operator, async (c, a, t) => await c.Get<RunDrill>().RunAsync(a, "none", t)),
        ["list mitigations"] = (ControlRoles.Viewer, async (c, a, t) => await c.Get<ListMitigations>().RunAsync(a, t)),
        ["end a mitigation"] = (ControlRoles.Operator, async (c, a, t) => await c.Get<EndMitigation>().RunAsync(a, "none", t)),
        ["list team profiles"] = (ControlRoles.Viewer, async (c, a, t) => await c.Get<ListTeamProfiles>().RunAsync(a, t)),
        ["write a team profile"] = (ControlRoles.Viewer, async (c, a, t) => await c.Get<WriteTeamProfile>().RunAsync(a, "none", t)),
        ["show the status"] = (ControlRoles.Viewer, async (c, a, t) => await c.Get<ShowStatus>().RunAsync(a, t)),
        ["list approvals"] = (ControlRoles.Approver, async (c, a, t) => await c.Get<ListApprovals>().RunAsync(a, new(), t)),
        ["show an approval"] = (ControlRoles.Approver, async (c, a, t) => await c.Get<ShowApproval>().RunAsync(a, "none", t)),
        ["approve a request"] = (ControlRoles.Approver, async (c, a, t) => await c.Get<ApproveRequest>().RunAsync(a, "none", new(), t)),
        ["deny a request"] = (ControlRoles.Approver, async (c, a, t) => await c.Get<DenyRequest>().RunAsync(a, "none", new(), t)),
        ["revoke an approval"] = (ControlRoles.Approver, async (c, a, t) => await c.Get<RevokeApproval>().RunAsync(a, "none", new(), t)),
        ["override a refusal"] = (ControlRoles.Approver, async (c, a, t) => await c.Get<OverrideRefusal>().RunAsync(a, "none", new(), t)),
        ["list decisions"] = (ControlRoles.Viewer, async (c, a, t) => await c.Get<ListDecisions>().RunAsync(a, new(), t)),
        ["show a decision"] = (ControlRoles.Viewer, async (c, a, t) => await c.Get<ShowDecision>().RunAsync(a, "none", t)),
        ["list approvers"] = (ControlRoles.Viewer, async (c, a, t) => await c.Get<ListApprovers>().RunAsync(a, null, t)),
        ["contain"] = (ControlRoles.Operator, async (c, a, t) => await c.Get<Contain>().RunAsync(a, new() { Reason = "r" }, t)),
        ["lift a containment"] = (ControlRoles.Operator, async (c, a, t) => await c.Get<LiftContainment>().RunAsync(a, "none", new("r"), t)),
        ["list containments"] = (ControlRoles.Viewer, async (c, a, t) => await c.Get<ListContainments>().RunAsync(a, new(), t)),
        ["break the glass"] = (ControlRoles.Operator, async (c, a, t) => await c.Get<BreakTheGlass>().RunAsync(a, new("r", 60), t)),
        ["mend the glass"] = (ControlRoles.Operator, async (c, a, t) => await c.Get<MendTheGlass>().RunAsync(a, t)),
        ["reconcile"] = (ControlRoles.Viewer, async (c, a, t) => await c.Get<Reconcile>().RunAsync(a, null, null, t)),
        ["list entries"] = (ControlRoles.Auditor, async (c, a, t) => await c.Get<ListEntries>().RunAsync(a, new(), t)),
        ["export entries"] = (ControlRoles.Auditor, async (c, a, t) => await c.Get<ExportEntries>().RunAsync(a, new("ocsf", null, null, []), t)),
        ["show entries"] = (ControlRoles.Auditor, async (c, a, t) => await c.Get<ShowEntries>().RunAsync(a, "none", t)),
        ["prove an entry"] = (ControlRoles.Auditor, async (c, a, t) => await c.Get<ProveEntry>().RunAsync(a, "none", t)),
        ["show the log"] = (ControlRoles.Viewer, async (c, a, t) => await c.Get<ShowLog>().RunAsync(a, t)),
        ["list content"] = (ControlRoles.Content, async (c, a, t) => await c.Get<ListContent>().RunAsync(a, new(null, null, null, null, null, null), t)),
        ["read content"] = (ControlRoles.Content, async (c, a, t) => await c.Get<ReadContent>().RunAsync(a, "none", new("r"), t)),
        ["redact content"] = (ControlRoles.Retention, async (c, a, t) => await c.Get<RedactContent>().RunAsync(a, new() { Reason = "r" }, t)),
        ["shred a key"] = (ControlRoles.Retention, async (c, a, t) => await c.Get<ShredKey>().RunAsync(a, "none", new("r"), t)),
        ["list data keys"] = (ControlRoles.Retention, async (c, a, t) => await c.Get<ListDataKeys>().RunAsync(a, t)),
        ["lay a hold"] = (ControlRoles.Retention, async (c, a, t) => await c.Get<LayHold>().RunAsync(a, new() { Reason = "r" }, t)),
        ["end a hold"] = (ControlRoles.Retention, async (c, a, t) => await c.Get<EndHold>().RunAsync(a, "none", new("r"), t)),
        ["show the retention"] = (ControlRoles.Retention, async (c, a, t) => await c.Get<ShowRetention>().RunAsync(a, t)),
        ["list holds"] = (ControlRoles.Retention, async (c, a, t) => await c.Get<ListHolds>().RunAsync(a, t)),
        ["rotate the log's key"] = (ControlRoles.Operator, async (c, a, t) => await c.Get<RotateLogKey>().RunAsync(a, new("r"), t)),
        ["restart the log"] = (ControlRoles.Operator, async (c, a, t) => await c.Get<RestartLog>().RunAsync(a, new("r"), t)),
        ["remove a shard"] = (ControlRoles.Operator, async (c, a, t) => await c.Get<RemoveShard>().RunAsync(a, 99, new("r", ""), t)),
        ["back up"] = (ControlRoles.Operator, async (c, a, t) => await c.Get<BackUp>().RunAsync(a, t)),
    };

    /// <summary>What people do for themselves takes no role: they have to be who they are. Tried in <see cref="Identity.PersonalUseCaseTests"/>.</summary>
    private static readonly string[] personal = [nameof(GrantSession), nameof(CreateOwnKey), nameof(RotateOwnKey), nameof(RevokeOwnKey), nameof(EndOtherSessions)];

    /// <summary>What is somebody's own is shown to them without a role, and is not there for others who have none. Tried in <see cref="Tasks.TaskPermissionTests"/>.</summary>
    private static readonly string[] own = [nameof(ShowTask), nameof(ShowTimeline)];

    public static TheoryData<string> Names => [.. useCases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_caller_without_the_role_is_refused_whatever_else_he_may(string name)
    {
        await using var control = await ControlUnderTest.StartAsync();
        var (enough, run) = useCases[name];

        var refused = await run(control, new("usr_x", ControlRoles.Admin & ~enough), TestContext.Current.CancellationToken);

        refused.GetType().Name.ShouldBe("Forbidden");
        foreach (var role in Enum.GetValues<ControlRoles>().Where(role => role is not (ControlRoles.None or ControlRoles.Admin) && enough.HasFlag(role)))
        {
            (await run(control, new("usr_x", role), TestContext.Current.CancellationToken)).GetType().Name.ShouldNotBe("Forbidden", role.ToString());
        }
    }

    [Fact]
    public async Task Ending_all_sessions_of_others_takes_the_role_too()
    {
        await using var control = await ControlUnderTest.StartAsync();
        var ada = await control.SignedInAsync();

        (await control.Get<EndSession>().AllAsync(new("usr_x", ControlRoles.Admin & ~ControlRoles.Identity), "ada", TestContext.Current.CancellationToken)).ShouldBeForbidden(ControlRoles.Identity);
        (await control.Get<EndSession>().AllAsync(ada, "ada", TestContext.Current.CancellationToken)).ShouldBeDone();
    }

    [Fact]
    public void Every_use_case_is_in_this_list()
    {
        var written = typeof(CreateKey).Assembly.GetTypes().Where(type => type is { IsPublic: true, IsClass: true }).Where(type => type.GetMethods().Any(method => method.Name == "RunAsync" && method.GetParameters().FirstOrDefault()?.ParameterType == typeof(Actor)));

        written.Select(type => type.Name).Except(personal).Except(own).Count().ShouldBe(useCases.Count);
    }
}
