using System.Text;
using Paddock.Gateway.Tests.Rig;

namespace Paddock.Gateway.Tests;

/// <summary>Headers pass as they are, but for those that belong to a connection or to one party.</summary>
public sealed class HeaderPassageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("utf-8")]
    [InlineData("latin1")]
    public async Task A_value_that_is_not_ascii_passes_byte_for_byte_both_ways(string encoding)
    {
        var value = Encoding.GetEncoding(encoding).GetBytes("Zürich");
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Scripts.Enqueue(new([[.. "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Type: application/json\r\nx-organization: "u8, .. value, .. "\r\n\r\n{}"u8]]));
        using var client = await RawClient.ConnectAsync(gateway.Address, Cancellation);

        await client.SendAsync(
            [.. Encoding.ASCII.GetBytes($"POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nx-api-key: {gateway.Token}\r\nContent-Length: 13\r\nX-Title: "), .. value, .. "\r\n\r\n{\"model\":\"m\"}"u8], Cancellation);
        var answer = await client.ReadBytesAsync(Cancellation);

        Encoding.Latin1.GetBytes(gateway.Upstream.Seen.Single().Header("X-Title")!).ShouldBe(value);
        answer.AsSpan().IndexOf([.. "x-organization: "u8, .. value, .. "\r\n"u8]).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task What_a_provider_says_to_its_connection_or_to_proxies_does_not_reach_the_client()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Scripts.Enqueue(Answers.Json("{}", 200, "Connection: x-hop, keep-alive", "x-hop: 1", "Keep-Alive: timeout=5", "Via: 1.1 edge", "X-Forwarded-Server: a", "Proxy-Status: b", "X-Paddock-Call: forged", "Set-Cookie: a=b", "X-Kept: yes"));

        using var answer = await gateway.Http.PostAsync("/v1/chat/completions", new StringContent("""{"model":"m"}""", Encoding.UTF8, "application/json"), Cancellation);

        answer.Headers.Select(header => header.Key).Except(["Date", "Server"]).ShouldBe(["X-Kept"]); // those two are the test's own server's
    }

    [Fact]
    public async Task What_names_the_path_or_speaks_to_paddock_does_not_reach_the_provider()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Scripts.Enqueue(Answers.Json("{}"));
        using var content = new StringContent("""{"model":"m"}""", Encoding.UTF8, "application/json");
        foreach (var name in (string[])["X-Forwarded-For", "X-Forwarded-Port", "X-Forwarded-Prefix", "Forwarded", "Via", "X-Real-IP", "Proxy-Authorization", "Proxy-Connection", "X-Paddock-Agent", "X-Paddock-Anything", "Cookie"])
        {
            content.Headers.TryAddWithoutValidation(name, "told");
        }

        using var answer = await gateway.Http.PostAsync("/v1/chat/completions", content, Cancellation);

        gateway.Upstream.Seen.Single().Headers.ShouldAllBe(line => !line.Contains("told"));
    }
}
