using Microsoft.Extensions.DependencyInjection;
using Paddock.Core.Agents;
using Paddock.Core.Tools;

namespace Paddock.Agents.Tests;

/// <summary>What came of a tool call, by what each agent tells the model.</summary>
public class ResultTests
{
    private static readonly Dictionary<string, IAgentDialect> dialects = new ServiceCollection().AddAgents().BuildServiceProvider().GetServices<IAgentDialect>().ToDictionary(dialect => dialect.Agent);

    [Theory]
    [InlineData("Command executed in terminal within working directory '/w'. Exit code: 0\nOutput:\nExit code: 7", ToolEnd.Success, 0)]
    [InlineData("Command executed in terminal within working directory '/w'. Command execution was not successful, inspect the cause and adjust as needed.\nExit code: 127\nOutput:\n", ToolEnd.Failure, 127)]
    [InlineData("Command executed in terminal within working directory '/w'. Process terminated by signal SIGKILL\nOutput:\n", ToolEnd.Failure, null)]
    [InlineData("Command executed in '/w'. Exit code: 0\n\nOutput (2 MB) persisted. Artifact ID: cmd-1.txt\n\nPreview:\n", ToolEnd.Success, 0)]
    [InlineData("Working directory '/x' does not exist.", ToolEnd.Failure, null)]
    [InlineData("The command was terminated after exceeding a user-configured 5s timeout. Do not try to re-run the command.", ToolEnd.Timeout, null)]
    [InlineData("Command is still running in terminal  from '/w'.\nYou will be updated on the terminal status and new output in the future.", ToolEnd.Success, null)]
    [InlineData("Command failed to execute in terminal due to a shell integration error.", ToolEnd.Failure, null)]
    [InlineData("""{"status":"denied","message":"The user denied this operation."}""", ToolEnd.Denied, null)]
    [InlineData("""{"status":"error","message":"The tool execution failed","error":"Missing value for required parameter 'path'"}""", ToolEnd.Failure, null)]
    [InlineData("""{"status":"error","message":"The tool execution failed","error":"Tool \"execute_command\" is not allowed in ask mode."}""", ToolEnd.Denied, null)]
    [InlineData("""{"status":"error","type":"access_denied","message":"Access blocked by .rooignore","path":"a"}""", ToolEnd.Denied, null)]
    [InlineData("{\"status\":\"approved\",\"feedback\":\"fine\"}\n\nExit code: 0", ToolEnd.Success, null)]
    public void Of_a_command_of_Roo_Code(string said, ToolEnd end, int? code) => Of("roo-code", "execute_command", said).ShouldBe(new(end, code));

    [Theory]
    [InlineData("File: a.txt\n1 | Error: x", ToolEnd.Success)]
    [InlineData("File: a.txt\nError: no such file", ToolEnd.Failure)]
    [InlineData("<error_details>\nNo sufficiently similar match found", ToolEnd.Failure)]
    [InlineData("Unable to apply diff to file: /w/a\n\n<error_details>", ToolEnd.Failure)]
    [InlineData("File does not exist at path: /w/a\n\n<error_details>", ToolEnd.Failure)]
    [InlineData("Error:\nthe server said no", ToolEnd.Failure)]
    [InlineData("""{"path":"a.txt","operation":"created","notice":"x"}""", ToolEnd.Success)]
    public void Of_another_tool_of_Roo_Code(string said, ToolEnd end) => Of("roo-code", "read_file", said).ShouldBe(new(end));

    [Theory]
    [InlineData("Exit code: 0\nWall time: 0.1 seconds\nOutput:\nExit code: 3", ToolEnd.Success, 0)]
    [InlineData("Exit code: 1\nWall time: 0.1 seconds\nOutput:\n", ToolEnd.Failure, 1)]
    [InlineData("Chunk ID: 1a2b\nWall time: 0.05 seconds\nProcess exited with code 2\nOriginal token count: 3\nOutput:\nx", ToolEnd.Failure, 2)]
    [InlineData("Wall time: 1 seconds\nProcess running with session ID 7\nOutput:\nx", ToolEnd.Success, null)]
    [InlineData("{\"output\":\"\\\"exit_code\\\":0\",\"metadata\":{\"exit_code\":4,\"duration_seconds\":0.1}}", ToolEnd.Failure, 4)]
    [InlineData("Exit code: 124\nWall time: 10 seconds\nOutput:\ncommand timed out after 10000 milliseconds\n", ToolEnd.Timeout, null)]
    [InlineData("exec command rejected by user", ToolEnd.Denied, null)]
    [InlineData("Command blocked by PreToolUse hook: no", ToolEnd.Denied, null)]
    [InlineData("failed to parse function arguments: missing field `cmd`", ToolEnd.Failure, null)]
    public void Of_a_command_of_Codex(string said, ToolEnd end, int? code) => Of("codex", "exec_command", said).ShouldBe(new(end, code));

