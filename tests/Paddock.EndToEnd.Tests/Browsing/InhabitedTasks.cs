using System.Globalization;
using Paddock.Control;
using Paddock.Control.Tasks;
using Paddock.Core.Approvals;
using Paddock.Core.Audit;
using Paddock.Core.Budgets;
using Paddock.Core.Identity;
using Paddock.Core.Ledger;
using Paddock.Core.Policies;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Policies.Facts;
using Paddock.Core.Snapshot;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;
using Paddock.Core.Tools.Shell;
using Paddock.EndToEnd.Tests.Identity;
using Paddock.Testing;

namespace Paddock.EndToEnd.Tests.Browsing;

/// <summary>What the agents of an installation have worked on in the last days: many tasks that end in all ways, and one with a story.</summary>
internal sealed class InhabitedTasks(ServedPeople served, DateTimeOffset now)
{
    private const int Days = 8, EachDay = 40;

    private static readonly string[] agents = ["claude-code", "codex", "roo-code", "opencode"];
    private static readonly string[] modes = ["code", "code", "architect", "debug"];
    private static readonly string[] repositories = ["git.company.example/payments/api", "git.company.example/web/shop", "git.company.example/platform/infra"];

    private readonly Random random = new(7);
    private readonly string release = served.Get<ISnapshots>().Current.Digest.Value;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The task with the story.</summary>
    public string Story { get; private set; } = "";

    /// <summary>The decision in it that refused a call.</summary>
    public string Refused { get; private set; } = "";

    /// <summary>The entry of the audit log that lets one of its calls pass.</summary>
    public string Entry { get; private set; } = "";

    /// <param name="people">Whose agents work.</param>
    /// <param name="teller">Whose story it is.</param>
    /// <param name="lead">Who said yes in it.</param>
    public async Task WorkAsync(IReadOnlyList<Principal> people, Principal teller, Principal lead)
    {
        for (var day = Days - 1; day >= 0; day--)
        {
            for (var number = 0; number < EachDay; number++)
            {
                var begin = now.AddDays(-day).AddMinutes(-random.Next(20, 460)).AddSeconds(-30 * number);
                Work(people[random.Next(people.Count)], string.Create(CultureInfo.InvariantCulture, $"session-{day}-{number}"), begin);
            }
        }

        await StoryAsync(teller, lead);
        await served.Get<ITasks>().FlushAsync(Cancellation);
        served.Get<BudgetBook>().Seed(served.Get<ISnapshots>().Current, await served.Get<ILedgerReader>().SpendSinceAsync(now.AddDays(-31), Cancellation), now);
    }

    private void Work(Principal who, string native, DateTimeOffset begin)
    {
        var work = WorkOf(who, native, begin);
        for (var turns = random.Next(1, 4); turns > 0; turns--)
        {
            work.Turn(random.Next(4, 90) * 1_000_000L).Wait(TimeSpan.FromSeconds(random.Next(5, 60)));
            work.Tool("edit", ToolClass.Edit, ToolResult.Success);
            work.Tool("bash", ToolClass.Command, random.Next(9) switch { 0 => ToolResult.OfExit(1), 1 => ToolResult.Timeout, _ => ToolResult.OfExit(0) });
            work.Wait(TimeSpan.FromSeconds(random.Next(20, 400)));
        }

        End(work, random.Next(14));
    }

    private static void End(RecordedWork work, int how)
    {
        switch (how)
        {
            case 0:
                work.Turn(0, "overloaded");
                break;
            case 1:
                work.Turn(0, "client_abort", CallOutcome.Aborted);
                break;
            case 2:
                work.Turn(40_000_000).Tool("bash"); // and nobody goes on
                break;
            case 3:
                End(work, how: -1);
                work.Wait(TimeSpan.FromMinutes(9)).Turn(9_000_000).Tool("bash", ToolClass.Command, ToolResult.OfExit(0), static one => one with { Step = new() { Mutates = true, Reverts = true, RevertsAll = true } });
                End(work, how: -1);
                break;
            default:
                work.Turn(20_000_000);
                if (work.Agent == "roo-code")
                {
                    work.Tool("attempt_completion", ToolClass.Other, null, static one => one with { Step = new() { ClaimsCompletion = true } });
                }

                break;
        }
    }

