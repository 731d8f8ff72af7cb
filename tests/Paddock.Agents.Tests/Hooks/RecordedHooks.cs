namespace Paddock.Agents.Tests.Hooks;

/// <summary>
/// What hooks of real agents were given (Claude Code 2.1.197, Codex 0.169.0, Cline 3.0.65, Copilot CLI 1.0.102, Gemini CLI 0.61.0), shortened, and
/// with a secret wherever there is content. Cursor's is as documented, opencode's as Paddock's plugin sends it.
/// </summary>
internal static class RecordedHooks
{
    /// <summary>Agent, input, type and facts, what it says.</summary>
    public static TheoryData<string, string, string, string> All =>
    [
        .. ClaudeCode.Select(static one => ("claude-code", one.Input, one.Facts, one.Says)).Concat(Codex.Select(static one => ("codex", one.Input, one.Facts, one.Says)))
            .Concat(GeminiCli.Select(static one => ("gemini-cli", one.Input, one.Facts, one.Says))).Concat(Copilot.Select(static one => ("copilot", one.Input, one.Facts, one.Says)))
            .Concat(Cline.Select(static one => ("cline", one.Input, one.Facts, one.Says))).Concat(Cursor.Select(static one => ("cursor", one.Input, one.Facts, one.Says)))
            .Concat(OpenCode.Select(static one => ("opencode", one.Input, one.Facts, one.Says))).Concat(OpenCode.Select(static one => ("kilo", one.Input, one.Facts, one.Says))),
    ];

    private static (string Input, string Facts, string Says)[] ClaudeCode =>
    [
        (Claude("SessionStart", "\"source\":\"startup\""), """hook.SessionStart {"source":"startup"}""", "Started"),
        (Claude("UserPromptSubmit", "\"prompt_id\":\"b9f4\",\"permission_mode\":\"default\",\"prompt\":\"geheim\""), """hook.UserPromptSubmit {"promptId":"b9f4"}""", "Answered"),
        (Claude("PostToolUse", """ "tool_name":"Bash","tool_input":{"command":"echo geheim"},"tool_response":{"stdout":"geheim","stderr":"","interrupted":false,"isImage":false,"noOutputExpected":false},"tool_use_id":"toolu_1","duration_ms":2885"""),
            """hook.PostToolUse {"tool":"Bash","toolCall":"toolu_1","durationMs":2885,"result":"success","exitCode":0}""", "ToolEnded Command Success 0"),
        (Claude("PostToolUseFailure", """ "tool_name":"Bash","tool_input":{"command":"geheim"},"tool_use_id":"toolu_1","error":"Exit code 3\ngeheim","is_interrupt":false,"duration_ms":271"""),
            """hook.PostToolUseFailure {"tool":"Bash","toolCall":"toolu_1","durationMs":271,"result":"failure","exitCode":3}""", "ToolEnded Command Failure 3"),
        (Claude("PostToolUseFailure", """ "tool_name":"Bash","tool_input":{},"tool_use_id":"toolu_1","error":"geheim","is_interrupt":true"""), """hook.PostToolUseFailure {"tool":"Bash","toolCall":"toolu_1","result":"unknown"}""", "ToolEnded Command Unknown"),
        (Claude("PostToolUseFailure", """ "tool_name":"Read","tool_input":{},"tool_use_id":"toolu_1","error":"File geheim does not exist" """), """hook.PostToolUseFailure {"tool":"Read","toolCall":"toolu_1","result":"failure"}""", "ToolEnded Read Failure"),
        (Claude("PostToolUse", """ "tool_name":"Bash","tool_input":{},"tool_response":{"stdout":"","interrupted":false,"backgroundTaskId":"b1"},"tool_use_id":"toolu_1" """), """hook.PostToolUse {"tool":"Bash","toolCall":"toolu_1","result":"success"}""", "ToolEnded Command Success"),
        (Claude("PostToolUse", """ "agent_id":"a1","agent_type":"Explore","tool_name":"mcp__git__log","tool_input":{},"tool_response":[{"type":"text","text":"geheim"}],"tool_use_id":"toolu_1" """),
            """hook.PostToolUse {"tool":"mcp__git__log","toolCall":"toolu_1","subagent":"Explore","result":"success"}""", "ToolEnded Mcp Success"),
        (Claude("PostToolUse", """ "tool_name":"mcp__git__log","tool_response":{"is_error":true,"content":"geheim"},"tool_use_id":"toolu_1" """), """hook.PostToolUse {"tool":"mcp__git__log","toolCall":"toolu_1","result":"failure"}""", "ToolEnded Mcp Failure"),
        (Claude("Notification", "\"message\":\"Claude needs geheim\",\"notification_type\":\"permission_prompt\""), """hook.Notification {"kind":"permission_prompt"}""", "Asked"),
        (Claude("Notification", "\"message\":\"geheim\",\"notification_type\":\"auth_success\""), """hook.Notification {"kind":"auth_success"}""", "None"),
        (Claude("Stop", "\"prompt_id\":\"b9f4\",\"stop_hook_active\":false,\"last_assistant_message\":\"geheim\",\"background_tasks\":[],\"session_crons\":[]"), """hook.Stop {"promptId":"b9f4","again":false,"background":0}""", "Claimed"),
        (Claude("Stop", "\"stop_hook_active\":true,\"last_assistant_message\":\"geheim\",\"background_tasks\":[{\"command\":\"geheim\"}]"), """hook.Stop {"again":true,"background":1}""", "None"),
        (Claude("StopFailure", "\"error\":\"rate_limit\",\"error_details\":\"geheim\""), """hook.StopFailure {"errorType":"rate_limit"}""", "TurnFailed"),
        (Claude("PreCompact", "\"trigger\":\"auto\",\"custom_instructions\":\"geheim\""), """hook.PreCompact {"trigger":"auto"}""", "None"),
        (Claude("SessionEnd", "\"reason\":\"other\""), """hook.SessionEnd {"reason":"other"}""", "None"),
    ];

