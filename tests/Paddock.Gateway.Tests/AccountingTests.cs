using System.Text;
using Paddock.Core.Ledger;
using Paddock.Core.Models;
using Paddock.Gateway.Tests.Rig;
using Paddock.Simulator;

namespace Paddock.Gateway.Tests;

/// <summary>The ledger against the simulator's own count: no error on complete calls.</summary>
public class AccountingTests
{
    public static TheoryData<string, string, bool> Cases()
    {
        var cases = new TheoryData<string, string, bool>();
        string[] scripts = ["in=1000,out=50", "in=10,cached=990,out=7,reasoning=3", "in=5,out=5,usage=delta", "in=5,out=9,compress=gzip,split=7", "in=5,out=9,compress=br", "in=3,out=4,crlf=true,nospace=true,comments=true,split=3", "in=1,write5m=50,out=2,tool=bash,thinking=true"];
        foreach (var (path, script, stream) in from path in new[] { "/v1/chat/completions", "/v1/responses", "/v1/messages" } from script in scripts from stream in new[] { false, true } select (path, script, stream))
        {
            cases.Add(path, script, stream);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_complete_call_is_metered_as_the_provider_counted_it(string path, string script, bool stream)
    {
        await using var provider = await SimulatedProvider.StartAsync(new(), TestContext.Current.CancellationToken);
        await using var gateway = await GatewayUnderTest.StartAsync(new()
        {
            Snapshot = _ => Snapshots.Of(
            [
                Snapshots.Provider("openai", provider.BaseUrl, Wire.OpenAiChat, Wire.OpenAiResponses) with { BaseUrl = new(provider.BaseUrl, "v1") },
                Snapshots.Provider("anthropic", provider.BaseUrl, Wire.AnthropicMessages) with { BaseUrl = provider.BaseUrl },
            ]),
        });
        var body = $$"""{"model":"sim:{{script}}","stream":{{(stream ? "true" : "false")}},"messages":[],"input":[]}""";

        using var answer = await gateway.Http.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
        await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        var row = await gateway.Ledger.NextAsync(TestContext.Current.CancellationToken);
        var truth = provider.Truth.Newest(1).Single().Usage;
        row.Closing!.Outcome.ShouldBe(CallOutcome.Complete);
        row.Closing.Estimated.ShouldBeFalse();
        var used = row.Closing.Usage;
        (used.Input + used.CacheWrite5m + used.CacheWrite1h, used.CacheRead, used.Output).ShouldBe((truth.Input + truth.CacheWrite5m + truth.CacheWrite1h, truth.CacheRead, truth.Output));
    }

    [Theory]
    [InlineData("""{"prompt_tokens":10.0,"completion_tokens":2.0}""", 10, 2)]
    [InlineData("""{"prompt_tokens":1e1,"completion_tokens":2}""", 10, 2)]
    [InlineData("""{"prompt_tokens":-5,"completion_tokens":"7"}""", 0, 0)]
    [InlineData("""{"prompt_tokens":null,"completion_tokens":2,"prompt_tokens_details":null}""", 0, 2)]
    [InlineData("""{"prompt_tokens":9223372036854775807,"completion_tokens":9223372036854775807}""", 100_000_000, 100_000_000)]
    [InlineData("""{"prompt_tokens":1e300,"completion_tokens":99999999999999999999999}""", 100_000_000, 100_000_000)]
    public async Task However_odd_a_providers_figures_are_the_answer_passes_and_the_sums_hold(string usage, long input, long output)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var body = $$"""{"choices":[{"message":{"content":"hello"},"finish_reason":"stop"}],"usage":{{usage}}}""";
        gateway.Upstream.Scripts.Enqueue(Answers.Json(body));

        (await AskAsync(gateway, """{"model":"m"}""")).ShouldBe(body);

        var closing = (await gateway.Ledger.NextAsync(TestContext.Current.CancellationToken)).Closing!;
        (closing.Usage.Input, closing.Usage.Output, closing.Outcome).ShouldBe((input, output, CallOutcome.Complete));
        closing.CostNanoUsd.ShouldBe((input * 3_000) + (output * 15_000));
    }

    [Fact]
    public async Task A_byte_order_mark_before_an_answer_hides_no_figures()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        const string body = """{"choices":[{"message":{"content":"hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":10,"completion_tokens":2}}""";
        gateway.Upstream.Scripts.Enqueue(Answers.Json("\uFEFF" + body));

        (await AskAsync(gateway, """{"model":"m"}""")).ShouldBe(body); // .NET's client passes over the mark, as others do

        var closing = (await gateway.Ledger.NextAsync(TestContext.Current.CancellationToken)).Closing!;
        (closing.Usage.Input, closing.Usage.Output, closing.Outcome, closing.Estimated).ShouldBe((10, 2, CallOutcome.Complete, false));
    }

    [Fact]
    public async Task A_running_sum_is_no_final_usage_a_stream_that_breaks_before_its_end_is_charged_a_floor()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var delta = $$$"""data: {"choices":[{"delta":{"content":"{{{new string('x', 400)}}}"}}],"usage":{"prompt_tokens":11,"completion_tokens":1}}""" + "\n\n";
        gateway.Upstream.Scripts.Enqueue(Answers.Stream(delta + delta, AfterScript.Close));

        await Should.ThrowAsync<HttpRequestException>(() => AskAsync(gateway, """{"model":"m","stream":true}"""));

        var closing = (await gateway.Ledger.NextAsync(TestContext.Current.CancellationToken)).Closing!;
        (closing.Usage.Input, closing.Usage.Output, closing.Estimated).ShouldBe((11, 200, true));
    }

    private static async Task<string> AskAsync(GatewayUnderTest gateway, string body)
    {
        using var answer = await gateway.Http.PostAsync("/v1/chat/completions", new StringContent(body, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
