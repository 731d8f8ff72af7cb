using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Paddock.Control;
using Paddock.Control.Identity;
using Paddock.Core.Agents;
using Paddock.Core.Approvals;
using Paddock.Core.Audit;
using Paddock.Core.Audit.Tiles;
using Paddock.Core.Identity;
using Paddock.EndToEnd.Tests.Identity;

namespace Paddock.EndToEnd.Tests.Browsing;

/// <summary>The real server in the middle of a company's Tuesday: people in teams, their keys and machines, and what their agents asked for.</summary>
internal sealed class InhabitedPaddock : IAsyncDisposable
{
    /// <summary>Who looks at the pages: may do everything.</summary>
    public const string Mara = "mara.lindqvist";

    /// <summary>A service account.</summary>
    public const string Pipeline = "release-pipeline";

    private static readonly (string Name, string[] Teams, string[] Roles)[] people =
    [
        ("tomasz.nowak", ["payments"], []), ("priya.raman", ["leads", "platform"], ["approver", "viewer"]), ("jonas.weber", ["leads", "payments"], ["approver"]),
        ("lea.okafor", ["web"], ["viewer"]), ("hiro.tanaka", ["data"], []), ("sofia.marques", ["security"], ["auditor", "content", "viewer"]),
        ("alexandra.papadimitriou-vandenberghe@contractors.company.example", ["web", "design-systems-and-accessibility"], []),
    ];

    private readonly FakeTimeProvider time = new(new(2026, 3, 17, 8, 2, 11, TimeSpan.Zero));
    private ServedPeople served = null!; // started before anybody sees it

    private InhabitedPaddock()
    {
    }

    public string Url => served.Url;

    /// <summary>What the agents have worked on.</summary>
    public InhabitedTasks Tasks { get; private set; } = null!; // as the server

    /// <summary>What went wrong, and is being put right.</summary>
    public InhabitedRunbooks Runbooks { get; private set; } = null!; // as the server

    /// <summary>The request that waits for <see cref="Mara"/>.</summary>
    public string Waiting { get; private set; } = "";

    /// <summary>What is wrong at the moment, and late.</summary>
    public string Incident { get; private set; } = "";

    /// <summary>What was wrong, with its postmortem.</summary>
    public string Learnt { get; private set; } = "";

    /// <summary>Another, with much to be careful of.</summary>
    public string Careful { get; private set; } = "";

    /// <summary>One of her own, of which she is only reminded.</summary>
    public string Own { get; private set; } = "";

    /// <summary>Requests that were decided, by the word for their state.</summary>
    public Dictionary<string, string> Decided { get; } = new(StringComparer.Ordinal);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<InhabitedPaddock> StartAsync()
    {
        var at = new InhabitedPaddock();
        at.served = await ServedPeople.StartAsync(
            settings => settings with { Witnesses = [new(new("http://127.0.0.1:9/"), VerifierKey.Parse("witness.company.example/log+b316bd71+BBpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")!)] },
            builder => builder.Services.AddSingleton<TimeProvider>(at.time), InhabitedRelease.Documents);
        await at.PeopleAsync();
        await at.RequestsAsync();
        at.Tasks = new(at.served, at.time.GetUtcNow());
        await at.Tasks.WorkAsync([.. people.Select(one => at.PrincipalOf(one.Name)), at.PrincipalOf(Mara)], at.PrincipalOf("tomasz.nowak"), at.PrincipalOf("jonas.weber"));
        at.Call();
        await new InhabitedAlerts(at.served, at.time.GetUtcNow()).FireAsync(at.PrincipalOf(Mara), at.PrincipalOf("tomasz.nowak"));
        (at.Incident, at.Learnt) = await new InhabitedIncidents(at.served, at.time.GetUtcNow()).OpenAsync(at.PrincipalOf(Mara), at.PrincipalOf("jonas.weber"));
        at.Runbooks = await InhabitedRunbooks.BeginAsync(at.served, at.time.GetUtcNow(), at.PrincipalOf(Mara), at.PrincipalOf("tomasz.nowak"), at.Incident);
        await at.served.ChangeAsync(Mara, new() { Teams = ["platform"] }); // and what was written of them meanwhile is read
        await at.served.ChangeAsync("tomasz.nowak", new() { Teams = ["payments"] });
        return at;
    }

    public T Get<T>()
        where T : notnull => served.Get<T>();

    /// <summary>A machine begins to sign in.</summary>
    /// <returns>What it shows.</returns>
    public async Task<DeviceRequest> MachineAsync(string name) => (await Get<DeviceSignIn>().BeginAsync(name, Home, Cancellation)).ShouldBeOfType<Outcome<DeviceRequest>.Done>().Value;

    public ValueTask DisposeAsync() => served.DisposeAsync();

