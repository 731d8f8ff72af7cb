using Paddock.Core.Approvals;
using Paddock.Gateway.Tests.Rig;

namespace Paddock.Gateway.Tests.Guard;

/// <summary>Tools that the provider would run, and that somebody has to say yes to before the request is sent.</summary>
public sealed class OfferApprovalTests
{
    private const string Responses = "/v1/responses";

    private const string Asking = """
        apiVersion: paddock/v1alpha1
        kind: ApprovalChain
        metadata: {name: leads, owner: tests}
        spec: {steps: [{anyOf: {teams: [leads]}}]}
        ---
        apiVersion: paddock/v1alpha1
        kind: Policy
        metadata: {name: offers, owner: tests}
        spec:
          rules:
          - {id: web, match: {classes: [browser]}, effect: require_approval, approval: {chain: leads}, because: Searches are looked at, tests: [{match: {call.class: browser}}]}
        ---
        apiVersion: paddock/v1alpha1
        kind: PolicyBinding
        metadata: {name: offers, owner: tests}
        spec: {policy: offers, enforcement: enforce}
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_needs_a_yes_waits_for_it_and_is_sent_once_it_is_there()
    {
        await using var gateway = await Offering.StartAsync(Asking);
        const string Asked = """{"model":"m","tools":[{"type":"web_search"}]}""";

        var sent = gateway.SentAsync(Responses, Asked);
        var asked = await gateway.Approvals.AskedAsync(1, Cancellation);
        gateway.Upstream.Seen.ShouldBeEmpty();
        gateway.Approvals.Decide(asked.Id, approve: true);

        (await sent).ShouldBe(Asked);
        asked.Brief.Arguments.ShouldBe("""{"type":"web_search"}""");
        asked.Brief.Rule.ShouldBe("offers/web");
        gateway.Approvals.All.ShouldHaveSingleItem().State.ShouldBe(ApprovalState.Consumed);
    }

    [Fact]
    public async Task A_request_that_waits_for_a_yes_ends_with_its_key()
    {
        await using var gateway = await Offering.StartAsync(Asking);

        var answer = gateway.AskAsync(Responses, """{"model":"m","tools":[{"type":"web_search"}]}""", "{}");
        await gateway.Approvals.AskedAsync(1, Cancellation);
        gateway.Identities.Revoke(gateway.Caller.Key.Id, DateTimeOffset.UnixEpoch);

        (await answer).ShouldContain("key_revoked");
        gateway.Upstream.Seen.ShouldBeEmpty();
        gateway.Approvals.All.ShouldHaveSingleItem().State.ShouldBe(ApprovalState.Pending);
    }

    [Fact]
    public async Task Whoever_has_to_say_yes_sees_which_server_it_is_and_not_its_token()
    {
        await using var gateway = await Offering.StartAsync(Asking.Replace("browser", "mcp", StringComparison.Ordinal), new() { HoldPlainFor = TimeSpan.FromMilliseconds(1) });

        using var answer = await gateway.PostAsync(Responses, """{"model":"m","tools":[{"type":"mcp","server_label":"kit","server_url":"https://kit.example/mcp?k=zebra","authorization":"zebra","headers":{"x":"zebra"},"allowed_tools":["b","a"]}]}""");

        ((int)answer.StatusCode).ShouldBe(403);
        gateway.Approvals.All.ShouldHaveSingleItem().Brief.Arguments.ShouldBe("""{"type":"mcp","server":"kit","host":"kit.example","tools":"a, b"}""");
        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldContain("The request names the MCP server 'kit'");
    }

    [Fact]
    public async Task What_nobody_says_yes_to_in_time_is_refused_with_the_approvals_id()
    {
        await using var gateway = await Offering.StartAsync(Asking, new() { HoldPlainFor = TimeSpan.FromMilliseconds(1) });

        using var answer = await gateway.PostAsync(Responses, """{"model":"m","tools":[{"type":"web_search"}],"stream":true}""");

        ((int)answer.StatusCode).ShouldBe(403);
        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldContain($"web_search, which the provider would run. Waiting for an approval. Searches are looked at. Go on with something else, or make the same call again once it is approved. Approval {gateway.Approvals.All.ShouldHaveSingleItem().Id}");
        gateway.Upstream.Seen.ShouldBeEmpty();
    }
}
