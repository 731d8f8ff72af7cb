using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Agents;
using Paddock.Core.Agents;
using Paddock.Core.Models;
using Paddock.Gateway.Tests.Rig;
using Paddock.Testing;

namespace Paddock.Gateway.Tests.Guard;

/// <summary>What a rule wants to happen besides: done, or the call does not pass.</summary>
public sealed class ObligationTests
{
    private const string Policies = """
        apiVersion: paddock/v1alpha1
        kind: Policy
        metadata: {name: p, owner: tests}
        spec:
          rules:
          - {id: tell, match: {commands: [[git, push]]}, effect: allow, obligations: [{type: notification, properties: {channel: sec}}]}
          - {id: no, match: {commands: [[rm]]}, effect: deny, obligations: [{type: notification}, {type: custom}], because: Nothing is removed, tests: [{match: rm x}]}
          - {id: step, match: {commands: [[sudo]]}, effect: allow, obligations: [{type: step_up, properties: {acr: high}}]}
        ---
        apiVersion: paddock/v1alpha1
        kind: PolicyBinding
        metadata: {name: p, owner: tests}
        spec: {policy: p, enforcement: ENFORCEMENT}
        """;

    [Fact]
    public async Task People_are_told_of_what_was_decided_and_never_of_what_was_called()
    {
        var posted = new ToldNotifications();
        await using var gateway = await StartAsync("enforce", posted);

        (await AskAsync(gateway, "git push zebra")).ShouldContain("git push zebra");
        (await AskAsync(gateway, "rm zebra")).ShouldContain("Nothing is removed");
        await AskAsync(gateway, "ls zebra");

        posted.All.Select(one => one.Text).ShouldBe(["Allowed: bash of opencode for dev (p/tell).", "Refused: bash of opencode for dev (p/no)."]);
        posted.All.ShouldAllBe(one => one.Event == "tool.decided" && !one.Facts.Any(fact => fact.Value.Contains("zebra", StringComparison.Ordinal)));
        posted.All[0].Facts.Select(fact => fact.Key).ShouldBe(["decision", "effect", "rule", "tool", "user", "agent", "task", "channel"]);
        posted.All[0].Facts.Single(fact => fact.Key == "decision").Value.ShouldStartWith("dec_");
    }

    [Fact]
    public async Task What_only_others_can_do_lets_no_call_pass_here()
    {
        await using var gateway = await StartAsync("enforce", new());

        var got = await AskAsync(gateway, "sudo ls zebra");

        got.ShouldNotContain("zebra");
        got.ShouldContain("not evaluated. Its rule lets it pass only together with what an outside enforcement point has to do.");
    }

    [Theory]
    [InlineData("shadow")]
    [InlineData("warn")]
    public async Task What_is_not_enforced_obliges_nobody(string enforcement)
    {
        var posted = new ToldNotifications();
        await using var gateway = await StartAsync(enforcement, posted);

        (await AskAsync(gateway, "sudo rm zebra && git push")).ShouldContain("zebra");
        posted.All.ShouldBeEmpty();
    }

    private static Task<GatewayUnderTest> StartAsync(string enforcement, ToldNotifications posted) => GatewayUnderTest.StartAsync(new()
    {
        Notifications = posted,
        Dialects = [.. new ServiceCollection().AddAgents().BuildServiceProvider().GetServices<IAgentDialect>()],
        Snapshot = address => Snapshots.Of([Snapshots.Provider("main", address)]).Under(Policies.Replace("ENFORCEMENT", enforcement, StringComparison.Ordinal)),
    });

    private static async Task<string> AskAsync(GatewayUnderTest gateway, string command)
    {
        gateway.Upstream.Scripts.Clear();
        gateway.Upstream.Scripts.Enqueue(Answers.Json(ToolStreams.WritePlain(Wire.OpenAiChat, [new("call_0", "bash", $$"""{"command":"{{command}}"}""", [])], "text")));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent("""{"model":"m"}""", Encoding.UTF8, "application/json") };
        request.Headers.UserAgent.ParseAdd("opencode/1.18.33");
        using var answer = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