    private async Task PeopleAsync()
    {
        await served.PersonAsync(Mara, "admin");
        await served.ChangeAsync(Mara, new() { Teams = ["platform"] });
        foreach (var (name, teams, roles) in people)
        {
            time.Advance(TimeSpan.FromMinutes(3));
            await served.UserAsync(name, roles);
            await served.ChangeAsync(name, new() { Teams = teams });
        }

        (await Get<CreateUser>().RunAsync(Actor.Local, new() { Name = Pipeline, Service = true, Teams = ["platform"] }, Cancellation)).ShouldBeOfType<Outcome<UserView>.Done>();
        await served.ChangeAsync("hiro.tanaka", new() { Disabled = true });
        await KeyAsync(Pipeline, "nightly builds");
        await KeyAsync("tomasz.nowak", "laptop");
        await KeyAsync(Mara, "laptop");
        await KeyAsync(Mara, "on call, phone", "viewer", "operator");
        await SessionAsync(Mara, "thinkpad-mara");
        await SessionAsync("tomasz.nowak", "tomasz-mbp.office.company.example");
        await EditorAsync();
        foreach (var key in served.Identities.Current.Keys.Where(static key => key.Name != "nightly builds"))
        {
            served.Identities.NoteUse(key.Id, time.GetUtcNow() + TimeSpan.FromMinutes(12));
        }

        time.Advance(TimeSpan.FromMinutes(47));
        (await Get<RotateOwnKey>().RunAsync(await ConsoleAsync(), served.Identities.Current.Keys.Single(key => key.Name == "laptop" && key.Owner == IdOf(Mara)).Id.Value, Cancellation)).ShouldBeOfType<Outcome<NewKey>.Done>();
    }

    private async Task KeyAsync(string owner, string name, params string[] control)
    {
        var input = new CreateKeyInput { Name = name, User = owner, Service = owner == Pipeline, Control = control, Tools = control.Length == 0, ExpiresInSeconds = 90 * 86_400 };
        (await Get<CreateKey>().RunAsync(Actor.Local, input, Cancellation)).ShouldBeOfType<Outcome<NewKey>.Done>();
    }

    /// <summary>Somebody's machine signs in, and they say yes to it.</summary>
    private async Task SessionAsync(string owner, string machine)
    {
        var request = await MachineAsync(machine);
        await Get<ISignInStore>().AnswerDeviceAsync(request.UserCode.Replace("-", "", StringComparison.Ordinal), IdOf(owner), yes: true, time.GetUtcNow(), Cancellation);
        var (_, session) = await Get<DeviceSignIn>().PollAsync(request.DeviceCode.Reveal(), Home, Cancellation);
        session.ShouldNotBeNull();
    }

    /// <summary>Mara's editor signs in, and gets its settings.</summary>
    private async Task EditorAsync()
    {
        var ticket = (await Get<GrantSession>().RunAsync(await ConsoleAsync(), new(SessionClient.Extension, "Roo Code in Visual Studio Code", "state-of-an-editor"), Home, Cancellation)).ShouldBeOfType<Outcome<SessionGrant>.Done>().Value;
        var session = (await Get<RedeemTicket>().RunAsync(ticket.Code.Reveal(), Home, Cancellation)).ShouldBeOfType<Outcome<NewSession>.Done>().Value.Session;
        await Get<IClients>().RefreshedAsync(new(session.Id, "roo-code", time.GetUtcNow()) { AgentVersion = "3.52.1" }, 1_773_700_000_000, Cancellation);
    }

    /// <summary>Agents call, each some time ago.</summary>
    private void Call()
    {
        (string Owner, string Credential, string Agent, string Version, string? Device, int MinutesAgo)[] calls =
        [
            (Mara, "Roo Code in Visual Studio Code", "roo-code", "3.52.1", null, 2), (Mara, "thinkpad-mara", "claude-code", "2.1.77", null, 5), (Mara, "laptop", "codex", "0.142.0", null, 36),
            ("tomasz.nowak", "tomasz-mbp.office.company.example", "claude-code", "2.1.77", null, 1), ("tomasz.nowak", "laptop", "opencode", "1.4.9", null, 52), (Pipeline, "nightly builds", "claude-code", "2.1.70", "build-07", 11),
        ];
        foreach (var (owner, credential, agent, version, device, minutes) in calls)
        {
            var key = served.Identities.Current.Keys.First(key => key.Owner == IdOf(owner) && key.Name == credential);
            var at = time.GetUtcNow() - TimeSpan.FromMinutes(minutes);
            Get<IClients>().Note(new(key.Id, agent, at) { AgentVersion = version, Device = device });
        }
    }

    /// <summary>Herself, signed in to the console from somewhere else.</summary>
    private async Task<Actor> ConsoleAsync()
    {
        var made = (await Get<SignInLocally>().RunAsync(Mara, ServedPeople.Password, Home, Cancellation)).ShouldBeOfType<Outcome<NewSession>.Done>().Value;
        return new(IdOf(Mara).Value, ControlRoles.Admin, made.Session.Id);
    }