    private static (string Input, string Facts, string Says)[] Codex =>
    [
        (Claude("SessionStart", "\"model\":\"gpt-5\",\"permission_mode\":\"bypassPermissions\",\"source\":\"startup\""), """hook.SessionStart {"source":"startup","model":"gpt-5"}""", "Started"),
        (Claude("UserPromptSubmit", "\"turn_id\":\"01a2\",\"model\":\"gpt-5\",\"prompt\":\"geheim\""), """hook.UserPromptSubmit {"turn":"01a2"}""", "Answered"),
        (Claude("PostToolUse", """ "turn_id":"01a2","tool_name":"Bash","tool_input":{"command":"geheim; exit 3"},"tool_response":"geheim\n","tool_use_id":"call_1" """),
            """hook.PostToolUse {"tool":"Bash","toolCall":"call_1","turn":"01a2","result":"unknown"}""", "ToolEnded Command Unknown"),
        (Claude("PostToolUse", """ "tool_name":"mcp__git__log","tool_response":{"isError":true,"content":[{"text":"geheim"}]},"tool_use_id":"call_1" """), """hook.PostToolUse {"tool":"mcp__git__log","toolCall":"call_1","result":"failure"}""", "ToolEnded Mcp Failure"),
        (Claude("PermissionRequest", "\"turn_id\":\"01a2\",\"tool_name\":\"Bash\",\"tool_input\":{\"command\":\"geheim\"}"), """hook.PermissionRequest {"turn":"01a2"}""", "Asked"),
        (Claude("Stop", "\"turn_id\":\"01a2\",\"stop_hook_active\":false,\"last_assistant_message\":\"geheim\""), """hook.Stop {"turn":"01a2","again":false}""", "Claimed"),
        (Claude("SessionEnd", "\"reason\":\"other\""), """hook.SessionEnd {"reason":"other"}""", "None"),
    ];

    private static (string Input, string Facts, string Says)[] GeminiCli =>
    [
        (Claude("SessionStart", "\"timestamp\":\"2026-11-27T02:48:46.612Z\",\"source\":\"startup\""), """hook.SessionStart {"source":"startup"}""", "Started"),
        (Claude("BeforeAgent", "\"prompt\":\"geheim\""), "hook.BeforeAgent {}", "Answered"),
        (Claude("AfterTool", """ "tool_name":"run_shell_command","tool_input":{"command":"geheim"},"tool_response":{"llmContent":"<untrusted_context>\nOutput: geheim\nExit Code: 3\nProcess Group PGID: 8028\n</untrusted_context>","returnDisplay":"geheim"}"""),
            """hook.AfterTool {"tool":"run_shell_command","result":"failure","exitCode":3}""", "ToolEnded Command Failure 3"),
        (Claude("AfterTool", """ "tool_name":"run_shell_command","tool_input":{},"tool_response":{"llmContent":"<untrusted_context>\nOutput: geheim\n</untrusted_context>"}"""), """hook.AfterTool {"tool":"run_shell_command","result":"success"}""", "ToolEnded Command Success"),
        (Claude("AfterTool", """ "tool_name":"mcp_git_log","mcp_context":{"server_name":"git","tool_name":"log"},"tool_response":{"llmContent":"geheim","error":{"message":"geheim","type":"x"}}"""),
            """hook.AfterTool {"tool":"mcp_git_log","mcpServer":"git","result":"failure"}""", "ToolEnded Mcp Failure"),
        (Claude("Notification", "\"notification_type\":\"ToolPermission\",\"message\":\"geheim\",\"details\":{\"command\":\"geheim\"}"), """hook.Notification {"kind":"ToolPermission"}""", "Asked"),
        (Claude("AfterAgent", "\"prompt\":\"geheim\",\"prompt_response\":\"geheim\",\"stop_hook_active\":false"), """hook.AfterAgent {"again":false}""", "Claimed"),
        (Claude("SessionEnd", "\"reason\":\"exit\""), """hook.SessionEnd {"reason":"exit"}""", "None"),
    ];

