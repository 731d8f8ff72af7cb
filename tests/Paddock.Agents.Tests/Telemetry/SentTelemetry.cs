using System.Text.Json;
using System.Text.Json.Nodes;

namespace Paddock.Agents.Tests.Telemetry;

/// <summary>Records as the real agents made them (Claude Code 2.1.197, Codex 0.169.0, Gemini CLI 0.61.0, Copilot CLI 1.0.102), or as their sources do, with "geheim" where content stands.</summary>
internal static class SentTelemetry
{
    public const string Session = "c11c36b4-953b-4e8e-9b7c-847460640e54";

    /// <summary>When they were made, by the agent's clock: a moment before the tests' own now.</summary>
    public static readonly DateTimeOffset At = new(2026, 11, 23, 11, 59, 58, TimeSpan.Zero);

    /// <param name="attributes">A JSON object; texts, numbers and flags become values of those types.</param>
    public static string ClaudeCode(string name, string attributes, DateTimeOffset? at = null) => Log(
        $$$"""{"timeUnixNano":"{{{Otlp.Nanos(at ?? At)}}}","observedTimeUnixNano":"{{{Otlp.Nanos(at ?? At)}}}","body":{"stringValue":"claude_code.{{{name}}}"},"traceId":"d332452a9712978a5b805051acba4e33","spanId":"202d07a225f2ea12"}""",
        $$"""{"user.id":"51cc8fb2","user.email":"geheim@example.com","session.id":"{{Session}}","terminal.type":"dumb","event.name":"{{name}}","event.timestamp":"2026-11-23T11:59:58.000Z","prompt.id":"geheim"}""",
        attributes);

    /// <summary>It says no time but the exporter's, and as its name where in its sources it was made.</summary>
    public static string Codex(string name, string attributes, DateTimeOffset? at = null) => Log(
        $$"""{"timeUnixNano":"0","observedTimeUnixNano":"{{Otlp.Nanos(at ?? At)}}","severityNumber":9,"severityText":"INFO","traceId":"","spanId":"","eventName":"event otel/src/events/session_telemetry.rs:703"}""",
        $$"""{"event.name":"{{name}}","event.timestamp":"2026-11-23T11:59:58.000Z","conversation.id":"{{Session}}","app.version":"0.169.0","originator":"codex_exec","terminal.type":"dumb","model":"gpt-5-codex","slug":"gpt-5-codex"}""",
        attributes);

    public static string GeminiCli(string name, string attributes, DateTimeOffset? at = null) => Log(
        $$$"""{"timeUnixNano":"{{{Otlp.Nanos(at ?? At)}}}","observedTimeUnixNano":"{{{Otlp.Nanos(at ?? At)}}}","body":{"stringValue":"Said by geheim."}}""",
        $$"""{"session.id":"{{Session}}","installation.id":"addfa79f","interactive":false,"auth_type":"gemini-api-key","event.name":"{{name}}","event.timestamp":"2026-11-23T11:59:58.000Z"}""",
        attributes);

    /// <param name="parent">The span's; empty = it is a root.</param>
    public static string Copilot(string name, string attributes, string span = "576af94e293241f4", string parent = "2f5348a1915906a8", int status = 0) => Log(
        $$$"""{"traceId":"145738bda95605f4e069428ecfe8c587","spanId":"{{{span}}}","parentSpanId":"{{{parent}}}","name":"{{{name}}} geheim","kind":1,"startTimeUnixNano":"{{{Otlp.Nanos(At.AddMilliseconds(-124))}}}","endTimeUnixNano":"{{{Otlp.Nanos(At)}}}","status":{"message":"geheim","code":{{{status}}}}}""",
        $$"""{"gen_ai.operation.name":"{{name}}","gen_ai.conversation.id":"{{Session}}","gen_ai.provider.name":"openai"}""",
        attributes);

    public static string Cline(string name, string attributes, DateTimeOffset? at = null) => Log(
        $$$"""{"timeUnixNano":"{{{Otlp.Nanos(at ?? At)}}}","severityText":"INFO","body":{"stringValue":"{{{name}}}"}}""", """{"extension_version":"3.0.65","distinct_id":"geheim","account_email":"geheim@example.com","is_dev":false}""", attributes);

    public static string ClaudeCodeLogs(params IEnumerable<string> records) => Otlp.Request("logs", "claude-code", "com.anthropic.claude_code.events", records);

    public static string CodexLogs(params IEnumerable<string> records) => Otlp.Request("logs", "codex_exec", "codex_otel.log_only", records);

    public static string GeminiCliLogs(params IEnumerable<string> records) => Otlp.Request("logs", "gemini-cli", "gemini-cli", records);

    public static string CopilotSpans(params IEnumerable<string> records) => Otlp.Request("traces", "github-copilot", "github.copilot", records);

    public static string ClineLogs(params IEnumerable<string> records) => Otlp.Request("logs", "cline", "cline", records);

