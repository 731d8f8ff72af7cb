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
}
