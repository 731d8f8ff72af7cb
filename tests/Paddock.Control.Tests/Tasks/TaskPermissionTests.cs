using System.Text;
using System.Text.Json;
using Paddock.Control.Identity;
using Paddock.Control.Tasks;
using Paddock.Core.Audit;
using Paddock.Core.Identity;
using static Paddock.Control.Tests.ControlUnderTest;

namespace Paddock.Control.Tests.Tasks;

/// <summary>Who sees a task, and whose word counts on it.</summary>
public class TaskPermissionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whose_it_is_sees_it_and_whoever_reads_everything_and_for_others_it_is_not_there()
    {
        await using var control = await StartAsync();
        var (ada, bob) = (await control.SignedInAsync("ada"), await control.SignedInAsync("bob"));
        var task = control.WorkOf(ada).Turn().Task;
        await control.FoldAsync();

        (await control.Get<ShowTask>().RunAsync(ada, task, Cancellation)).ShouldBeDone();
        (await control.Get<ShowTimeline>().RunAsync(ada, task, null, 100, Cancellation)).ShouldBeDone();
        (await control.Get<ShowTask>().RunAsync(bob.With(ControlRoles.Viewer), task, Cancellation)).ShouldBeDone();
        (await control.Get<ShowTimeline>().RunAsync(bob.With(ControlRoles.Viewer), task, null, 100, Cancellation)).ShouldBeDone();
        foreach (var roles in new[] { ControlRoles.None, ControlRoles.Admin & ~ControlRoles.Viewer })
        {
            (await control.Get<ShowTask>().RunAsync(bob.With(roles), task, Cancellation)).ShouldBeMissing();
            (await control.Get<ShowTimeline>().RunAsync(bob.With(roles), task, null, 100, Cancellation)).ShouldBeMissing();
        }
    }

    [Fact]
    public async Task Whose_it_is_accepts_and_rejects_it_and_the_log_says_who_and_what()
    {
        await using var control = await StartAsync();
        var ada = await control.SignedInAsync("ada");
        var task = control.WorkOf(ada).Turn().Task;
        await control.FoldAsync();

        var accepted = (await control.Get<JudgeTask>().RunAsync(ada, task, new("accepted"), Cancellation)).ShouldBeDone();
        control.Time.Advance(TimeSpan.FromMinutes(1));
        var rejected = (await control.Get<JudgeTask>().RunAsync(ada, task, new("rejected", " It deletes the tests. "), Cancellation)).ShouldBeDone();

        (accepted.Task.State, accepted.Task.Source, accepted.MayJudge).ShouldBe(("accepted", "user", true));
        (rejected.Task.State, rejected.Task.Reason).ShouldBe(("failed", "rejected"));
        rejected.Verdicts.Select(one => (one.Kind, one.Source, one.By, one.Reason)).ShouldBe([("accepted", "user", "ada", null), ("rejected", "user", "ada", "It deletes the tests.")]);
        var entries = (await control.Get<IEntryReader>().ListAsync(new() { Ref = task }, Cancellation)).Entries.Select(static one => JsonDocument.Parse(Encoding.UTF8.GetString(one.Bytes.Span)).RootElement).ToList();
        entries.Select(static one => (one.GetProperty("act").GetString(), one.GetProperty("kind").GetString(), one.GetProperty("source").GetString())).ShouldBe([("task.verdict", "rejected", "user"), ("task.verdict", "accepted", "user")]);
        entries[0].GetProperty("verdict").GetString().ShouldBe(rejected.Verdicts[1].Id);
        (entries[0].GetProperty("actor").GetProperty("id").GetString(), entries[0].GetProperty("actor").GetProperty("via").GetString()).ShouldBe((ada.Id, ada.Key!.Value.Value));
        entries[0].GetRawText().ShouldNotContain("deletes");
    }

    [Fact]
    public async Task An_operator_judges_others_work_and_whoever_only_reads_does_not()
    {
        await using var control = await StartAsync();
        var (ada, bob) = (await control.SignedInAsync("ada"), await control.SignedInAsync("bob"));
        var task = control.WorkOf(ada).Turn().Task;
        await control.FoldAsync();

        (await control.Get<JudgeTask>().RunAsync(bob.With(ControlRoles.Viewer), task, new("accepted"), Cancellation)).ShouldBeForbidden(ControlRoles.Operator);
        (await control.Get<JudgeTask>().RunAsync(bob, task, new("accepted"), Cancellation)).ShouldBeMissing();
        (await control.Get<ShowTask>().RunAsync(bob.With(ControlRoles.Viewer), task, Cancellation)).ShouldBeDone().MayJudge.ShouldBeFalse();
        (await control.Get<JudgeTask>().RunAsync(bob.With(ControlRoles.Operator), task, new("accepted"), Cancellation)).ShouldBeDone().Task.State.ShouldBe("accepted");
    }

    [Fact]
    public async Task An_agent_does_not_judge_its_own_work()
    {
        await using var control = await StartAsync();
        var made = (await control.Get<CreateKey>().RunAsync(Admin, new() { Name = "agent", User = "ada", Models = true, Control = ["operator"] }, Cancellation)).ShouldBeDone();
        var agent = Actor.Of(control.Present(made.Token).ShouldBeOfType<KeyOutcome.Known>().Caller).With(ControlRoles.Operator);
        var editor = await control.SignedInAsync("ada", SessionClient.Extension);
        var task = control.WorkOf(agent).Turn().Task;
        await control.FoldAsync();

        foreach (var actor in new[] { agent, editor, Actor.Local })
        {
            (await control.Get<JudgeTask>().RunAsync(actor, task, new("accepted"), Cancellation)).ShouldBeOfType<Outcome<TaskDetails>.NotAllowed>();
            (await control.Get<ShowTask>().RunAsync(actor, task, Cancellation)).ShouldBeDone().MayJudge.ShouldBeFalse();
        }

        (await control.Get<ShowTask>().RunAsync(Admin, task, Cancellation)).ShouldBeDone().Task.State.ShouldBe("claimed_complete");
    }

    [Fact]
    public async Task A_verdict_is_one_of_two_and_its_reason_has_an_end()
    {
        await using var control = await StartAsync();
        var ada = await control.SignedInAsync("ada");
        var task = control.WorkOf(ada).Turn().Task;
        await control.FoldAsync();

        (await control.Get<JudgeTask>().RunAsync(ada, task, new("merged"), Cancellation)).ShouldBeInvalid("kind");
        (await control.Get<JudgeTask>().RunAsync(ada, task, new("accepted", new('x', 2001)), Cancellation)).ShouldBeInvalid("reason");
        (await control.Get<ShowTask>().RunAsync(ada, task, Cancellation)).ShouldBeDone().Verdicts.ShouldBeEmpty();
    }
}
