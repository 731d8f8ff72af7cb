using System.Net;

namespace Paddock.EndToEnd.Tests.Hosting;

/// <summary>The ways to a provider that companies need: their own authority, a client certificate, a forward proxy, another header, another path.</summary>
public class ProviderTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_provider_behind_a_private_authority_a_proxy_and_mutual_tls_is_reached_with_its_own_header_and_path()
    {
        using var place = new Installation();
        using var authority = new PrivateAuthority();
        await using var upstream = await GuardedUpstream.StartAsync(authority, asksForCertificate: true, Cancelled);
        await using var proxy = new ForwardProxy();
        var (certificate, key) = authority.Issue("paddock");
        WriteProvider(place, upstream.Url, $$"""
              paths: {openai-chat: "/openai/deployments/x/chat/completions?api-version=2"}
              auth: {scheme: header, header: api-key}
              credential: {file: {{place.Write("secret", "s3cret\n")}}}
              proxy: {{proxy.Url}}
              caFile: {{place.Write("ca.pem", authority.Pem)}}
              clientCert: {certFile: {{place.Write("client.pem", certificate)}}, keyFile: {{place.Write("client.key", key)}}}
            """);
        var (server, url) = await place.ServeAsync(["--release", place.Release]);
        await using var _ = server;
        var token = await place.CreateKeyAsync();

        var (status, body) = await Installation.SendAsync(Installation.Chat(url, token, "m"));

        (status, body).ShouldBe((HttpStatusCode.OK, body));
        body.ShouldContain("hello");
        upstream.Seen.ShouldHaveSingleItem().ShouldBe(new("/openai/deployments/x/chat/completions?api-version=2", "s3cret", null, "CN=paddock"));
        proxy.Asked.ShouldHaveSingleItem().ShouldStartWith($"CONNECT 127.0.0.1:{upstream.Url.Port} ");
    }

    [Fact]
    public async Task A_provider_whose_authority_nobody_named_is_not_trusted_and_the_key_is_not_sent()
    {
        using var place = new Installation();
        using var authority = new PrivateAuthority();
        using var other = new PrivateAuthority();
        await using var upstream = await GuardedUpstream.StartAsync(authority, asksForCertificate: false, Cancelled);
        WriteProvider(place, upstream.Url, "  auth: {scheme: none}");
        var (server, url) = await place.ServeAsync(["--release", place.Release]);
        await using var _ = server;
        var token = await place.CreateKeyAsync();

        (await Installation.SendAsync(Installation.Chat(url, token, "m"))).Status.ShouldBe(HttpStatusCode.BadGateway);
        WriteProvider(place, upstream.Url, $"  auth: {{scheme: none}}\n  caFile: {place.Write("other.pem", other.Pem)}");
        await Eventually.IsAsync(() => Task.FromResult(server.Said.Split("is in force, put there").Length == 3), () => server.Said, Cancelled);
        (await Installation.SendAsync(Installation.Chat(url, token, "m"))).Status.ShouldBe(HttpStatusCode.BadGateway);

        upstream.Seen.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_is_missing_or_replaced_is_noticed_without_a_restart()
    {
        using var place = new Installation();
        using var authority = new PrivateAuthority();
        await using var upstream = await GuardedUpstream.StartAsync(authority, asksForCertificate: false, Cancelled);
        WriteProvider(place, upstream.Url, $"  auth: {{scheme: none}}\n  caFile: {place.At("ca.pem")}");
        var (server, url) = await place.ServeAsync(["--release", place.Release]);
        await using var _ = server;
        var token = await place.CreateKeyAsync();

        var (missing, told) = await Installation.SendAsync(Installation.Chat(url, token, "m"));
        place.Write("ca.pem", authority.Pem);
        var (there, _) = await Installation.SendAsync(Installation.Chat(url, token, "m"));

        (missing, there).ShouldBe((HttpStatusCode.BadGateway, HttpStatusCode.OK));
        told.ShouldNotContain(place.At("ca.pem"));
        server.Said.ShouldContain("ca.pem");
    }

    private static void WriteProvider(Installation place, Uri url, string more) => place.Write("release/provider.yaml", $"""
        apiVersion: paddock/v1alpha1
        kind: Provider
        metadata: {"{name: guarded, owner: test}"}
        spec:
          wires: [openai-chat]
          baseUrl: {url.AbsoluteUri.TrimEnd('/')}
        {more}
        """);
}
