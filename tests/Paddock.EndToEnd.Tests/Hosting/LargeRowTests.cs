using System.Net;
using System.Net.Http.Headers;
using Paddock.Simulator;
using Paddock.Testing;

namespace Paddock.EndToEnd.Tests.Hosting;

/// <summary>
/// Sockets complete inline in the server, so that a column that is waited for while it comes would hold the thread that brings it, and all
/// connections on it with it.
/// </summary>
public sealed class LargeRowTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_larger_than_any_buffer_comes_from_PostgreSQL_at_once()
    {
        await using var postgres = await PrivatePostgres.StartAsync(Cancellation);
        await using var provider = await SimulatedProvider.StartAsync(new(), Cancellation);
        using var installation = new Installation();
        installation.WriteProvider(provider.BaseUrl, string.Concat(Enumerable.Repeat($"# {new string('x', 97)}\n", 10_000)));
        var (server, url) = await installation.ServeAsync(["--release", installation.Release], new Dictionary<string, string> { ["PADDOCK_POSTGRES"] = await postgres.CreateDatabaseAsync(Cancellation) });
        await using var running = server;
        var key = (await File.ReadAllTextAsync(installation.AdminKeyFile, Cancellation)).Trim();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Installation.SendAsync(
            new(HttpMethod.Get, url + "/control/v1/releases/active") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", key) } })));

        answers.Select(static answer => answer.Status).Distinct().ShouldBe([HttpStatusCode.OK], server.Said);
        answers.ShouldAllBe(static answer => answer.Body.Length > 950_000);
        server.Said.ShouldNotContain("Timeout");
    }
}
