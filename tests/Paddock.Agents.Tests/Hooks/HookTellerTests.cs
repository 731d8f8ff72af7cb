using System.Net;
using Paddock.Agents.Hooks;
using Paddock.Core.Identity;
using Paddock.Core.Ledger;

namespace Paddock.Agents.Tests.Hooks;

/// <summary>What hooks tell is kept, and whatever becomes of it, the agent goes on.</summary>
public sealed class HookTellerTests
{
    private const string Stop = """{"session_id":"s1","hook_event_name":"Stop","last_assistant_message":"geheim"}""";

    private const string Ended = """{"session_id":"s1","hook_event_name":"PostToolUse","tool_name":"Bash","tool_use_id":"toolu_1","tool_response":{"stdout":"geheim"}}""";

    [Fact]
    public async Task A_session_is_a_task_of_whoever_tells_of_it()
    {
        await using var paddock = await ServedHooks.StartAsync();

        (await paddock.TellAsync(paddock.Key(), "claude-code", Ended, mode: "plan", repository: "payments/api")).ShouldBe((HttpStatusCode.OK, "{}"));

        var one = paddock.Events.All.ShouldHaveSingleItem();
        var ada = paddock.Identities.Current.Principals.Single().Id.Value;
        (one.Principal, one.Agent, one.NativeTask, one.Task, one.Type, one.At, one.Mode).ShouldBe((ada, "claude-code", "s1", TaskKey.Compute(ada, "claude-code", "s1"), "hook.PostToolUse", paddock.Time.GetUtcNow(), "plan"));
        one.Facts.ShouldBe("""{"tool":"Bash","toolCall":"toolu_1","result":"success","exitCode":0,"repository":"payments/api"}""");
        paddock.Clients.Seen.ShouldHaveSingleItem().Agent.ShouldBe("claude-code");
        paddock.Counted.ShouldBe(new Dictionary<string, long> { ["claude-code kept"] = 1 });
    }

    [Fact]
    public async Task A_hook_that_is_set_up_twice_tells_once()
    {
        await using var paddock = await ServedHooks.StartAsync();
        var key = paddock.Key();

        await paddock.TellAsync(key, "claude-code", Ended);
        await paddock.TellAsync(key, "claude-code", Stop);
        await paddock.TellAsync(key, "claude-code", Stop);
        paddock.Time.Advance(TimeSpan.FromSeconds(90));
        await paddock.TellAsync(key, "claude-code", Ended);
        await paddock.TellAsync(key, "claude-code", Stop);

        paddock.Events.All.Select(static one => one.Type).ShouldBe(["hook.PostToolUse", "hook.Stop", "hook.Stop"]);
        paddock.Counted.ShouldBe(new Dictionary<string, long> { ["claude-code kept"] = 3, ["claude-code again"] = 2 });
    }

    [Theory]
    [InlineData("claude-code", Stop, "{}")]
    [InlineData("cline", """{"taskId":"t","hookName":"agent_end"}""", """{"cancel":false}""")]
    public async Task Where_it_cannot_be_kept_the_agent_goes_on_and_it_is_counted(string agent, string body, string neutral)
    {
        await using var paddock = await ServedHooks.StartAsync();
        paddock.Events.Trouble = static _ => throw new IOException("disk");

        (await paddock.TellAsync(paddock.Key(), agent, body)).ShouldBe((HttpStatusCode.OK, neutral));

        paddock.Counted.ShouldBe(new Dictionary<string, long> { [$"{agent} lost"] = 1 });
    }

    [Fact]
    public async Task A_database_that_does_not_answer_keeps_no_agent_waiting()
    {
        await using var paddock = await ServedHooks.StartAsync();
        paddock.Events.Trouble = _ =>
        {
            paddock.Time.Advance(HookTeller.Patience);
            return new TaskCompletionSource<int>().Task;
        };

        (await paddock.TellAsync(paddock.Key(), "claude-code", Stop)).ShouldBe((HttpStatusCode.OK, "{}"));

        paddock.Counted.ShouldBe(new Dictionary<string, long> { ["claude-code lost"] = 1 });
    }

    [Fact]
    public async Task Of_more_than_is_taken_of_a_person_nothing_is_kept_for_a_while()
    {
        await using var paddock = await ServedHooks.StartAsync();
        var (ada, bob) = (paddock.Key(), paddock.Key("bob"));
        for (var i = 0; i < HookTeller.Burst; i++)
        {
            await paddock.TellAsync(ada, "claude-code", Stop);
        }

        (await paddock.TellAsync(ada, "claude-code", Ended)).ShouldBe((HttpStatusCode.OK, "{}"));
        paddock.Counted["claude-code refused"].ShouldBe(1);
        await paddock.TellAsync(bob, "claude-code", Ended);
        paddock.Time.Advance(TimeSpan.FromSeconds(1));
        await paddock.TellAsync(ada, "claude-code", Ended);
        paddock.Events.All.Count(static one => one.Type == "hook.PostToolUse").ShouldBe(2);
    }

    [Fact]
    public async Task Keys_for_models_or_tools_may_tell_of_the_agent_that_they_are_for_and_the_others_get_what_they_got()
    {
        await using var paddock = await ServedHooks.StartAsync();
        string[] good = [paddock.Key(), paddock.Identities.AddKey(new() { Models = true }).Token, paddock.Identities.AddKey(new() { Tools = true, PinnedAgent = "claude-code" }).Token, paddock.Token(SessionClient.Device)];
        string[] bad = [paddock.Identities.AddKey(new() { Control = ControlRoles.Admin }).Token, paddock.Identities.AddKey(new() { Tools = true, PinnedAgent = "codex" }).Token, paddock.Token(SessionClient.Extension), paddock.Token(SessionClient.Cli)];

        foreach (var key in good.Concat(bad))
        {
            (await paddock.TellAsync(key, "claude-code", Stop)).ShouldBe((HttpStatusCode.OK, "{}"));
            paddock.Time.Advance(TimeSpan.FromSeconds(1));
        }

        paddock.Counted.ShouldBe(new Dictionary<string, long> { ["claude-code kept"] = good.Length, ["claude-code refused"] = bad.Length });
        (await paddock.TellAsync("pk_nonsense", "claude-code", Stop)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("cline", "[]", """{"cancel":false}""")]
    [InlineData("cline", """{"hookName":7}""", """{"cancel":false}""")]
    [InlineData("gemini-cli", """{"hook_event_name":"AfterTool" """, "{}")]
    [InlineData("copilot", """{"sessionId":"s"}""", "{}")]
    public async Task A_hook_that_only_tells_is_never_refused(string agent, string body, string neutral)
    {
        await using var paddock = await ServedHooks.StartAsync();

        (await paddock.TellAsync(paddock.Key(), agent, body, tells: true)).ShouldBe((HttpStatusCode.OK, neutral));
        (await paddock.TellAsync(paddock.Key(), agent, body)).Body.ShouldContain("not evaluated");
        (await paddock.TellAsync(paddock.Key(), agent, new string(' ', HookEndpoint.MostBytes + 1), tells: true)).ShouldBe((HttpStatusCode.OK, neutral));
    }
}