    /// <summary>A payment is fixed: a push is refused, a deployment takes a yes, tests fail at first, a subtask looks at the database.</summary>
    private async Task StoryAsync(Principal teller, Principal lead)
    {
        var work = WorkOf(teller, "5d0c1f0e-3c4d-4a57-9f5e-0a6b1f2d7e11", now.AddMinutes(-48), "code", "claude-code", 0);
        work.Turn(84_000_000).Wait(TimeSpan.FromSeconds(9));
        work.Tool("Read", ToolClass.Read, ToolResult.Success, one => Read(one, "src/Payments/Refunds.cs"));
        work.Wait(TimeSpan.FromSeconds(4)).Turn(121_000_000);
        work.Tool("Edit", ToolClass.Edit, ToolResult.Success, one => Read(one, "src/Payments/Refunds.cs"));
        work.Tool("Bash", ToolClass.Command, ToolResult.OfExit(1), one => Command(one, "dotnet test tests/Payments.Tests --filter Refunds"));
        work.Wait(TimeSpan.FromSeconds(30)).Turn(0, "overloaded").Wait(TimeSpan.FromSeconds(2)).Turn(96_000_000);
        var child = WorkOf(teller, "0f1c2d3e", work.Now.AddSeconds(2), "architect", "claude-code", 0, "5d0c1f0e-3c4d-4a57-9f5e-0a6b1f2d7e11").Turn(31_000_000);
        child.Tool("Grep", ToolClass.Read, ToolResult.Success, one => Read(one, "src/Payments"));
        child.Turn(12_000_000);
        work.Wait(TimeSpan.FromMinutes(2)).Turn(77_000_000);
        work.Tool("Bash", ToolClass.Command, ToolResult.OfExit(0), one => Command(one, "dotnet test tests/Payments.Tests --filter Refunds"));
        Refused = work.Tool("Bash", ToolClass.Command, null, one => Command(one, "git push --force origin main") with { Effect = Effect.Deny, ShadowEffect = Effect.Deny, Rule = "git/no-force", Enforcement = Enforcement.Enforce, Outcome = DecisionOutcome.Refused }).Id;
        work.Wait(TimeSpan.FromSeconds(20)).Turn(52_000_000);
        var asked = work.Tool("Bash", ToolClass.Command, ToolResult.OfExit(0), one => Command(one, "kubectl --context staging rollout restart deployment/payments-api") with
        {
            Effect = Effect.RequireApproval,
            Rule = "git/staging",
            Enforcement = Enforcement.Enforce,
            Outcome = DecisionOutcome.Approved,
            OutcomeAt = one.At.AddSeconds(161),
        });
        await ApproveAsync(teller, lead, work.Task, asked);
        work.Wait(TimeSpan.FromSeconds(30)).Turn(18_000_000);
        await served.Get<IDecisions>().FlushAsync(Cancellation);
        Story = work.Task;
    }

    private async Task ApproveAsync(Principal teller, Principal lead, string task, StoredDecision asked)
    {
        var command = asked.Inputs!.Texts["call.text"]; // of a command
        var request = new ApprovalRequest
        {
            Subject = ApprovalSubject.OfCommand(teller.Id.Value, asked.Agent, task, asked.Tool, command, "/home/dev/src/payments").ShouldNotBeNull(),
            Requester = new() { Principal = teller.Id },
            Chain = new() { Name = "second-pair-of-eyes", Steps = [new() { AnyOf = new() { Teams = ["leads"] } }] },
            Brief = new() { Agent = asked.Agent, Tool = asked.Tool, ToolClass = "command", Command = command, Task = task, Rule = "git/staging", Because = "Staging is shared.", DecisionId = asked.Id },
        };
        var approval = (await served.Get<IApprovals>().AskAsync(request, Cancellation)).ShouldBeOfType<AskOutcome.Created>().Approval;
        (await served.Get<IApprovals>().VoteAsync(approval.Id, new(lead.Id, Approve: true, "Nobody tests there now."), Cancellation)).ShouldBeOfType<ApprovalResult.Done>();
        await served.Get<IAuditLog>().AppendAsync(new() { Act = AuditActs.ToolIntent, Actor = AuditActor.Agent(asked.Agent, teller.Id.Value, null), Ref = asked.Id, Facts = [AuditFact.Of("appr", [approval.Id.Value]), AuditFact.Of("corr", task)] }, Cancellation);
        Entry = (await served.Get<IEntryReader>().ListAsync(new() { Ref = asked.Id }, Cancellation)).Entries.ShouldHaveSingleItem().Id.ToString("D");
    }

    private RecordedWork WorkOf(Principal who, string native, DateTimeOffset begin, string? mode = null, string? agent = null, int? repository = null, string? parent = null) =>
        new(served.Get<ILedger>(), served.Get<IDecisions>(), who.Id.Value, served.Identities.Current.Keys.FirstOrDefault(key => key.Owner == who.Id)?.Id.Value ?? "key_00000000000000000000000000000001", native, begin)
        {
            Agent = agent ?? agents[random.Next(agents.Length)],
            Mode = mode ?? modes[random.Next(modes.Length)],
            Repository = repositories[repository ?? random.Next(repositories.Length)],
            Provider = random.Next(3) == 0 ? "hosted" : "simulated",
            Model = random.Next(2) == 0 ? "gpt-5" : "gpt-5-mini",
            Teams = [.. who.Teams.Order(StringComparer.Ordinal)],
            Release = release,
            Parent = parent,
        };

    private static StoredDecision Read(StoredDecision one, string path)
    {
        var facts = new FactValues();
        facts.Set(Fact.CallTool, one.Tool);
        facts.Set(Fact.TaskMode, one.Mode ?? "");
        facts.Set(Fact.UserTeams, one.Teams);
        return one with { Inputs = InputKeeper.Keep(new(facts, new(one.Class) { Paths = [path] }, KeyPins.None)) };
    }

    private static StoredDecision Command(StoredDecision one, string command)
    {
        var facts = new FactValues();
        facts.Set(Fact.CallTool, one.Tool);
        facts.Set(Fact.TaskMode, one.Mode ?? "");
        facts.Set(Fact.UserTeams, one.Teams);
        facts.Set(Fact.CallText, command);
        return one with { Inputs = InputKeeper.Keep(new(facts, new(ToolClass.Command) { Line = ShellReader.Read(command, ShellDialect.Posix) }, KeyPins.None)) };
    }
}
