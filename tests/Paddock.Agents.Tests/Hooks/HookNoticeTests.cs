using System.Net;
using Paddock.Core.Identity;

namespace Paddock.Agents.Tests.Hooks;

/// <summary>What is wrong now, as agents show it to their person.</summary>
public sealed class HookNoticeTests
{
    private const string Shown = """{"systemMessage":"Paddock: Use the other model."}""";

    [Theory]
    [InlineData("claude-code", """{"session_id":"s1","hook_event_name":"SessionStart","source":"startup"}""")]
    [InlineData("claude-code", """{"session_id":"s1","hook_event_name":"UserPromptSubmit","prompt":"go on"}""")]
    [InlineData("codex", """{"session_id":"s1","hook_event_name":"SessionStart","source":"startup"}""")]
    [InlineData("gemini-cli", """{"session_id":"s1","hook_event_name":"BeforeAgent","prompt":"go on"}""")]
    public async Task A_notice_is_shown_when_a_session_begins_or_its_person_asks_for_something_and_once_in_a_task(string agent, string body)
    {
        await using var served = await ServedHooks.StartAsync();
        var key = served.Key();
        (await served.TellAsync(key, agent, body)).ShouldBe((HttpStatusCode.OK, "{}"));

        served.Notices.Line = "Paddock: Use the other model.";

        (await served.TellAsync(key, agent, body, tells: true)).ShouldBe((HttpStatusCode.OK, Shown));
        (await served.TellAsync(key, agent, body)).ShouldBe((HttpStatusCode.OK, "{}"));
        (await served.TellAsync(key, agent, body.Replace("s1", "s2", StringComparison.Ordinal))).ShouldBe((HttpStatusCode.OK, Shown));
        (await served.TellAsync(served.Key("bob"), agent, body)).ShouldBe((HttpStatusCode.OK, Shown));
    }

    [Theory]
    [InlineData("claude-code", """{"session_id":"s1","hook_event_name":"Stop"}""")]
    [InlineData("claude-code", """{"session_id":"s1","hook_event_name":"PreToolUse","tool_name":"Bash","tool_input":{"command":"ls"}}""")]
    [InlineData("copilot", """{"sessionId":"s1","timestamp":1795747574644,"prompt":"x"}""")]
    public async Task At_other_moments_and_of_agents_that_show_none_nothing_is_said(string agent, string body)
    {
        await using var served = await ServedHooks.StartAsync();
        served.Notices.Line = "Paddock: Use the other model.";

        (await served.TellAsync(served.Key(), agent, body)).ShouldBe((HttpStatusCode.OK, "{}"));
    }

    [Fact]
    public async Task Who_may_not_tell_of_tasks_is_told_nothing_and_a_fault_holds_no_agent_up()
    {
        await using var served = await ServedHooks.StartAsync();
        const string Start = """{"session_id":"s1","hook_event_name":"SessionStart"}""";
        served.Notices.Line = "Paddock: Use the other model.";
        (await served.TellAsync(served.Token(SessionClient.Extension), "claude-code", Start)).Body.ShouldBe("{}");

        served.Notices.Fault = new InvalidOperationException("The database is away.");

        (await served.TellAsync(served.Key(), "claude-code", Start)).ShouldBe((HttpStatusCode.OK, "{}"));
        served.Events.All.Length.ShouldBe(1);
    }
}
