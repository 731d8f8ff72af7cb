using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Agents;
using Paddock.Core.Agents;
using Paddock.Core.Models;
using Paddock.Core.Tools;
using Paddock.Core.Tools.Shell;
using Paddock.Gateway.Tests.Rig;

namespace Paddock.Gateway.Tests.Guard;

/// <summary>Every tool of every agent, on every wire: what stands in the place of a refused call harms nobody and is told.</summary>
public sealed class RefusalTableTests
{
    private const string Policies = """
        apiVersion: paddock/v1alpha1
        kind: Release
        metadata: {name: company, owner: tests}
        spec: {defaults: {tools: {default: deny}}}
        """;

    /// <summary>Whatever a tool reads, with something in it that must not get out.</summary>
    private static readonly string arguments = "{" + string.Join(',', new[]
    {
        "command", "cmd", "commands", "chars", "input", "cwd", "workdir", "directory", "path", "paths", "files", "filePath", "file_path", "filepath", "absolutePath", "notebook_path", "image", "include", "url", "requests", "patchText", "patch", "result", "x",
    }.Select(name => $"\"{name}\":\"ζεβρα\"")) + "}";

    private static readonly IAgentDialect[] dialects = [.. new ServiceCollection().AddAgents().BuildServiceProvider().GetServices<IAgentDialect>()];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(StreamGuardTests.Paths), MemberType = typeof(StreamGuardTests))]
    public async Task A_refused_call_of_any_tool_is_harmless_and_says_why(string path, Wire wire)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new() { Dialects = dialects, Snapshot = address => Snapshots.Of([Snapshots.Provider("main", address)]).Under(Policies) });
        foreach (var dialect in dialects)
        {
            foreach (var (name, shape) in dialect.Tools)
            {
                foreach (var stream in (bool[])[true, false])
                {
                    var got = await AskAsync(gateway, dialect, path, wire, name, stream);

                    Check(dialect, name, shape, wire, got, stream);
                }
            }
        }
    }

    [Theory]
    [InlineData(true, "", "function_call")]
    [InlineData(false, ",\"store\":true", "function_call")]
    [InlineData(false, ",\"store\":false", "message")]
    [InlineData(true, ",\"store\":false,\"previous_response_id\":\"resp_1\"", "function_call")]
    [InlineData(true, ",\"store\":false,\"conversation\":\"conv_1\"", "function_call")]
    [InlineData(true, ",\"store\":false,\"conversation\":null", "message")]
    public async Task A_turn_that_its_provider_remembers_keeps_its_calls(bool stream, string more, string becomes)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new() { Dialects = dialects, Snapshot = address => Snapshots.Of([Snapshots.Provider("main", address)]).Under(Policies) });

        var got = await AskAsync(gateway, dialects.Single(one => one.Agent == "codex"), "/v1/responses", Wire.OpenAiResponses, "never_heard_of", stream, more);

        CutScene.Leaks(got).ShouldBeFalse(got);
        got.Contains("\"call_id\":\"call_0\"", StringComparison.Ordinal).ShouldBe(becomes == "function_call", got);
        got.ShouldContain(becomes == "function_call" ? "refused" : "[Paddock] Refused by policy.");
    }

    [Theory]
    [InlineData(Wire.OpenAiChat, "execute_command,attempt_completion", "execute_command", """{"command":"echo Paddock: Refused by policy. No rule allows it. Decision """)]
    [InlineData(Wire.OpenAiChat, "attempt_completion", "attempt_completion", """{"result":"[Paddock] Refused by policy. No rule allows it. Decision """)]
    [InlineData(Wire.OpenAiResponses, "attempt_completion", "attempt_completion", """{"result":"[Paddock] Refused by policy.""")]
    [InlineData(Wire.AnthropicMessages, "execute_command", "execute_command", """{"command":"echo Paddock: Refused by policy.""")]
    public async Task Roo_code_is_told_by_a_tool_of_its_own_where_a_text_would_not_end_its_turn(Wire wire, string offered, string called, string with)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new() { Dialects = dialects, Snapshot = address => Snapshots.Of([Snapshots.Provider("main", address)]).Under(Policies) });
        var path = StreamGuardTests.Paths.Select(row => row.Data).Single(row => row.Item2 == wire).Item1;
        var tools = string.Join(',', offered.Split(',').Select(name => wire is Wire.OpenAiChat ? $$"""{"type":"function","function":{"name":"{{name}}"} }""" : $$"""{"type":{{(wire is Wire.AnthropicMessages ? "\"custom\"" : "\"function\"")}},"name":"{{name}}"}"""));

        foreach (var stream in (bool[])[true, false])
        {
            var got = await AskAsync(gateway, dialects.Single(one => one.Agent == "roo-code"), path, wire, "mcp--github--delete_repo", stream, $",\"tools\":[{tools}]");

            CutScene.Leaks(got).ShouldBeFalse(got);
            ToolClient.Read(wire, got, stream).Calls().ShouldHaveSingleItem().ShouldStartWith($"call_0 {called} {with}");
        }
    }

    private static void Check(IAgentDialect dialect, string name, ToolShape shape, Wire wire, string got, bool stream)
    {
        var what = $"{dialect.Agent} {name} on {wire}: {got}";
        CutScene.Leaks(got).ShouldBeFalse(what);
        var calls = ToolClient.Read(wire, got, stream).Calls().ToList();
        if (shape.Refusal is RefusalStyle.Text)
        {
            calls.ShouldBeEmpty(what);
            got.ShouldContain("[Paddock] Refused by policy. No rule allows it. Decision dec_", customMessage: what);
            return;
        }

        calls.ShouldHaveSingleItem(what).ShouldStartWith($"call_0 {name} {{");
        using var given = JsonDocument.Parse(calls[0][$"call_0 {name} ".Length..]);
        if (shape.Refusal is RefusalStyle.Misfit || shape.CommandForm is CommandForm.Script)
        {
            given.RootElement.EnumerateObject().ShouldHaveSingleItem(what).Name.ShouldBe("refused", what);
            return;
        }

        given.RootElement.EnumerateObject().Select(member => member.Name).ShouldBe([shape.Command!, .. shape.Needs.Select(need => need.Key)], what);
        var command = given.RootElement.GetProperty(shape.Command!);
        if (shape.CommandForm is CommandForm.Words)
        {
            command.EnumerateArray().First().GetString().ShouldBe("echo", what);
            command.GetArrayLength().ShouldBe(2, what);
            return;
        }

        var line = shape.CommandForm is CommandForm.Lines ? command.EnumerateArray().ShouldHaveSingleItem(what).GetString()! : command.GetString()!;
        line.ShouldStartWith("echo Paddock: Refused by policy.", customMessage: what);
        line.EndsWith("; exit 1", StringComparison.Ordinal).ShouldBe(shape.HasOwnShell && shape.CommandForm is CommandForm.Line, what);
        var read = ShellReader.Read(line, ShellDialect.Posix);
        read.Legibility.ShouldBe(Legibility.Plain, what);
        read.Commands.Select(one => one.Argv[0]).Distinct().ShouldBe(line.EndsWith("; exit 1", StringComparison.Ordinal) ? ["echo", "exit"] : ["echo"], what);
    }

    private static async Task<string> AskAsync(GatewayUnderTest gateway, IAgentDialect dialect, string path, Wire wire, string tool, bool stream, string more = ",\"store\":false")
    {
        MadeCall[] calls = [new("call_0", tool, arguments, [0.3, 0.7])];
        gateway.Upstream.Scripts.Clear();
        gateway.Upstream.Scripts.Enqueue(stream ? Answers.Stream(string.Concat(ToolStreams.Write(wire, calls, "text").Select(one => one.Write("\n")))) : Answers.Json(ToolStreams.WritePlain(wire, calls, "text")));
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent($$"""{"model":"m","stream":{{(stream ? "true" : "false")}}{{more}}}""", Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("X-Paddock-Agent", dialect.Agent);
        using var answer = await gateway.Http.SendAsync(request, Cancellation);
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }
}
