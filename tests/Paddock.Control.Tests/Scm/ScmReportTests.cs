using System.Text.Json;
using Paddock.Control.Scm;
using Paddock.Control.Tests.Tasks;
using Paddock.Core.Ledger;
using Paddock.Core.Scm;
using Paddock.Core.Tasks;
using Paddock.Testing;

namespace Paddock.Control.Tests.Scm;

/// <summary>What GitHub and others report becomes a verdict on the task that made the change.</summary>
public class ScmReportTests
{
    private const string Commit = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d", Merge = "99992222333344445555666677778888aaaabbbb";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_of_a_task_is_checked_merged_and_taken_back_and_the_task_follows()
    {
        await using var control = await ControlUnderTest.StartAsync();
        var task = await DoneAsync(control);
        await control.Get<ITaskLinks>().AddAsync([new(Commit[..7], task, ControlUnderTest.Noon)], Cancellation); // as git printed it

        control.Time.Advance(TimeSpan.FromHours(1));
        await TakeAsync(control, "pull_request", $$$"""{"action":"opened","number":12,"repository":{"full_name":"acme/shop"},"pull_request":{"head":{"sha":"{{{Commit}}}"},"body":null}}""");
        (await StateAsync(control, task)).ShouldBe((AgentTaskState.ClaimedComplete, SuccessSource.AgentClaim));

        await TakeAsync(control, "check_suite", $$$"""{"action":"completed","check_suite":{"conclusion":"failure","head_sha":"{{{Commit}}}"}}""");
        (await StateAsync(control, task)).ShouldBe((AgentTaskState.Failed, null));

        control.Time.Advance(TimeSpan.FromHours(1));
        await TakeAsync(control, "check_suite", $$$"""{"action":"completed","check_suite":{"conclusion":"success","head_sha":"{{{Commit}}}"}}""");
        (await StateAsync(control, task)).ShouldBe((AgentTaskState.Accepted, SuccessSource.Ci));

        control.Time.Advance(TimeSpan.FromHours(1));
        await TakeAsync(control, "pull_request", $$$"""{"action":"closed","number":12,"repository":{"full_name":"acme/shop"},"pull_request":{"merged":true,"merge_commit_sha":"{{{Merge}}}","head":{"sha":"ffff"} } }""");
        (await StateAsync(control, task)).ShouldBe((AgentTaskState.Accepted, SuccessSource.Scm));

        control.Time.Advance(TimeSpan.FromDays(3));
        await TakeAsync(control, "push", $$$"""{"ref":"refs/heads/main","repository":{"full_name":"acme/shop","default_branch":"main"},"commits":[{"message":"Revert it\n\nThis reverts commit {{{Merge}}}."}]}""");
        (await StateAsync(control, task)).ShouldBe((AgentTaskState.RolledBack, null));
        (await control.Get<ITasks>().VerdictsAsync(task, Cancellation)).Select(static verdict => verdict.Kind).ShouldBe([VerdictKind.ChecksFailed, VerdictKind.ChecksPassed, VerdictKind.Merged, VerdictKind.Reverted]);
    }

    [Fact]
    public async Task A_report_that_is_sent_again_changes_nothing_and_one_of_unknown_changes_is_about_no_task()
    {
        await using var control = await ControlUnderTest.StartAsync();
        var task = await DoneAsync(control);
        var (report, _) = StandardReports.Read(JsonDocument.Parse($$$"""{"type":"checks_passed","data":{"task":"{{{task}}}"}}""").RootElement, "d1");

        (await control.Get<TakeReport>().RunAsync(report!, Cancellation)).ShouldBe(new(1, 1));
        (await control.Get<TakeReport>().RunAsync(report!, Cancellation)).ShouldBe(new(0, 1));
        (await TakeAsync(control, "check_suite", $$$"""{"action":"completed","check_suite":{"conclusion":"success","head_sha":"{{{Commit}}}"}}""")).ShouldBe(new(0, 0));
        var (unknown, _) = StandardReports.Read(JsonDocument.Parse("""{"type":"merged","data":{"task":"task_0123456789abcdef0123456789abcdef"}}""").RootElement, "d2");
        (await control.Get<TakeReport>().RunAsync(unknown!, Cancellation)).ShouldBe(new(0, 0)); // a row of nothing would stay for ever
    }

    [Fact]
    public async Task Checks_that_fail_pass_and_fail_again_are_three_reports_also_where_two_have_the_same_words()
    {
        await using var control = await ControlUnderTest.StartAsync();
        var task = await DoneAsync(control);

        async Task<ReportTaken> SendAsync(string id, string type)
        {
            control.Time.Advance(TimeSpan.FromMinutes(1));
            var body = $$$"""{"type":"{{{type}}}","data":{"task":"{{{task}}}"}}""";
            return await control.Get<TakeReport>().RunAsync(StandardReports.Read(JsonDocument.Parse(body).RootElement, ScmSecret.Known(id, body)).Report!, Cancellation);
        }

        (await SendAsync("msg_1", "checks_failed")).Verdicts.ShouldBe(1);
        (await SendAsync("msg_2", "checks_passed")).Verdicts.ShouldBe(1);
        (await SendAsync("msg_3", "checks_failed")).Verdicts.ShouldBe(1);
        (await SendAsync("msg_3", "checks_failed")).Verdicts.ShouldBe(0);
        (await StateAsync(control, task)).ShouldBe((AgentTaskState.Failed, null));
    }