    [Theory]
    [InlineData("a\nb", false, ToolEnd.Success, 0)]
    [InlineData("Exit code 2\nmake: *** no rule", true, ToolEnd.Failure, 2)]
    [InlineData("Command timed out after 2m 0.0s", true, ToolEnd.Timeout, null)]
    [InlineData("The user doesn't want to proceed with this tool use. The tool use was rejected", true, ToolEnd.Denied, null)]
    [InlineData("Permission to use Bash with command rm has been denied.", true, ToolEnd.Denied, null)]
    [InlineData("<tool_use_error>InputValidationError: Bash failed</tool_use_error>", true, ToolEnd.Failure, null)]
    [InlineData("Command running in background with ID: b1", false, ToolEnd.Success, null)]
    public void Of_a_command_of_Claude_Code(string said, bool isError, ToolEnd end, int? code) => Of("claude-code", "Bash", said, isError).ShouldBe(new(end, code));

    [Theory]
    [InlineData("opencode", "a\nb", ToolEnd.Success)]
    [InlineData("opencode", "x\n\n<bash_metadata>\nbash tool terminated command after exceeding timeout 5000 ms\n</bash_metadata>", ToolEnd.Timeout)]
    [InlineData("kilo", "The user rejected permission to use this specific tool call.", ToolEnd.Denied)]
    [InlineData("kilo", "Error: File not found: /w/a", ToolEnd.Failure)]
    [InlineData("cline", """[{"query":"ls","result":"a","success":false,"error":"Command failed with exit code 2"}]""", ToolEnd.Failure)]
    [InlineData("cline", "The user denied this operation.", ToolEnd.Denied)]
    public void Of_a_command_of_others(string agent, string said, ToolEnd end) => Of(agent, agent == "cline" ? "run_commands" : "bash", said).End.ShouldBe(end);

    [Theory]
    [InlineData("copilot", "bash", "a\n<exited with exit code 3>", ToolEnd.Failure, 3)]
    [InlineData("copilot", "bash", "oops\n<shellId: 0 completed with exit code 3>", ToolEnd.Failure, 3)]
    [InlineData("copilot", "bash", "it ended with exit code 3\n<shellId: 0 completed with exit code 0>\n", ToolEnd.Success, 0)]
    [InlineData("gemini-cli", "run_shell_command", "Command: ls\nOutput: x\nExit Code: 1\nSignal: (none)", ToolEnd.Failure, 1)]
    [InlineData("cline", "run_commands", """[{"query":"ls","result":"a","success":true}]""", ToolEnd.Success, 0)]
    [InlineData("continue", "run_terminal_command", "anything", ToolEnd.Success, null)]
    public void Of_a_command_whose_exit_code_is_told(string agent, string tool, string said, ToolEnd end, int? code) => Of(agent, tool, said).ShouldBe(new(end, code));

    [Fact]
    public void Whatever_is_said_is_read_as_something()
    {
        foreach (var dialect in dialects.Values)
        {
            foreach (var said in new[] { "", "\n", "{", "[", "Exit code:", "Exit code: x", "Exit code: 99999999999", "<bash_metadata>", "<exited with exit code ", "\0" })
            {
                dialect.ResultOf(ToolShape.Unknown, new(said, null));
                dialect.ResultOf(new(ToolClass.Command), new(said, true));
            }
        }
    }

    private static ToolResult Of(string agent, string tool, string said, bool? isError = null) => dialects[agent].ResultOf(dialects[agent].Tools[tool], new(said, isError));
}
