using System.Net;
using System.Text;
using System.Text.Json;
using Paddock.Core.Ledger;
using Paddock.Gateway.Tests.Rig;

namespace Paddock.Gateway.Tests;

/// <summary>Whatever a client does wrong: the wire's error or a clean close, nothing leaks, nothing goes upstream, the ledger closes, the server serves on.</summary>
public sealed class BadRequestTests(BadRequestTests.Served served) : IClassFixture<BadRequestTests.Served>
{
    private static readonly string[] Leaks = ["   at ", "Exception", "System.", "Paddock.Gateway", "Paddock.Core", "Microsoft.", "/tmp/", "/home/", "/root/", "sk-", "pk_0", ".cs:"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names => [.. BadRequests.All.Select(bad => bad.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_bad_request_is_refused_in_its_wires_shape_or_closed(string name)
    {
        var bad = BadRequests.All.Single(one => one.Name == name);
        var gateway = served.Gateway;
        var before = gateway.Ledger.Closed.Count;
        using var client = await RawClient.ConnectAsync(gateway.Address, Cancellation);

        await client.SendAsync(Keyed(bad.Bytes, gateway.Token), Cancellation);
        if (bad.Then is Then.HalfClose)
        {
            client.HalfClose();
        }

        var answer = await client.ReadAsync(Cancellation);

        // The end of the connection may be seen before or after the fault is told; then there is only a close, or only the fault.
        int[] expected = bad.Then is Then.HalfClose ? [400, 0] : [bad.Status];
        answer.Status.ShouldBeOneOf(expected, answer.Body);
        JudgeBody(bad, answer);
        Leaks.Where(leak => (answer.Body + string.Join('\n', answer.Headers)).Contains(leak, StringComparison.Ordinal)).ShouldBeEmpty();
        gateway.Upstream.Seen.ShouldBeEmpty();
        await served.SettledAsync();
        gateway.Ledger.OpenCalls.ShouldBeEmpty();
        gateway.Ledger.Closed.Skip(before).ShouldAllBe(row => row.Closing!.Outcome == CallOutcome.Refused || row.Closing!.Outcome == CallOutcome.Aborted);
    }

    [Fact]
    public void There_are_more_than_forty_of_them() => BadRequests.All.Count().ShouldBeGreaterThan(100);

    private static byte[] Keyed(byte[] bytes, string token) => Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(bytes).Replace(BadRequests.Key, token, StringComparison.Ordinal));

    private static void JudgeBody(BadRequest bad, RawAnswer answer)
    {
        if (bad.Code is null)
        {
            return;
        }

        using var body = JsonDocument.Parse(answer.Body);
        var error = body.RootElement.GetProperty("error");
        error.GetProperty("message").GetString().ShouldNotBeNullOrWhiteSpace();
        error.GetProperty("type").GetString().ShouldNotBeNullOrWhiteSpace();
        if (bad.Path.StartsWith("/v1/messages", StringComparison.Ordinal))
        {
            body.RootElement.GetProperty("type").GetString().ShouldBe("error");
        }
        else
        {
            error.GetProperty("code").GetString().ShouldBe(bad.Code);
        }
    }

    /// <summary>One gateway takes all of them, and a good call after each.</summary>
    public sealed class Served : IAsyncLifetime
    {
        public GatewayUnderTest Gateway { get; private set; } = null!; // made before any test

        public async ValueTask InitializeAsync() => Gateway = await GatewayUnderTest.StartAsync(new() { Options = new() { MaxBodyBytes = BadRequests.MaxBody } });

        public ValueTask DisposeAsync() => Gateway.DisposeAsync();

        /// <summary>Another client is served as if nothing had been; when it has its answer, what came before it has ended.</summary>
        public async Task SettledAsync()
        {
            var unauthorized = await Gateway.Client("pk_wrong").PostAsync("/v1/messages", new StringContent("{}", Encoding.UTF8, "application/json"), Cancellation);
            unauthorized.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            while (Gateway.InFlight > 0)
            {
                await Task.Yield();
            }

            Gateway.BufferedBytes.ShouldBe(0);
        }
    }
}