    private static (string Input, string Facts, string Says)[] Copilot =>
    [
        (Pilot("\"source\":\"new\",\"initialPrompt\":\"geheim\""), """hook.sessionStart {"source":"new"}""", "Started"),
        (Pilot("\"prompt\":\"geheim\""), "hook.userPromptSubmitted {}", "Answered"),
        (Pilot("""
            "toolName":"bash","toolArgs":{"command":"geheim"},"toolResult":{"resultType":"success","textResultForLlm":"geheim\n<shellId: 0 completed with exit code 3>"}
            """), """hook.postToolUse {"tool":"bash","result":"failure","exitCode":3}""", "ToolEnded Command Failure 3"),
        (Pilot("\"toolName\":\"bash\",\"toolArgs\":{},\"toolResult\":{\"resultType\":\"rejected\",\"textResultForLlm\":\"geheim\"}"), """hook.postToolUse {"tool":"bash","result":"denied"}""", "ToolEnded Command Denied"),
        (Pilot("\"toolName\":\"view\",\"toolArgs\":{},\"error\":\"geheim\""), """hook.postToolUseFailure {"tool":"view","result":"failure"}""", "ToolEnded Read Failure"),
        (Pilot("\"transcriptPath\":\"/geheim\",\"stopReason\":\"end_turn\",\"stop_hook_active\":false"), """hook.agentStop {"reason":"end_turn","again":false}""", "Claimed"),
        (Pilot("\"reason\":\"complete\""), """hook.sessionEnd {"reason":"complete"}""", "None"),
        (Pilot("\"reason\":\"error\",\"error\":\"geheim\""), """hook.sessionEnd {"reason":"error"}""", "TurnFailed"),
        (Pilot("\"reason\":\"abort\""), """hook.sessionEnd {"reason":"abort"}""", "Cancelled"),
    ];

    private static (string Input, string Facts, string Says)[] Cline =>
    [
        (Lines("agent_start", "\"taskStart\":{\"taskMetadata\":{\"initialTask\":\"geheim\"}}"), "hook.TaskStart {}", "Started"),
        (Lines("TaskResume", "\"taskResume\":{}"), "hook.TaskResume {}", "Answered"),
        (Lines("prompt_submit", "\"userPromptSubmit\":{\"prompt\":\"geheim\",\"attachments\":[]}"), "hook.UserPromptSubmit {}", "Answered"),
        (Lines("tool_result", """
            "iteration":1,"tool_result":{"id":"call_1","name":"run_commands","input":{"commands":["geheim"]},"output":[{"query":"geheim","result":"geheim","success":true}],"durationMs":84},"postToolUse":{"toolName":"run_commands","result":"geheim","success":true,"executionTimeMs":84}
            """), """hook.PostToolUse {"tool":"run_commands","toolCall":"call_1","durationMs":84,"result":"success","exitCode":0}""", "ToolEnded Command Success 0"),
        (Lines("tool_result", """
            "tool_result":{"id":"call_1","name":"run_commands","output":[{"success":true},{"result":"[Command exited with code 3] geheim","error":"geheim","success":false}],"durationMs":101},"postToolUse":{"toolName":"run_commands","success":true}
            """), """hook.PostToolUse {"tool":"run_commands","toolCall":"call_1","durationMs":101,"result":"failure"}""", "ToolEnded Command Failure"),
        (Lines("PostToolUse", "\"postToolUse\":{\"toolName\":\"read_file\",\"parameters\":{\"path\":\"geheim\"},\"result\":\"geheim\",\"success\":false,\"executionTimeMs\":7}"), """hook.PostToolUse {"tool":"read_file","durationMs":7,"result":"failure"}""", "ToolEnded Read Failure"),
        (Lines("agent_end", "\"turn\":{\"outputText\":\"geheim\",\"status\":\"completed\"},\"taskComplete\":{\"taskMetadata\":{}}"), "hook.TaskComplete {}", "Claimed"),
        (Lines("agent_abort", "\"reason\":\"geheim\",\"taskCancel\":{}"), "hook.TaskCancel {}", "Cancelled"),
        (Lines("agent_error", "\"error\":{\"name\":\"Error\",\"message\":\"geheim\"}"), "hook.TaskError {}", "TurnFailed"),
        (Lines("session_shutdown", "\"reason\":\"geheim\""), "hook.SessionShutdown {}", "None"),
    ];

