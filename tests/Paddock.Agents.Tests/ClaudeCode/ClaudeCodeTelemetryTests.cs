using Paddock.Agents.ClaudeCode;
using Paddock.Agents.Telemetry;
using Paddock.Agents.Tests.Telemetry;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;

namespace Paddock.Agents.Tests.ClaudeCode;

public sealed class ClaudeCodeTelemetryTests
{
    /// <summary>As Claude Code 2.1.197 sent it: a prompt, a command that was let run, two calls of a model, their ends; <c>http/protobuf</c>, packed by gzip, base64.</summary>
    private const string Recorded = """
        H4sIAAAAAAACA+1XzW/cVBDfTXY32UnCJo9NmrQkOAsKUqkt2+v1riNR2iIuSFwQKJQerLfPz1kr/sLPzgcVEh9CCDiABJXgAkeOVXoCDm2BA+LAnf8ARS0CBCciJJ53s+2u2KA0UkQjcfTMm3kz8/vNzzbsLsC7WShDsRWwWMIRaaERyGPP0jVAMBIwKd4KaWpzHT/Z
        hIcBuG2dRswJfDQFJV1SGpKmiTYR1+sNFeZhnNFo3SFU8rFH0QSMERcnFhVJYFF4CEpddzdJEUZUSZEUoz6ZQbfm4XEQSOBJ2I9bURA6ROrEm2m8RNepHzPUjUDXh4uZ82d//vjbW7On5+BE79GEX2SGUeCFsfosjKSPkmOhC3CuphDSsJuqblBdr8taEys1nTZt2ajS
        eq1uG3oNGwbRG9iuEVlrEL2myzrGikJws4plVQNglKXVpxmX4FFDMbCh2bZoEGqIPKElGlatLipN2bZrFNeoYqsnYCKmkef42O1MtQA5K/Ga6imAdl93JtZbugiljjN2PMpi7IXoJMyqsqqLiiKq9edlZVmrLVcbkqzKL6lleKBznNGXE+oTioZmM2oVip10e/WqtqYZ
        utYQa4pdFzWtaYkNXLVESzY0XKVW09apOg0TnSDTpf5q3EI5GOL3ClDomNEMlFciJ6ZC3KICtwW2YDsubWSezmYymWcmf9p84reVa7uf2CdPv/nCi9cWnxv9YedX8bvF+vbFLmjoSr742tX3f28DeArmegGMg8A1LUqcdND3OYTzfRCW+LG+4g8OoqLqg0HMHg7EMox2
        q0CjUMCEUE4qBAUWJBFPzG0k8G1nVX0Qiu2i2x3wvi5g1lIXYaxt5KM3+a0IJtPHxCTYdU3Woq6rfp6FUvtMiCMeyufD0IdZ+CB7udLkKTiWnod9q7JcoaQVVM5U7ITH9luFEFtWQNbEDczEFo2ocPaOqU0sKd6MhaUlgeD4nw6e06KMRE4Y8zZ5ykGsrLz6L7zc3vny
        0lOfvcMudrmI/soVbw7P/TFIWHDomFEKDDt2wtJb+j1wslobzMmhw3FyBvIeH6SbVtQFkzkev2Lc8cMkNuNgjfoM5WZ3PspyXk4ESdxjHpot85anCCYtyrvB1l1Hhrc83XEQ7knp0OuchlHC33OczRYqLn7jfP3e9Te+eJInK3XNpueQKEivfv12Xp2CMSuJOmm8NMU5
        bsqzkFIrXRw/iDzs8qzjfCLRlrm3UnkYZtaaOgkFattBFKdwtJzV1kF0scs59GOhmHls4c9B/GsvW0RZ4h47/vWWfnD+qdV9NHH4cPw7rNJNwQhLuIAylkbFUZLKax9DOPSK3Dg+kqi+lQVoV9pePLQByeXKf1HHAkzfLcNkzivUbG7FtDNRpc79Mz3c6T3AP0oU/UCf
        HHvr1Jb2R77a/V/a09XSq4NXK3fU0n7jyhFK+8ql7Ru3P91P2q/+MkDaS0cu7XucQ2/nihn7+w7/BFjo4x8nCMfLj1Oih4HP6H1Ow0ofDcuABnRwL2zUBrMxf9g/mFK3iu4/zNDsgnoGRrtmxAE477qCFfh0uS1LqSAJDhM2uFDF1Jf2pfRgbhxIifbQ/xtUp0Bqfg8A
        AA==
        """;

    private static readonly ClaudeCodeDialect claude = new();

