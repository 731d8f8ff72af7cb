using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Agents;
using Paddock.Core.Agents;
using Paddock.Core.Models;
using Paddock.Gateway.Tests.Rig;

namespace Paddock.Gateway.Tests.Guard;

/// <summary>A call is held only until it is decidable: an allowed edit streams into the editor.</summary>
public sealed class EarlyDecisionTests
{
    private const string Policies = """
        apiVersion: paddock/v1alpha1
        kind: Policy
        metadata: {name: files, owner: tests}
        spec:
          rules:
          - {id: secrets, match: {classes: [edit, read], paths: {any: ["**/.env"]}}, effect: deny, because: Secrets stay, tests: [{match: {call.class: edit, call.paths: [a/.env]}}]}
          - {id: rm, match: {commands: [[rm]]}, effect: deny, because: Nothing is removed, tests: [{match: rm x}]}
        ---
        apiVersion: paddock/v1alpha1
        kind: PolicyBinding
        metadata: {name: files, owner: tests}
        spec: {policy: files, enforcement: enforce}
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("write", """{"filePath":"src/a.cs","content":"zebra two three four five six"}""", "zebra")]
    [InlineData("todowrite", """{"todos":"zebra two three four five six"}""", "zebra")] // names no file, so that rules about files say nothing of it
    [InlineData("webfetch", """{"url":"https://docs.example/x","format":"text"}""", "webfetch")]
    public async Task What_no_rule_can_refuse_any_more_flows_before_it_is_whole(string tool, string arguments, string mark)
    {
        var before = await FirstHalfAsync(tool, arguments);

        before.ShouldContain(mark);
    }

    [Theory]
    [InlineData("write", """{"content":"zebra two three four five six","filePath":"src/a.cs"}""", "zebra")]
    [InlineData("write", """{"filePath":"src/.env","content":"zebra two three four five six"}""", "zebra")]
    [InlineData("bash", """{"command":"ls zebra","description":"two three four five"}""", "zebra")]
    public async Task What_a_rule_may_still_refuse_does_not(string tool, string arguments, string mark)
    {
        var before = await FirstHalfAsync(tool, arguments);

        before.ShouldContain("some text");
        before.ShouldNotContain(mark);
    }

    /// <summary>What the client has when the provider has sent all but the end of the arguments.</summary>
    private static async Task<string> FirstHalfAsync(string tool, string arguments)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new()
        {
            Dialects = [.. new ServiceCollection().AddAgents().BuildServiceProvider().GetServices<IAgentDialect>()],
            Snapshot = address => Snapshots.Of([Snapshots.Provider("main", address)]).Under(Policies),
        });
        var events = ToolStreams.Write(Wire.OpenAiChat, [new("call_0", tool, arguments, [0.2, 0.4, 0.6, 0.8])], "some text").Select(one => one.Write("\n")).ToList();
        var last = events.FindLastIndex(one => one.Contains("arguments", StringComparison.Ordinal));
        gateway.Upstream.Scripts.Enqueue(Answers.Stream(events[..last].Select(Encoding.UTF8.GetBytes), AfterScript.Reset));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent("""{"model":"m","stream":true,"stream_options":{"include_usage":true}}""", Encoding.UTF8, "application/json") };
        request.Headers.UserAgent.ParseAdd("opencode/1.18.33");
        using var answer = await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        await using var stream = await answer.Content.ReadAsStreamAsync(Cancellation);
        var text = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            while (await stream.ReadAsync(buffer, Cancellation) is > 0 and var read)
            {
                text.Append(Encoding.UTF8.GetString(buffer, 0, read));
            }
        }
        catch (IOException)
        {
            // the provider broke off, and the gateway with it
        }

        return text.ToString();
    }
}
