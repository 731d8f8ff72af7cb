using System.Net;
using Microsoft.Extensions.Logging;
using Paddock.EndToEnd.Tests.Hosting;
using Paddock.Hosting;
using Paddock.Settings;

namespace Paddock.EndToEnd.Tests.Audit;

/// <summary>Who may read entries where others than this machine may ask.</summary>
public sealed class AuditorTests : IAsyncLifetime
{
    private readonly string data = Directory.CreateTempSubdirectory("paddock-auditor-").FullName;
    private PaddockServer server = null!; // started before any test

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>A name of its own: something brings requests from elsewhere to this loopback address.</summary>
    public async ValueTask InitializeAsync() => server = await PaddockServer.StartAsync(
        new ServeSettings { DataDirectory = data, AuditName = "audit.example", Listeners = [new(new(IsHttps: false, IPAddress.Loopback, 0), ListenerSides.Both, ["paddock.example"])], LogLevel = LogLevel.Error },
        configure: null,
        Cancelled);

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task Hashes_are_for_everybody_and_entries_for_auditors()
    {
        await Eventually.IsAsync(async () => await StatusAsync("/audit/checkpoint", key: null) is HttpStatusCode.OK, () => "Nothing was published.", Cancelled);
        var (viewer, auditor) = (await KeyAsync("viewer"), await KeyAsync("auditor"));

        (await StatusAsync("/audit/tile/0/000.p/1", key: null)).ShouldBe(HttpStatusCode.OK);
        foreach (var path in new[] { "/audit/tile/entries/000.p/1", "/audit/tile/Entries/000.p/1", "/audit/tile/%65ntries/000.p/1", "/audit/shards/1/tile/entries/000.p/1", "/audit/shards/1/tile/Entries/000.p/1", "/control/v1/audit/entries", "/control/v1/audit/export?format=ocsf" })
        {
            (await StatusAsync(path, key: null)).ShouldBe(HttpStatusCode.Unauthorized, path);
            (await StatusAsync(path, viewer)).ShouldBe(HttpStatusCode.Forbidden, path);
            (await StatusAsync(path, auditor)).ShouldBe(HttpStatusCode.OK, path);
        }

        (await StatusAsync("/control/v1/audit/status", viewer)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync("/control/v1/audit/reconcile", auditor)).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_log_has_the_name_that_it_was_given()
    {
        await Eventually.IsAsync(async () => await StatusAsync("/audit/vkey", key: null) is HttpStatusCode.OK, () => "Nothing was published.", Cancelled);
        using var http = Client(key: null);

        (await http.GetStringAsync("/audit/vkey", Cancelled)).ShouldStartWith("audit.example/audit/org_");
    }

    private async Task<string> KeyAsync(string role) => (await PaddockProcess.RunAsync(["key", "create", "--name", role, "--user", "ada", "--control", role, "--data", data], environment: null, Cancelled)).Printed;

    private async Task<HttpStatusCode> StatusAsync(string path, string? key)
    {
        using var http = Client(key);
        using var answer = await http.GetAsync(path, Cancelled);
        return answer.StatusCode;
    }

    private HttpClient Client(string? key)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new(server.AgentsUrls[0]) };
        http.DefaultRequestHeaders.Authorization = key is null ? null : new("Bearer", key);
        return http;
    }
}
