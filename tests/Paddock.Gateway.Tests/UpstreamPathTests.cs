using System.Collections.Immutable;
using System.Text;
using Paddock.Core.Models;
using Paddock.Gateway.Tests.Rig;

namespace Paddock.Gateway.Tests;

public class UpstreamPathTests
{
    [Theory]
    [InlineData("/v1/messages", "/v1/messages", "/up/v1/messages")]
    [InlineData("/v1/messages/count_tokens?beta=true", "/v1/messages", "/up/v1/messages/count_tokens?beta=true")]
    [InlineData("/v1/messages", "/m?api-version=1", "/up/m?api-version=1")]
    [InlineData("/v1/messages?beta=true", "/m?api-version=1", "/up/m?api-version=1&beta=true")]
    [InlineData("/v1/messages/count_tokens", "/m?api-version=1", "/up/m/count_tokens?api-version=1")]
    [InlineData("/v1/messages/count_tokens?beta=true", "/m?api-version=1", "/up/m/count_tokens?api-version=1&beta=true")]
    public async Task A_providers_own_path_keeps_its_query_and_takes_the_clients(string asked, string own, string sent)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new()
        {
            Snapshot = address => Snapshots.Of([Snapshots.Provider("main", address) with { Paths = ImmutableDictionary<Wire, string>.Empty.Add(Wire.AnthropicMessages, own) }]),
        });
        gateway.Upstream.Scripts.Enqueue(Answers.Json("{}"));

        using var answer = await gateway.Http.PostAsync(asked, new StringContent("""{"model":"m"}""", Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

        gateway.Upstream.Seen.Single().RequestLine.ShouldBe($"POST {sent} HTTP/1.1");
    }
}
