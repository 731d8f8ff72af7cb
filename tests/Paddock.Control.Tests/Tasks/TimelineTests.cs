using Paddock.Control.Releases;
using Paddock.Control.Tasks;
using Paddock.Control.Tests.Approvals;
using Paddock.Core.Agents;
using Paddock.Core.Approvals;
using Paddock.Core.Audit;
using Paddock.Core.Identity;
using Paddock.Core.Policies;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;
using Paddock.Testing;
using Paddock.Testing.Fleet;
using static Paddock.Control.Tests.ControlUnderTest;

namespace Paddock.Control.Tests.Tasks;

/// <summary>What happened in a task, in one list.</summary>
public class TimelineTests
{
    private const string Rules = """
        apiVersion: paddock/v1alpha1
        kind: Policy
        metadata: {name: git, owner: tests}
        spec:
          rules:
            - id: push
              match: {commands: [[git, push]]}
              effect: deny
              because: Pushes are reviewed.
              fix: Open a pull request.
              tests: [{match: git push}]
        ---
        apiVersion: paddock/v1alpha1
        kind: PolicyBinding
        metadata: {name: git, owner: tests}
        spec: {policy: git, enforcement: enforce}
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Turns_tool_calls_and_verdicts_are_in_one_list_with_what_each_came_to()
    {
        await using var control = await StartAsync();
        var ada = await control.SignedInAsync("ada");
        var work = control.WorkOf(ada).Turn(costNanoUsd: 250_000_000);
        var failed = work.Tool(result: ToolResult.OfExit(2));
        work.Turn(error: "overloaded");
        control.Time.Advance(TimeSpan.FromMinutes(5));
        await control.FoldAsync();
        await control.Get<JudgeTask>().RunAsync(ada, work.Task, new("rejected"), Cancellation);

        var told = await ShowAsync(control, Admin, work.Task);

        told.Entries.Select(static one => one.Kind).ShouldBe(["verdict", "turn", "tool_call", "turn"]);
        (told.Entries[1].Turn!.Outcome, told.Entries[1].Turn!.ErrorClass, told.Entries[1].Turn!.Attempts.Count).ShouldBe(("failed", "overloaded", 1));
        var call = told.Entries[2].ToolCall!;
        (call.Decision, call.Tool, call.Class, call.Effect, call.Outcome, call.Result, call.ExitCode, call.RanSeconds, call.WaitedSeconds).ShouldBe((failed.Id, "shell", "command", "allow", "released", "failure", 2, 1, null));
        (told.Entries[3].Turn!.CostUsd, told.Entries[3].Turn!.ModelServed, told.Entries[3].Turn!.Provider, told.Entries[3].Turn!.Tokens.Input, told.Entries[3].At).ShouldBe((0.25m, "gpt-test", "main", 1200, Noon));
        (told.Next, told.LeftOut).ShouldBe((null, false));
    }

    [Fact]
    public async Task Page_by_page_it_is_the_same_as_at_once_also_where_much_happens_in_one_millisecond()
    {
        await using var control = await StartAsync();
        var ada = await control.SignedInAsync("ada");
        var work = control.WorkOf(ada);
        for (var i = 0; i < 3; i++)
        {
            work.Turn();
            foreach (var _ in Enumerable.Range(0, 7))
            {
                work.Tool();
                work.Wait(TimeSpan.FromSeconds(-1)); // all calls of an answer are judged at once
            }
        }

        await control.FoldAsync();
        var (paged, next) = (new List<TimelineEntry>(), default(string));
        do
        {
            var page = (await control.Get<ShowTimeline>().RunAsync(Admin, work.Task, next, 4, Cancellation)).ShouldBeDone();
            paged.AddRange(page.Entries);
            next = page.Next;
            paged.Count.ShouldBeLessThanOrEqualTo(24); // else it would go round for ever
        }
        while (next is not null);

        paged.Select(Id).ShouldBe((await ShowAsync(control, Admin, work.Task)).Entries.Select(Id));
        paged.Select(Id).Distinct().Count().ShouldBe(24);
    }

    [Fact]
    public async Task A_refused_call_says_by_which_rule_and_why_also_when_another_release_is_in_force_now()
    {
        await using var control = await StartAsync();
        var ada = await control.SignedInAsync("ada");
        var release = (await control.Get<ImportRelease>().RunAsync(Admin, new() { Files = [new("git.yaml", Rules)], Activate = true }, Cancellation)).ShouldBeDone();
        await control.Get<ImportRelease>().RunAsync(Admin, Releases.ReleaseTests.Named("other") with { Activate = true }, Cancellation);
        var work = control.WorkOf(ada).Turn();
        work.Tool(change: one => one with { Effect = Effect.Deny, Outcome = DecisionOutcome.Refused, Rule = "git/push", ReleaseDigest = release.Digest });
        await control.FoldAsync();

        var call = (await ShowAsync(control, ada, work.Task)).Entries[0].ToolCall!;

        (call.Effect, call.Outcome, call.Rule, call.Because, call.Fix, call.RanSeconds).ShouldBe(("deny", "refused", "git/push", "Pushes are reviewed.", "Open a pull request.", null));
    }

    [Fact]
    public async Task A_call_that_took_a_yes_says_who_gave_it_and_how_long_it_waited()
    {
        await using var control = await StartAsync();
        var inbox = await new Inbox(control).OpenAsync();
        var (dev, lead) = (await control.SignedInAsync("dev"), await inbox.AsAsync("ada"));
        var work = control.WorkOf(dev).Turn();
        var first = work.Tool(change: static one => one with { Effect = Effect.RequireApproval, Outcome = DecisionOutcome.Expired, OutcomeAt = one.At.AddMinutes(1) });
        var id = await inbox.AskAsync(task: work.Task, decision: first.Id);
        await control.Get<Control.Approvals.ApproveRequest>().RunAsync(lead, id, new("fine"), Cancellation);
        var again = work.Tool(change: static one => one with { Effect = Effect.RequireApproval, Outcome = DecisionOutcome.Approved, OutcomeAt = one.At.AddMinutes(3) });
        await control.Get<IAuditLog>().AppendAsync(new() { Act = AuditActs.ToolIntent, Actor = AuditActor.Agent("codex", dev.Id, null), Ref = again.Id, Facts = [AuditFact.Of("appr", [id])] }, Cancellation);
        work.Tool(change: static one => one with { Effect = Effect.RequireApproval, Outcome = DecisionOutcome.Held });
        await control.FoldAsync();

        var calls = (await ShowAsync(control, dev.With(ControlRoles.None), work.Task)).Entries.Select(static one => one.ToolCall).OfType<ToolCallView>().ToList();

        (calls[2].WaitedSeconds, calls[2].Approval?.Id, calls[2].Outcome).ShouldBe((60, id, "expired"));
        (calls[1].WaitedSeconds, calls[1].Approval?.Id, calls[1].Approval?.DecidedBy, calls[1].Entries).ShouldBe((180, id, "ada", null));
        calls[1].Approval!.Votes.Select(static vote => (vote.By, vote.Approve, vote.Reason)).ShouldBe([("ada", true, "fine")]);
        (calls[0].Outcome, calls[0].WaitedSeconds, calls[0].Approval).ShouldBe(("held", null, null));
    }

    [Fact]
    public async Task What_the_audit_log_has_of_a_call_is_for_auditors()
    {
        await using var control = await StartAsync();
        var ada = await control.SignedInAsync("ada");
        var work = control.WorkOf(ada).Turn();
        var decision = work.Tool();
        foreach (var act in new[] { AuditActs.ToolIntent, AuditActs.ToolOutcome })
        {
            await control.Get<IAuditLog>().AppendAsync(new() { Act = act, Actor = AuditActor.Agent("codex", ada.Id, null), Ref = decision.Id }, Cancellation);
            control.Time.Advance(TimeSpan.FromSeconds(1));
        }

        await control.FoldAsync();

        (await ShowAsync(control, Admin, work.Task)).Entries[0].ToolCall!.Entries!.Select(static entry => entry.Act).ShouldBe([AuditActs.ToolIntent, AuditActs.ToolOutcome]);
        (await ShowAsync(control, ada.With(ControlRoles.Admin & ~ControlRoles.Auditor), work.Task)).Entries[0].ToolCall!.Entries.ShouldBeNull();
    }

    [Fact]
    public async Task What_a_client_told_is_shown_where_the_gateway_saw_nothing_of_it()
    {
        await using var control = await StartAsync();
        var ada = await control.SignedInAsync("ada");
        var (seen, told) = (control.WorkOf(ada, "seen").Turn(), control.WorkOf(ada, "told").Wait(TimeSpan.FromHours(1)));
        await TellAsync(control, ada, seen.Task, "seen", TaskSignalKind.Turn, TaskSignalKind.Cancelled);
        await TellAsync(control, ada, told.Task, "told", TaskSignalKind.Started, TaskSignalKind.None, TaskSignalKind.Turn);
        await control.FoldAsync();
        var use = Timeline(control, [.. FleetDialect.All]);

        (await use.RunAsync(ada, seen.Task, null, 100, Cancellation)).ShouldBeDone().Entries.Select(static one => one.Event?.Says ?? one.Kind).ShouldBe(["cancelled", "turn"]);
        (await use.RunAsync(ada, told.Task, null, 100, Cancellation)).ShouldBeDone().Entries.Select(static one => one.Event?.Says).ShouldBe(["turn", "started"]);
    }

    [Fact]
    public async Task How_a_call_ended_is_shown_once_by_whoever_knows_it()
    {
        await using var control = await StartAsync();
        var ada = await control.SignedInAsync("ada");
        var work = control.WorkOf(ada, "s1").Turn();
        var (known, unknown) = (work.Tool(result: ToolResult.Success), work.Tool());
        await control.Get<IAgentEvents>().AppendAsync([.. new[] { known, unknown }.Select((one, number) => EndOf(ada, work.Task, one, number))], Cancellation);
        await control.FoldAsync();
        var use = Timeline(control, new EndingDialect());

        var told = (await use.RunAsync(ada, work.Task, null, 100, Cancellation)).ShouldBeDone().Entries.Select(static one => one.Event).OfType<SignalView>().ToList();

        told.ShouldHaveSingleItem().Result.ShouldBe("failure");
    }

    [Theory]
    [InlineData("limit", null, 501)]
    [InlineData("before", "1", 100)]
    [InlineData("before", "1.0", 100)]
    [InlineData("before", "9999999999999999999.1", 100)]
    public async Task What_is_asked_wrongly_is_refused_by_its_name(string field, string? before, int limit)
    {
        await using var control = await StartAsync();

        (await control.Get<ShowTimeline>().RunAsync(Admin, "task_none", before, limit, Cancellation)).ShouldBeInvalid(field);
    }

    private static ShowTimeline Timeline(ControlUnderTest control, params IAgentDialect[] dialects) => new(
        control.Get<ITasks>(), new(control.Get<Core.Ledger.ILedger>(), control.Get<Core.Ledger.ILedgerReader>(), control.Get<IDecisions>(), control.Get<IAgentEvents>(), control.Get<ITasks>(), dialects),
        control.Get<TimelineCalls>(), control.Get<IIdentities>());

    private static AgentEvent EndOf(Actor who, string task, StoredDecision call, int number) => new()
    {
        At = call.At.AddSeconds(2),
        Principal = who.Id,
        Agent = "codex",
        Task = task,
        NativeTask = "s1",
        Type = call.ToolCall!,
        Identity = EventIdentity.OfBody(who.Id, [(byte)number]),
    };

    private static string Id(TimelineEntry entry) => entry.Turn?.Call ?? entry.ToolCall!.Decision;

    private static Task<int> TellAsync(ControlUnderTest control, Actor who, string task, string native, params TaskSignalKind[] kinds) => control.Get<IAgentEvents>().AppendAsync(
        [
            .. kinds.Select((kind, number) => new AgentEvent
            {
                At = Noon.AddMinutes(number + 1), Principal = who.Id, Agent = "codex", Task = task, NativeTask = native, Type = kind.ToString(), Identity = EventIdentity.OfBody(who.Id, [(byte)number, (byte)native[0]]),
            }),
        ],
        Cancellation);

    private static async Task<TimelineView> ShowAsync(ControlUnderTest control, Actor who, string task) => (await control.Get<ShowTimeline>().RunAsync(who, task, null, 100, Cancellation)).ShouldBeDone();

    /// <summary>Says of each event that the call it is named after has failed.</summary>
    private sealed class EndingDialect : IAgentDialect
    {
        public string Agent => "codex";

        public IReadOnlyDictionary<string, ToolShape> Tools { get; } = new Dictionary<string, ToolShape>(StringComparer.Ordinal);

        public IReadOnlyList<ModelEntrance> Entrances => [];

        public bool Recognizes(ICallView call) => false;

        public TaskFacts Read(ICallView call) => TaskFacts.None;

        public RefusalDress Dress(Refusal refusal) => throw new NotSupportedException();

        public TaskSignal SignalOf(AgentEvent one) => new(TaskSignalKind.ToolEnded) { ToolCall = one.Type, Result = ToolResult.Failure };
    }
}
