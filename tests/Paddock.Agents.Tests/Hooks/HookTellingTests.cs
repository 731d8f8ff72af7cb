using System.Text;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Agents.Hooks;
using Paddock.Core.Agents;
using Paddock.Core.Tasks;

namespace Paddock.Agents.Tests.Hooks;

/// <summary>What each agent's hooks tell, what is kept of it, and what that says of the task.</summary>
public sealed class HookTellingTests
{
    private static readonly ServiceProvider services = new ServiceCollection().AddAgents().BuildServiceProvider();

    private static readonly Dictionary<string, IAgentHooks> hooks = services.GetServices<IAgentHooks>().ToDictionary(one => one.Agent);

    private static readonly Dictionary<string, IAgentDialect> dialects = services.GetServices<IAgentDialect>().ToDictionary(one => one.Agent);

    public static TheoryData<string, string, string, string> Recorded => RecordedHooks.All;

    [Theory]
    [MemberData(nameof(Recorded))]
    public void An_event_is_read_and_nothing_of_its_content_is_kept(string agent, string input, string kept, string says)
    {
        var told = Read(agent, input).ShouldNotBeNull();

        $"{told.Type} {told.Facts}".ShouldBe(kept);
        told.Session.ShouldBe("s1");
        told.ToString().ShouldNotContain("geheim");
        var signal = dialects[agent].SignalOf(Event(agent, told));
        string.Join(' ', new object?[] { signal.Kind, signal.Result is null ? null : signal.Class, signal.Result?.End, signal.Result?.ExitCode }.OfType<object>()).ShouldBe(says);
    }

    [Theory]
    [InlineData("claude-code", """{"session_id":"s","hook_event_name":"PostToolUse","tool_name":"Bash","tool_use_id":"toolu_1"}""", "call toolu_1")]
    [InlineData("claude-code", """{"session_id":"s","hook_event_name":"Stop"}""", null)]
    [InlineData("gemini-cli", """{"session_id":"s","hook_event_name":"AfterTool","timestamp":"2026-11-27T02:48:47.305Z","tool_name":"read_file"}""", "at 2026-11-27T02:48:47.305Z")]
    [InlineData("copilot", """{"sessionId":"s","timestamp":1795747574644,"prompt":"x"}""", "at 1795747574644")]
    [InlineData("cline", """{"taskId":"s","timestamp":"2026-11-27T02:45:37.240Z","hookName":"tool_result","tool_result":{"id":"call_1"}}""", "call call_1")]
    public void An_event_is_told_from_others_by_its_call_or_the_moment_that_the_agent_says(string agent, string input, string? mark) => Read(agent, input)!.Mark.ShouldBe(mark); // it is told

    [Theory]
    [InlineData("cline", """{"taskId":"s","hookName":"agent_end","parent_agent_id":"agent_1"}""")]
    [InlineData("copilot", """{"sessionId":"s","agentId":"a","toolName":"bash","toolResult":{"resultType":"success"}}""")]
    [InlineData("claude-code", """{"session_id":"s","hook_event_name":"SubagentStop"}""")]
    public void Of_what_a_sub_agent_tells_that_would_be_taken_for_the_task_nothing_is_kept(string agent, string input) => Read(agent, input).ShouldBeNull();

    [Fact]
    public void A_session_that_another_began_names_it() => Read("opencode", """{"event":"session.idle","sessionID":"s","parentID":"p"}""")!.Parent.ShouldBe("p"); // it is told

    [Theory]
    [InlineData("copilot", """{"sessionId":"s","toolName":"bash","toolArgs":{"command":"ls","error":"x","toolResult":{},"reason":"y"}}""")]
    [InlineData("opencode", """{"sessionID":"s","tool":"bash","args":{"event":"session.idle"}}""")]
    [InlineData("claude-code", """{"session_id":"s","hook_event_name":"PreToolUse","tool_name":"Bash","tool_input":{"hook_event_name":"Stop"}}""")]
    public void A_call_is_a_call_whatever_the_model_writes_into_its_arguments(string agent, string input)
    {
        using var document = HookBody.Parse(Encoding.UTF8.GetBytes(input)).ShouldNotBeNull();
        hooks[agent].Read(document.RootElement).ShouldBeOfType<HookEvent.Call>();
    }

    [Theory]
    [InlineData("\"a sentence with a secret\"")]
    [InlineData("\"/home/ada/secret\"")]
    [InlineData("{\"secret\":1}")]
    [InlineData("[\"secret\"]")]
    [InlineData("17")]
    public void What_is_no_word_is_left_out_where_a_word_is_expected(string tool) =>
        Read("claude-code", $$"""{"session_id":"s","hook_event_name":"PostToolUse","tool_name":{{tool}},"tool_use_id":"toolu_1"}""")!.Facts.ShouldBe("""{"toolCall":"toolu_1","result":"success"}"""); // it is told

    [Fact]
    public void Whatever_was_kept_it_is_read_again_without_a_fault() => Gen.Select(Gen.OneOfConst([.. hooks.Keys]), GenJson.Any, GenJson.Any).Sample((agent, type, facts) =>
        dialects[agent].SignalOf(Event(agent, new("hook." + type, "s", facts))).Kind.ShouldBe(TaskSignalKind.None));

    private static HookTelling? Read(string agent, string input)
    {
        using var document = HookBody.Parse(Encoding.UTF8.GetBytes(input)).ShouldNotBeNull();
        return (hooks[agent].Read(document.RootElement) as HookEvent.Telling)?.What;
    }

    private static AgentEvent Event(string agent, HookTelling told) => new()
    {
        At = DateTimeOffset.UnixEpoch,
        Principal = "usr_1",
        Agent = agent,
        Type = told.Type,
        Facts = told.Facts,
        Identity = EventIdentity.OfHook("usr_1", agent, told.Type, told.Session, told.Mark ?? "", told.Facts),
    };
}