    [Fact]
    public async Task A_report_of_a_task_that_is_known_and_not_yet_folded_is_not_lost()
    {
        await using var control = await ControlUnderTest.StartAsync();
        var task = control.WorkOf(await control.SignedInAsync()).Turn().Task;
        await control.Get<ILedger>().FlushAsync(Cancellation);
        var (report, _) = StandardReports.Read(JsonDocument.Parse($$$"""{"type":"merged","data":{"task":"{{{task}}}"}}""").RootElement, "d1");

        (await control.Get<TakeReport>().RunAsync(report!, Cancellation)).ShouldBe(new(1, 1));
        (await StateAsync(control, task)).ShouldBe((AgentTaskState.Accepted, SuccessSource.Scm));
    }

    [Fact]
    public async Task Of_several_checks_none_may_fail_and_no_text_names_a_task()
    {
        await using var control = await ControlUnderTest.StartAsync();
        var task = await DoneAsync(control);
        await control.Get<ITaskLinks>().AddAsync([new(Commit[..7], task, ControlUnderTest.Noon)], Cancellation);

        async Task<(AgentTaskState, SuccessSource?)> CheckAsync(string app, string conclusion, string commit = Commit)
        {
            control.Time.Advance(TimeSpan.FromMinutes(1));
            await TakeAsync(control, "check_suite", $$$"""{"action":"completed","check_suite":{"conclusion":"{{{conclusion}}}","head_sha":"{{{commit}}}","app":{"slug":"{{{app}}}"},"head_commit":{"message":"x\n\nPaddock-Task: {{{task}}}"} } }""");
            return await StateAsync(control, task);
        }

        (await CheckAsync("lint", "failure")).ShouldBe((AgentTaskState.Failed, null));
        (await CheckAsync("build", "success")).ShouldBe((AgentTaskState.Failed, null));
        (await CheckAsync("lint", "success")).ShouldBe((AgentTaskState.Accepted, SuccessSource.Ci));
        (await CheckAsync("lint", "failure", "ffffffffffffffff")).ShouldBe((AgentTaskState.Accepted, SuccessSource.Ci));
    }

    [Theory]
    [InlineData("""{"type":"accepted","data":{"task":"task_1"}}""", "type")]
    [InlineData("""{"type":"merged"}""", "data")]
    [InlineData("""{"type":"merged","data":{}}""", "data names none")]
    [InlineData("""{"type":"merged","data":{"task":"task_1"}}""", "data.task")]
    [InlineData("""{"type":"merged","data":{"commit":"main"}}""", "data.commit")]
    [InlineData("""{"type":"merged","data":{"change":"12"}}""", "data.change")]
    [InlineData("[]", "type")]
    public void A_report_that_says_nothing_is_told_what_is_wrong(string json, string fault) => StandardReports.Read(JsonDocument.Parse(json).RootElement, "d").Fault!.ShouldStartWith(fault);

    [Theory]
    [InlineData("push", """{"ref":"refs/heads/feature","repository":{"default_branch":"main"},"commits":[{"message":"This reverts commit 1a2b3c4."}]}""")]
    [InlineData("check_suite", """{"action":"requested","check_suite":{"conclusion":"success","head_sha":"1a2b3c4"}}""")]
    [InlineData("check_suite", """{"action":"completed","check_suite":{"conclusion":"neutral","head_sha":"1a2b3c4"}}""")]
    [InlineData("pull_request", """{"action":"closed","number":1,"pull_request":{"merged":false}}""")]
    [InlineData("pull_request", """{"action":"closed","number":"x"}""")]
    [InlineData("issues", """{"action":"opened"}""")]
    [InlineData("push", "7")]
    [InlineData("check_suite", "[]")]
    [InlineData("pull_request", """{"action":"closed","number":3}""")]
    [InlineData("push", """{"ref":"refs/heads/main","repository":{"full_name":"acme/shop","default_branch":"main"},"commits":[{"message":"Reverts other/repository#12"}]}""")]
    public void What_says_nothing_of_a_change_is_no_finding(string name, string json) => GitHubReports.Read(name, JsonDocument.Parse(json).RootElement, "d").Findings.Where(static one => !one.Refs.IsEmpty).ShouldBeEmpty();

    private static async Task<string> DoneAsync(ControlUnderTest control)
    {
        var ada = await control.SignedInAsync();
        var work = control.WorkOf(ada).Turn();
        await control.FoldAsync();
        return work.Task;
    }

    private static async Task<ReportTaken> TakeAsync(ControlUnderTest control, string name, string json) =>
        await control.Get<TakeReport>().RunAsync(GitHubReports.Read(name, JsonDocument.Parse(json).RootElement, json), Cancellation);

    private static async Task<(AgentTaskState, SuccessSource?)> StateAsync(ControlUnderTest control, string task)
    {
        await control.FoldAsync();
        var found = (await control.Get<ITasks>().FindAsync(task, Cancellation)).ShouldNotBeNull().Task;
        return (found.State, found.Source);
    }
}