    [Fact]
    public void A_turn_leaves_names_and_counts() => Told.Events(TelemetrySignal.Logs, SentTelemetry.ClaudeCodeLogs(SentTelemetry.ClaudeCodeTurn)).Select(static one => (one.Type, one.Facts)).ShouldBe(
    [
        ("claude_code.user_prompt", """{"length":20,"sequence":0}"""),
        ("claude_code.tool_decision", """{"tool":"Bash","toolCall":"toolu_1","decision":"accept","source":"config","sequence":1}"""),
        ("claude_code.api_request", """{"model":"claude-opus-4","costUsd":0.095745,"inputTokens":19049,"outputTokens":20,"cacheReadTokens":100,"cacheWriteTokens":7,"durationMs":73,"source":"sdk","sequence":2}"""),
        ("claude_code.tool_result", """{"tool":"Bash","toolCall":"toolu_1","success":true,"durationMs":107,"inputBytes":117,"resultBytes":16,"sequence":3}"""),
    ]);

    [Fact]
    public void What_the_real_one_sent_is_read()
    {
        using var packed = new System.IO.Compression.GZipStream(new MemoryStream(Convert.FromBase64String(string.Concat(Recorded.Split('\n')))), System.IO.Compression.CompressionMode.Decompress);
        using var body = new MemoryStream();
        packed.CopyTo(body);

        var records = Told.Batch(Otlp.Protobuf, TelemetrySignal.Logs, body.ToArray()).ShouldNotBeNull().Records;

        records.Select(static one => one.Body).ShouldBe(["claude_code.user_prompt", "claude_code.tool_decision", "claude_code.api_request", "claude_code.tool_result", "claude_code.api_request", "claude_code.assistant_response"]);
        records.ShouldAllBe(static one => one.Text("service.name") == "claude-code" && one.Text("service.version") == "2.1.197" && one.UnixNano > 1_795_000_000_000_000_000);
        (records[2].Value("cost_usd")?.Number, records[2].Value("input_tokens")?.Whole, records[3].Value("success")?.Flag, records[3].Text("tool_use_id")).ShouldBe((0.095745, 19049, true, "toolu_call_shell"));
    }

    [Fact]
    public void A_prompt_is_what_the_person_says() => Signal("user_prompt", "{}").ShouldBe(new TaskSignal(TaskSignalKind.Answered));

    [Fact]
    public void A_call_of_a_model_is_a_turn_whose_input_has_the_cached_tokens_too() =>
        Signal("api_request", """{"model":"claude-opus-4","input_tokens":1,"output_tokens":20,"cache_read_tokens":100,"cache_creation_tokens":7,"cost_usd":0.0123456789}""")
            .ShouldBe(new TaskSignal(TaskSignalKind.Turn) { Model = "claude-opus-4", InputTokens = 108, OutputTokens = 20, CostNanoUsd = 12_345_679 });

    [Fact]
    public void A_failure_is_told_once_also_where_it_was_tried_again()
    {
        Signal("api_error", """{"model":"m","status_code":529,"attempt":11,"error":"geheim"}""").ShouldBe(new TaskSignal(TaskSignalKind.TurnFailed) { Model = "m" });
        Signal("api_retries_exhausted", """{"model":"m","status_code":529,"total_attempts":11}""").ShouldBe(TaskSignal.None);
    }

    [Theory]
    [InlineData("true", ToolEnd.Success)]
    [InlineData("false", ToolEnd.Failure)]
    public void A_tools_end_names_the_call_that_the_gateway_saw(string success, ToolEnd end) =>
        Signal("tool_result", $$"""{"tool_name":"Write","tool_use_id":"toolu_9","success":"{{success}}","error_type":"Error:ENOENT"}""")
            .ShouldBe(new TaskSignal(TaskSignalKind.ToolEnded) { Tool = "Write", ToolCall = "toolu_9", Class = ToolClass.Edit, Result = new(end) });

    [Fact]
    public void A_tool_that_was_denied_has_ended_and_one_that_was_let_go_has_not()
    {
        Signal("tool_decision", """{"tool_name":"Bash","tool_use_id":"toolu_9","decision":"reject","source":"user_reject"}""")
            .ShouldBe(new TaskSignal(TaskSignalKind.ToolEnded) { Tool = "Bash", ToolCall = "toolu_9", Class = ToolClass.Command, Result = ToolResult.Denied });
        Signal("tool_decision", """{"tool_name":"Bash","tool_use_id":"toolu_9","decision":"accept","source":"config"}""").ShouldBe(TaskSignal.None);
    }

    [Theory]
    [InlineData("mcp_tool")]
    [InlineData("mcp__jira__create")]
    public void A_tool_of_a_server_is_one_by_either_name(string tool) => Signal("tool_result", $$"""{"tool_name":"{{tool}}","success":"true"}""").Class.ShouldBe(ToolClass.Mcp);

    [Fact]
    public void A_span_says_the_same_once_more_and_is_not_kept() =>
        Told.Events(TelemetrySignal.Traces, Otlp.Request("traces", "claude-code", "com.anthropic.claude_code.tracing", SentTelemetry.Copilot("execute_tool", """{"session.id":"x","tool_name":"Bash"}"""))).ShouldBeEmpty();

    private static TaskSignal Signal(string name, string attributes) => Told.Signal(claude, TelemetrySignal.Logs, SentTelemetry.ClaudeCodeLogs(SentTelemetry.ClaudeCode(name, attributes)));
}