    /// <summary>What Claude Code says of a turn with one command.</summary>
    public static string[] ClaudeCodeTurn { get; } =
    [
        ClaudeCode("user_prompt", """{"event.sequence":0,"prompt_length":"20","prompt":"geheim"}"""),
        ClaudeCode("tool_decision", """{"event.sequence":1,"decision":"accept","source":"config","tool_name":"Bash","tool_use_id":"toolu_1","tool_parameters":"{\"full_command\":\"geheim\"}"}"""),
        ClaudeCode("api_request", """{"event.sequence":2,"model":"claude-opus-4","input_tokens":19049,"output_tokens":20,"cache_read_tokens":100,"cache_creation_tokens":7,"cost_usd":0.095745,"cost_usd_micros":95745,"duration_ms":73,"speed":"normal","query_source":"sdk"}"""),
        ClaudeCode("tool_result", """{"event.sequence":3,"tool_name":"Bash","tool_use_id":"toolu_1","success":"true","duration_ms":"107","tool_input":"{\"command\":\"geheim\"}","tool_input_size_bytes":"117","tool_result_size_bytes":"16"}"""),
        ClaudeCode("assistant_response", """{"event.sequence":4,"response_length":30,"response":"geheim","model":"claude-opus-4"}"""),
    ];

    /// <summary>The same of Codex.</summary>
    public static string[] CodexTurn { get; } =
    [
        Codex("codex.conversation_starts", """{"provider_name":"Paddock","approval_policy":"never","sandbox_policy":"danger-full-access","mcp_servers":"geheim"}"""),
        Codex("codex.user_prompt", """{"prompt_length":"20","prompt":"geheim"}"""),
        Codex("codex.api_request", """{"duration_ms":"53","http.response.status_code":200,"attempt":0,"endpoint":"/responses"}"""),
        Codex("codex.sse_event", """{"event.kind":"response.created","duration_ms":"0"}"""),
        Codex("codex.sse_event", """{"event.kind":"response.completed","duration_ms":"0"}"""),
        Codex("codex.sse_event", """{"event.kind":"response.completed","input_token_count":"9874","output_token_count":"20","cached_token_count":5,"cache_write_token_count":0,"reasoning_token_count":3,"tool_token_count":"9894"}"""),
        Codex("codex.tool_decision", """{"tool_name":"exec_command","tool_namespace":"functions","call_id":"call_shell","decision":"approved","source":"Config"}"""),
        Codex("codex.tool_result", """{"tool_result_seq":1,"tool_name":"exec_command","tool_namespace":"functions","call_id":"call_shell","duration_ms":"84","success":"true","output_truncated":false,"arguments":"{\"cmd\":\"geheim\"}","output":"geheim","mcp_server":"","mcp_server_origin":"","agent_name":"/root"}"""),
        Codex("codex.turn_ttft", """{"duration_ms":"193"}"""),
    ];

    public static string[] GeminiCliTurn { get; } =
    [
        GeminiCli("gemini_cli.config", """{"model":"gemini-2.5-pro","embedding_model":"gemini-embedding-001","sandbox_enabled":true,"approval_mode":"yolo","mcp_servers":"geheim"}"""),
        GeminiCli("gemini_cli.user_prompt", """{"prompt_length":20,"prompt_id":"geheim","prompt":"geheim"}"""),
        GeminiCli("gemini_cli.api_request", """{"model":"gemini-2.5-pro","request_text":"geheim","role":"main"}"""),
        GeminiCli("gen_ai.client.inference.operation.details", """{"gen_ai.system_instructions":"geheim"}"""),
        GeminiCli("gemini_cli.api_response", """{"model":"gemini-2.5-pro","duration_ms":222,"input_token_count":10,"output_token_count":5,"cached_content_token_count":4,"thoughts_token_count":3,"total_token_count":18,"status_code":200,"role":"main","response_text":"geheim"}"""),
        GeminiCli("gemini_cli.tool_call", """{"function_name":"run_shell_command","duration_ms":150,"success":true,"decision":"accept","tool_type":"native","content_length":81,"function_args":"geheim"}"""),
    ];

    public static string[] CopilotTurn { get; } =
    [
        Copilot("execute_tool", """{"gen_ai.tool.name":"bash","gen_ai.tool.call.id":"call_shell","gen_ai.tool.type":"function","process.executable.name":"geheim","process.exit.code":1,"gen_ai.tool.call.arguments":"geheim"}"""),
        Copilot("chat", """{"gen_ai.request.model":"gpt-5","gen_ai.response.model":"gpt-5-mini","gen_ai.usage.input_tokens":11993,"gen_ai.usage.output_tokens":20,"gen_ai.usage.cache_read.input_tokens":6,"github.copilot.cost":0.5,"github.copilot.initiator":"user","gen_ai.input.messages":"geheim"}""", "3f35ea6c55595673"),
        Copilot("permission", """{"github.copilot.permission.kind":"shell"}""", "3f35ea6c55595674"),
        Copilot("invoke_agent", """{"gen_ai.usage.input_tokens":11993,"gen_ai.usage.output_tokens":20,"github.copilot.turn_count":1,"github.copilot.agent.type":"builtin"}""", "2f5348a1915906a8", parent: ""),
    ];

    private static string Log(string record, params IEnumerable<string> attributes) => $"{record[..^1]},\"attributes\":{List(attributes)}}}";

    /// <summary>Attributes as a list, of one or more JSON objects.</summary>
    private static string List(params IEnumerable<string> objects)
    {
        var list = new JsonArray();
        foreach (var (key, value) in objects.SelectMany(static text => JsonNode.Parse(text)!.AsObject()))
        {
            var kind = value!.GetValueKind() switch
            {
                JsonValueKind.True or JsonValueKind.False => "boolValue",
                JsonValueKind.Number when value.AsValue().TryGetValue<long>(out _) => "intValue",
                JsonValueKind.Number => "doubleValue",
                _ => "stringValue",
            };
            list.Add(new JsonObject { ["key"] = key, ["value"] = new JsonObject { [kind] = value.DeepClone() } });
        }

        return list.ToJsonString();
    }
}
