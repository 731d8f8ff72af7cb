using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Paddock.Hosting;
using Paddock.Settings;

namespace Paddock.EndToEnd.Tests.Hosting;

public class ListenerTests
{
    [Fact]
    public async Task A_port_that_is_taken_is_told_in_a_line()
    {
        using var first = new Installation();
        using var second = new Installation();
        var (server, url) = await first.ServeAsync([]);
        await using var _ = server;

        var refused = await second.RunAsync(["serve", "--urls", url]);

        refused.Code.ShouldBe(1);
        refused.Errors.ShouldContain($"paddock: Failed to bind to address {url}: address already in use.");
        refused.Errors.ShouldNotContain("   at ");
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http://0.0.0.0:5999")]
    [InlineData("http://10.1.2.3:5999")]
    [InlineData("http://[::]:5999")]
    public async Task Plain_http_beyond_loopback_is_refused_and_the_message_names_both_remedies(string urls)
    {
        using var place = new Installation();

        var refused = await place.RunAsync(["serve", "--urls", urls]);

        refused.Code.ShouldBe(2);
        refused.Errors.ShouldContain("--certificate");
        refused.Errors.ShouldContain("--behind-proxy");
    }

    [Theory]
    [InlineData("10.0.0.7", true)]
    [InlineData("::ffff:10.0.0.7", true)]
    [InlineData("10.9.0.7", false)]
    [InlineData("127.0.0.1", true)]
    public void Behind_a_proxy_plain_http_is_taken_from_the_named_proxies_and_this_machine_only(string peer, bool trusted)
    {
        var facts = new ListenerFacts(new(new(IsHttps: false, null, 5080), ListenerSides.Agents, []), [IPNetwork.Parse("10.0.0.0/16")]);

        facts.Trusts(IPAddress.Parse(peer)).ShouldBe(trusted);
    }

    [Fact]
    public async Task A_name_that_is_not_on_the_list_is_refused_so_that_another_site_cannot_reach_it_by_renaming_itself()
    {
        using var place = new Installation();
        var (server, url) = await place.ServeAsync(["--hosts", "paddock.example"]);
        await using var _ = server;
        var key = (await File.ReadAllTextAsync(place.AdminKeyFile, Cancelled)).Trim();

        async Task<HttpStatusCode> AskAsync(string path, string host) =>
            (await Installation.SendAsync(new(HttpMethod.Get, url + path) { Headers = { { "Host", host }, { "Authorization", "Bearer " + key }, { "X-Forwarded-Host", "paddock.example" } } })).Status;

        (await AskAsync("/control/v1/status", "evil.example")).ShouldBe(HttpStatusCode.BadRequest);
        (await AskAsync("/control/v1/status", "paddock.example")).ShouldBe(HttpStatusCode.OK);
        (await AskAsync("/control/v1/status", "localhost")).ShouldBe(HttpStatusCode.OK);
        (await AskAsync("/v1/models", "evil.example")).ShouldBe(HttpStatusCode.BadRequest);
        (await AskAsync("/healthz", "10.2.3.4")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Two_sides_have_listeners_of_their_own_and_each_serves_its_side_only_under_its_own_names()
    {
        using var place = new Installation();
        var (server, agents) = await place.ServeAsync(["--agents-urls", "http://127.0.0.1:0", "--operators-urls", "http://127.0.0.1:0", "--agents-hosts", "agents.example"]);
        await using var _ = server;
        await server.SaysAsync("Operators reach it at ", Cancelled);
        var operators = server.Said.Split('\n').First(line => line.StartsWith("Operators reach it at ", StringComparison.Ordinal))[22..].Trim();
        var key = (await File.ReadAllTextAsync(place.AdminKeyFile, Cancelled)).Trim();

        async Task<HttpStatusCode> AskAsync(string url, string host) =>
            (await Installation.SendAsync(new(HttpMethod.Get, url) { Headers = { { "Host", host }, { "Authorization", "Bearer " + key } } })).Status;

        (await AskAsync(agents + "/control/v1/status", "localhost")).ShouldBe(HttpStatusCode.NotFound);
        (await AskAsync(agents + "/metrics", "localhost")).ShouldBe(HttpStatusCode.NotFound);
        (await AskAsync(operators + "/control/v1/status", "localhost")).ShouldBe(HttpStatusCode.OK);
        (await AskAsync(operators + "/v1/models", "localhost")).ShouldBe(HttpStatusCode.NotFound);
        (await AskAsync(agents + "/v1/models", "agents.example")).ShouldBe(HttpStatusCode.Forbidden);
        (await AskAsync(operators + "/control/v1/status", "agents.example")).ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_replaced_certificate_is_served_to_new_connections_and_a_broken_one_never()
    {
        using var place = new Installation();
        var file = place.At("tls.pem");
        var first = await WriteCertificateAsync(file);
        var (server, url) = await place.ServeAsync(["--urls", "https://127.0.0.1:0", "--certificate", file]);
        await using var _ = server;
        var port = new Uri(url).Port;
        (await HandshakeAsync(port)).ShouldBe(first);

        var second = await WriteCertificateAsync(file);
        await Eventually.IsAsync(async () => await HandshakeAsync(port) == second, () => server.Said, Cancelled);
        await File.WriteAllTextAsync(file, "-----BEGIN CERTIFICATE-----\nbroken\n", Cancelled);
        await server.SaysAsync("[5102]", Cancelled);

        (await HandshakeAsync(port)).ShouldBe(second);
        server.Said.ShouldNotContain("   at ");
    }

    /// <returns>Its thumbprint.</returns>
    private static async Task<string> WriteCertificateAsync(string file)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        await File.WriteAllTextAsync(file + ".new", certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n", Cancelled);
        File.Move(file + ".new", file, overwrite: true);
        return certificate.Thumbprint;
    }

    private static async Task<string> HandshakeAsync(int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, Cancelled);
        var thumbprint = "";
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsClientAsync(
            new()
            {
                TargetHost = "localhost",
                RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                {
                    thumbprint = certificate?.GetCertHashString() ?? "";
                    return thumbprint.Length > 0; // which one it is is what the test looks at
                },
            },
            Cancelled);
        return thumbprint;
    }
}
