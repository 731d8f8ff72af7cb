using System.Text;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Agents.Hooks;
using Paddock.Core.Agents;

namespace Paddock.Agents.Tests.Hooks;

/// <summary>Each agent's hook in its own shape, both ways.</summary>
public sealed class HookShapeTests
{
    private static readonly Dictionary<string, IAgentHooks> all = new ServiceCollection().AddAgents().BuildServiceProvider().GetServices<IAgentHooks>().ToDictionary(one => one.Agent);

    /// <summary>Agent, input, and what is read of it: tool, call id, session, arguments.</summary>
    public static TheoryData<string, string, string> Calls => new()
    {
        {
            "claude-code",
            """{"session_id":"b01e93b2","transcript_path":"/t.jsonl","cwd":"/w","prompt_id":"e869","permission_mode":"default","effort":{"level":"high"},"hook_event_name":"PreToolUse","tool_name":"Bash","tool_input":{"command":"ls"},"tool_use_id":"toolu_1"}""",
            """Bash toolu_1 b01e93b2 {"command":"ls"}"""
        },
        {
            "codex",
            """{"session_id":"01a2","turn_id":"t","cwd":"/w","hook_event_name":"PreToolUse","model":"m","permission_mode":"bypassPermissions","tool_name":"Bash","tool_input":{"command":"ls"},"tool_use_id":"call_1"}""",
            """Bash call_1 01a2 {"command":"ls"}"""
        },
        {
            "codex",
            """{"session_id":"01a2","hook_event_name":"PreToolUse","tool_name":"apply_patch","tool_input":{"command":"*** Begin Patch"},"tool_use_id":"call_1"}""",
            "apply_patch call_1 01a2 *** Begin Patch"
        },
        {
            "gemini-cli",
            """{"session_id":"g1","cwd":"/w","hook_event_name":"BeforeTool","timestamp":"2026","tool_name":"run_shell_command","tool_input":{"command":"ls"}}""",
            """run_shell_command - g1 {"command":"ls"}"""
        },
        {
            "gemini-cli",
            """{"session_id":"g1","hook_event_name":"BeforeTool","tool_name":"git_push","tool_input":{},"mcp_context":{"server_name":"git","tool_name":"push"}}""",
            "git_push - g1 {} git/push"
        },
        {
            "copilot",
            """{"sessionId":"c1","timestamp":1,"cwd":"/w","toolName":"bash","toolArgs":"{\"command\":\"ls\"}"}""",
            """bash - c1 {"command":"ls"}"""
        },
        {
            "copilot",
            """{"sessionId":"c1","timestamp":1795659633313,"cwd":"/w","toolName":"bash","toolArgs":{"command":"ls","description":"Do it"}}""",
            """bash - c1 {"command":"ls","description":"Do it"}"""
        },
        {
            "cline",
            """{"clineVersion":"","timestamp":"2026-11-26T02:18:55.534Z","taskId":"conv_1","sessionContext":{"rootSessionId":"1795"},"workspaceRoots":["/w"],"workspaceInfo":{"rootPath":"/w","associatedRemoteUrls":["origin: ../remote.git"]},"userId":"unknown","agent_id":"agent_1","parent_agent_id":null,"hookName":"tool_call","iteration":1,"tool_call":{"id":"call_5x","name":"run_commands","input":{"commands":["ls"]}},"preToolUse":{"toolName":"run_commands","parameters":{"commands":"[\"ls\"]"}}}""",
            """run_commands call_5x conv_1 {"commands":["ls"]}"""
        },
        {
            "cline",
            """{"clineVersion":"3.0.65","taskId":"t1","hookName":"tool_call","workspaceRoots":["/w"],"tool_call":{"id":"call_1","name":"run_commands","input":{"commands":["ls"]}},"preToolUse":{"toolName":"run_commands","parameters":{}}}""",
            """run_commands call_1 t1 {"commands":["ls"]}"""
        },
        {
            "cline",
            """{"clineVersion":"4.1","taskId":"t1","hookName":"PreToolUse","preToolUse":{"toolName":"execute_command","parameters":{"command":"ls"}}}""",
            """execute_command - t1 {"command":"ls"}"""
        },
        {
            "cursor",
            """{"conversation_id":"k1","hook_event_name":"beforeShellExecution","cursor_version":"2.1","command":"ls \"a\"","cwd":"/w"}""",
            """Shell - k1 {"command":"ls \u0022a\u0022"}"""
        },
        {
            "cursor",
            """{"conversation_id":"k1","hook_event_name":"preToolUse","tool_name":"Write","tool_input":{"path":"a"},"tool_use_id":"u1"}""",
            """Write u1 k1 {"path":"a"}"""
        },
        {
            "cursor",
            """{"conversation_id":"k1","hook_event_name":"beforeMCPExecution","tool_name":"push","tool_input":"{}","url":"https://mcp.example"}""",
            "push - k1 {} https://mcp.example/push"
        },
        { "opencode", """{"tool":"bash","sessionID":"ses_1","callID":"call_1","args":{"command":"ls"},"directory":"/w"}""", """bash call_1 ses_1 {"command":"ls"}""" },
        { "kilo", """{"tool":"bash","sessionID":"ses_1","callID":"call_1","args":{"command":"ls"}}""", """bash call_1 ses_1 {"command":"ls"}""" },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_call_is_read_as_its_agent_tells_it(string agent, string input, string expected)
    {
        var told = Read(agent, input).ShouldBeOfType<HookEvent.Call>().Told;

        $"{told.Tool} {told.CallId ?? "-"} {told.Session} {Encoding.UTF8.GetString(told.Arguments)}{(told.Mcp is { } mcp ? $" {mcp.Server}/{mcp.Tool}" : "")}".ShouldBe(expected);
    }

    [Theory]
    [InlineData("claude-code", """{"hook_event_name":"SubagentStop","session_id":"s"}""", "{}")]
    [InlineData("claude-code", """{"hook_event_name":"SessionStart","source":"startup"}""", "{}")]
    [InlineData("codex", """{"hook_event_name":"PostCompact","session_id":"s"}""", "{}")]
    [InlineData("gemini-cli", """{"hook_event_name":"AfterModel","session_id":"s"}""", "{}")]
    [InlineData("copilot", """{"hookName":"permissionRequest","sessionId":"s","toolName":"bash","toolInput":{}}""", "{}")]
    [InlineData("copilot", """{"toolName":"bash","toolResult":{}}""", "{}")]
    [InlineData("cline", """{"hookName":"PreCompact","taskId":"t"}""", """{"cancel":false}""")]
    [InlineData("cursor", """{"hook_event_name":"beforeSubmitPrompt","conversation_id":"k"}""", """{"permission":"allow"}""")]
    [InlineData("opencode", """{"event":"session.created","sessionID":"ses_1"}""", """{"decision":"allow"}""")]
    public void Of_another_event_nothing_is_kept_and_it_is_answered_with_nothing_to_say(string agent, string input, string neutral)
    {
        Read(agent, input).ShouldBeOfType<HookEvent.Other>();
        Encoding.UTF8.GetString(all[agent].Neutral).ShouldBe(neutral);
    }

    [Theory]
    [InlineData("claude-code", "{}")]
    [InlineData("claude-code", """{"hook_event_name":"PreToolUse"}""")]
    [InlineData("claude-code", """{"hook_event_name":"PreToolUse","tool_name":7,"tool_input":{}}""")]
    [InlineData("codex", """{"hook_event_name":"PreToolUse","tool_name":"Bash","tool_input":[1]}""")]
    [InlineData("gemini-cli", """{"tool_name":"x"}""")]
    [InlineData("copilot", """{"sessionId":"c"}""")]
    [InlineData("cline", """{"hookName":"tool_call"}""")]
    [InlineData("cursor", """{"hook_event_name":"beforeShellExecution"}""")]
    [InlineData("opencode", """{"args":{}}""")]
    public void What_is_not_as_the_agent_tells_it_is_malformed(string agent, string input) => Read(agent, input).ShouldBeOfType<HookEvent.Malformed>();

    [Theory]
    [InlineData("claude-code", """{"hookSpecificOutput":{"hookEventName":"PreToolUse","permissionDecision":"deny","permissionDecisionReason":"no"}}""")]
    [InlineData("codex", """{"hookSpecificOutput":{"hookEventName":"PreToolUse","permissionDecision":"deny","permissionDecisionReason":"no"}}""")]
    [InlineData("gemini-cli", """{"decision":"deny","reason":"no"}""")]
    [InlineData("copilot", """{"permissionDecision":"deny","permissionDecisionReason":"no"}""")]
    [InlineData("cline", """{"cancel":true,"errorMessage":"no"}""")]
    [InlineData("cursor", """{"permission":"deny","user_message":"no","agent_message":"no"}""")]
    [InlineData("opencode", """{"decision":"deny","reason":"no"}""")]
    [InlineData("kilo", """{"decision":"deny","reason":"no"}""")]
    public void A_refusal_is_in_the_agents_shape(string agent, string expected) => Encoding.UTF8.GetString(all[agent].Refuse(null, "no")).ShouldBe(expected);

    [Fact]
    public void Cline_goes_on_after_a_refused_command_which_is_made_harmless()
    {
        var call = (HookEvent.Call)Read("cline", """{"taskId":"t","hookName":"tool_call","tool_call":{"id":"1","name":"run_commands","input":{"commands":["rm -rf /"]}}}""");

        Encoding.UTF8.GetString(all["cline"].Refuse(call, "Paddock: Refused by policy.")).ShouldBe("""{"cancel":false,"overrideInput":{"commands":["echo Paddock: Refused by policy."]},"context":"Paddock: Refused by policy."}""");
    }

    [Fact]
    public void Every_program_that_the_shim_serves_has_its_shape_here() => HookDenial.Agents.Except(all.Keys).ShouldBeEmpty();

    [Fact]
    public void Whatever_is_sent_nothing_is_thrown() => Gen.Select(Gen.OneOfConst([.. all.Keys]), GenJson.Any).Sample((agent, json) =>
    {
        using var document = HookBody.Parse(Encoding.UTF8.GetBytes(json));
        if (document is not null)
        {
            all[agent].Read(document.RootElement);
        }
    });

    private static HookEvent Read(string agent, string input)
    {
        using var document = HookBody.Parse(Encoding.UTF8.GetBytes(input))!; // an object each
        return all[agent].Read(document.RootElement);
    }
}