    private async Task RequestsAsync()
    {
        await DecidedAsync("expired", "claude-code", "terraform apply -auto-approve", "infra/change", "Changes to production are looked at by a second pair of eyes.", "tomasz.nowak");
        time.Advance(TimeSpan.FromMinutes(31));
        await DecidedAsync("approved", "codex", "npm publish --access public", "packages/publish", "What is published is looked at first.", "lea.okafor");
        await DecidedAsync("denied", "roo-code", "git push --force origin main", "git/push", "History on main is not rewritten.", "tomasz.nowak", "Rebase on a branch, and open a pull request.");
        await DecidedAsync("revoked", "claude-code", "psql \"$PROD_URL\" -c 'vacuum analyze ledger_rows'", "data/production", "Reads and writes of production data take a yes.", "lea.okafor");
        time.Advance(TimeSpan.FromMinutes(4));
        await AskAsync("codex", "docker push registry.company.example/web:2026-03-17", "packages/publish", "What is published is looked at first.", "priya.raman", new() { Teams = ["security"] });
        time.Advance(TimeSpan.FromMinutes(5));
        Careful = (await AskAsync(
            "roo-code", "pg_dump \"$PROD_URL\" --table=customers > /tmp/customers.sql && scp /tmp/customers.sql backup@vault.company.example:/in/ && echo \u201edone\u201c \u202e#", "data/production",
            "Reads and writes of production data take a yes.", "lea.okafor", new() { Teams = ["platform"] })).Id.Value;
        Own = (await AskAsync("codex", "rm -rf node_modules && npm install", "workstation/delete", "Whole folders are deleted knowingly.", Mara, whose: null)).Id.Value;
        time.Advance(TimeSpan.FromMinutes(2));
        Waiting = (await AskAsync(
            "claude-code", "kubectl --context production rollout restart deployment/payments-api", "production/kubectl",
            "The payments cluster is changed by two people.", "tomasz.nowak", new() { Teams = ["platform"] },
            new() { ArgvPrefix = ["kubectl", "--context", "production", "rollout"], Repository = Repository, Task = Task, MaxUses = 3, Ttl = TimeSpan.FromMinutes(30) })).Id.Value;
        time.Advance(TimeSpan.FromSeconds(98));
    }

    private async Task DecidedAsync(string state, string agent, string command, string rule, string because, string by, string? reason = null)
    {
        var asked = await AskAsync(agent, command, rule, because, by, new() { Teams = ["leads"] });
        time.Advance(TimeSpan.FromSeconds(140));
        var lead = IdOf("jonas.weber");
        if (state != "expired")
        {
            (await Get<IApprovals>().VoteAsync(asked.Id, new(lead, Approve: state != "denied", reason), Cancellation)).ShouldBeOfType<ApprovalResult.Done>();
        }

        if (state == "revoked")
        {
            (await Get<IApprovals>().RevokeAsync(asked.Id, AuditActor.Of(lead.Value), "The incident is over.", Cancellation)).ShouldBeOfType<ApprovalResult.Done>();
        }

        Decided[state] = asked.Id.Value;
    }

    private async Task<Approval> AskAsync(string agent, string command, string rule, string because, string by, ApproverSet? whose, GrantOffer? offer = null)
    {
        var who = IdOf(by);
        var request = new ApprovalRequest
        {
            Subject = ApprovalSubject.OfCommand(who.Value, agent, Task, "shell", command, "/home/dev/src/payments").ShouldNotBeNull(),
            Requester = new() { Principal = who },
            Chain = whose is null ? ApprovalChain.Nobody : new() { Name = "second-pair-of-eyes", Steps = [new() { AnyOf = whose }] },
            SelfAcknowledgement = whose is null,
            Offer = offer,
            Brief = new()
            {
                Agent = agent,
                Tool = "shell",
                ToolClass = "command",
                Command = command,
                Cwd = "/home/dev/src/payments",
                Argv = [.. command.Split(" && ").Select(static line => line.Split(' ').ToImmutableArray())],
                Hosts = command.Contains("scp", StringComparison.Ordinal) ? ["vault.company.example"] : [],
                WritesTo = command.Contains("> ", StringComparison.Ordinal) ? ["/tmp/customers.sql"] : [],
                Task = Task,
                NativeTask = "5d0c1f0e-3c4d-4a57-9f5e-0a6b1f2d7e11",
                Repository = Repository,
                Model = "thorough",
                Mode = "code",
                Rule = rule,
                Because = because,
            },
        };
        return (await Get<IApprovals>().AskAsync(request, Cancellation)).ShouldBeOfType<AskOutcome.Created>().Approval;
    }

    private PrincipalId IdOf(string name) => PrincipalOf(name).Id;

    private Principal PrincipalOf(string name) => served.Identities.Current.Principals.Single(one => one.Name == name);

    private const string Home = "10.20.4.17";
    private const string Task = "task_4Jm2";
    private const string Repository = "git.company.example/payments/api";
}