    private static (string Input, string Facts, string Says)[] Cursor =>
    [
        (Curse("sessionStart", "\"session_id\":\"s1\""), """hook.sessionStart {"model":"claude-4"}""", "Started"),
        (Curse("postToolUse", "\"tool_name\":\"Shell\",\"tool_input\":{\"command\":\"geheim\"},\"tool_output\":\"geheim\",\"tool_use_id\":\"u1\",\"duration\":1520.4"), """hook.postToolUse {"tool":"Shell","toolCall":"u1","durationMs":1520,"result":"success"}""", "ToolEnded Command Success"),
        (Curse("postToolUseFailure", "\"tool_name\":\"Shell\",\"tool_use_id\":\"u1\",\"error_message\":\"geheim\",\"failure_type\":\"timeout\",\"is_interrupt\":false"), """hook.postToolUseFailure {"tool":"Shell","toolCall":"u1","result":"timeout"}""", "ToolEnded Command Timeout"),
        (Curse("postToolUseFailure", "\"tool_name\":\"Read\",\"tool_use_id\":\"u1\",\"failure_type\":\"permission_denied\""), """hook.postToolUseFailure {"tool":"Read","toolCall":"u1","result":"denied"}""", "ToolEnded Read Denied"),
        (Curse("stop", "\"status\":\"completed\",\"loop_count\":0"), """hook.stop {"status":"completed","loops":0,"turn":"g1"}""", "Claimed"),
        (Curse("stop", "\"status\":\"aborted\",\"loop_count\":0"), """hook.stop {"status":"aborted","loops":0,"turn":"g1"}""", "Cancelled"),
        (Curse("stop", "\"status\":\"error\",\"loop_count\":0"), """hook.stop {"status":"error","loops":0,"turn":"g1"}""", "TurnFailed"),
        (Curse("sessionEnd", "\"reason\":\"window_close\",\"error_message\":\"geheim\""), """hook.sessionEnd {"reason":"window_close"}""", "None"),
    ];

    private static (string Input, string Facts, string Says)[] OpenCode =>
    [
        ("""{"event":"chat.message","sessionID":"s1","model":"gpt-5"}""", """hook.chat.message {"model":"gpt-5"}""", "Answered"),
        ("""{"event":"tool.execute.after","sessionID":"s1","tool":"bash","callID":"call_1","status":"completed","exit":3,"durationMs":12}""", """hook.tool.execute.after {"tool":"bash","toolCall":"call_1","durationMs":12,"result":"failure","exitCode":3}""", "ToolEnded Command Failure 3"),
        ("""{"event":"tool.execute.after","sessionID":"s1","tool":"read","callID":"call_1","status":"error","durationMs":12}""", """hook.tool.execute.after {"tool":"read","toolCall":"call_1","durationMs":12,"result":"failure"}""", "ToolEnded Read Failure"),
        ("""{"event":"permission.asked","sessionID":"s1"}""", "hook.permission.asked {}", "Asked"),
        ("""{"event":"session.idle","sessionID":"s1"}""", "hook.session.idle {}", "Claimed"),
        ("""{"event":"session.error","sessionID":"s1","error":"APIError"}""", """hook.session.error {"errorType":"APIError"}""", "TurnFailed"),
        ("""{"event":"session.error","sessionID":"s1","error":"MessageAbortedError"}""", """hook.session.error {"errorType":"MessageAbortedError"}""", "Cancelled"),
    ];

    private static string Claude(string name, string more) => $$"""{"session_id":"s1","transcript_path":"/geheim.jsonl","cwd":"/geheim","hook_event_name":"{{name}}",{{more}}}""";

    private static string Pilot(string more) => $$"""{"sessionId":"s1","timestamp":1795747574644,"cwd":"/geheim",{{more}}}""";

    private static string Lines(string name, string more) =>
        $$"""{"clineVersion":"3.0.65","timestamp":"2026-11-27T02:45:37.240Z","taskId":"s1","workspaceRoots":["/geheim"],"userId":"geheim","agent_id":"agent_1","parent_agent_id":null,"hookName":"{{name}}",{{more}}}""";

    private static string Curse(string name, string more) =>
        $$"""{"conversation_id":"s1","generation_id":"g1","model":"claude-4","hook_event_name":"{{name}}","cursor_version":"2.1","workspace_roots":["/geheim"],"user_email":"geheim@example.com","transcript_path":"/geheim",{{more}}}""";
}
