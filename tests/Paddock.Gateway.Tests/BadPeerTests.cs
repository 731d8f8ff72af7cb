using System.Net;
using System.Text;
using Paddock.Core.Ledger;
using Paddock.Core.Models;
using Paddock.Gateway.Tests.Rig;

namespace Paddock.Gateway.Tests;

/// <summary>Clients that are slow or leave, and providers that send what they do not say: the call ends, is recorded, and holds nothing.</summary>
public sealed class BadPeerTests
{
    private const string Delta = "data: {\"choices\":[{\"delta\":{\"content\":\"hello\"}}]}\n\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_head_that_drips_is_cut_off()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new() { Limits = limits => limits.RequestHeadersTimeout = TimeSpan.FromSeconds(1) });
        using var client = await RawClient.ConnectAsync(gateway.Address, Cancellation);

        await client.SendAsync("POST /v1/messages HTTP/1.1\r\nHost: x\r\nX-Slow: "u8.ToArray(), Cancellation);

        (await client.ReadAsync(Cancellation)).Status.ShouldBe(408);
        (await client.IsClosedAsync(Cancellation)).ShouldBeTrue();
        gateway.Ledger.Closed.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/v1/chat/completions")]
    [InlineData("/v1/messages")]
    public async Task A_body_that_drips_is_cut_off_in_the_wires_shape_and_recorded(string path)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new() { Limits = limits => limits.MinRequestBodyDataRate = new(1_000, TimeSpan.FromSeconds(1.1)) });
        using var client = await RawClient.ConnectAsync(gateway.Address, Cancellation);

        await client.SendAsync(Head(gateway, path, "Content-Length: 5000"), Cancellation);
        await client.SendAsync("{\"model\":"u8.ToArray(), Cancellation);

        var answer = await client.ReadAsync(Cancellation);
        (answer.Status, answer.Body.Contains("\"error\"", StringComparison.Ordinal)).ShouldBe((408, true));
        (await gateway.Ledger.NextAsync(Cancellation)).Closing!.Outcome.ShouldBe(CallOutcome.Aborted);
        HoldsNothing(gateway);
    }

    [Fact]
    public async Task A_client_that_breaks_off_within_its_body_leaves_nothing_behind()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using (var client = await RawClient.ConnectAsync(gateway.Address, Cancellation))
        {
            await client.SendAsync([.. Head(gateway, "/v1/messages", "Content-Length: 5000", "Expect: 100-continue")], Cancellation);
            (await client.ReadAsync(Cancellation)).Status.ShouldBe(100); // it is being read now
            client.Reset();
        }

        var row = await gateway.Ledger.NextAsync(Cancellation);
        (row.Closing!.Outcome, row.Closing.ErrorClass, row.Closing.Usage.Total).ShouldBe((CallOutcome.Aborted, "client_abort", 0));
        HoldsNothing(gateway);
    }

    [Theory]
    [InlineData(AbortHandling.Cancel, false)]
    [InlineData(AbortHandling.Cancel, true)]
    [InlineData(AbortHandling.Drain, false)]
    [InlineData(AbortHandling.Drain, true)]
    public async Task Clients_that_leave_while_their_answers_flow_are_told_apart_from_failures(AbortHandling onAbort, bool reset)
    {
        const int clients = 60;
        const string last = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":7}}\n\ndata: [DONE]\n\n";
        await using var gateway = await GatewayUnderTest.StartAsync(new() { Snapshot = address => Snapshots.Of([Snapshots.Provider("main", address) with { OnAbort = onAbort }]) });
        var seen = new TaskCompletionSource();
        gateway.Upstream.Scripts.Enqueue(Answers.Stream([.. Enumerable.Repeat(Encoding.UTF8.GetBytes(Delta), 3_000), Encoding.UTF8.GetBytes(last)]) with { PauseBefore = (3_001, seen.Task) });

        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => LeaveAsync(gateway, reset)));
        if (onAbort is AbortHandling.Drain)
        {
            SpinWait.SpinUntil(() => gateway.Draining == clients, TimeSpan.FromSeconds(30)).ShouldBeTrue();
            seen.SetResult();
        }

        for (var i = 0; i < clients; i++)
        {
            var closing = (await gateway.Ledger.NextAsync(Cancellation)).Closing!;
            (closing.Outcome, closing.ErrorClass).ShouldBe((CallOutcome.Aborted, "client_abort"));
            closing.Estimated.ShouldBe(onAbort is AbortHandling.Cancel);
            (closing.Estimated || closing.Usage.Output == 7).ShouldBeTrue();
        }

        HoldsNothing(gateway);
    }

    [Fact]
    public async Task A_client_that_leaves_within_the_answer_is_charged_a_floor_and_the_provider_is_left_too()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Scripts.Enqueue(Answers.Stream(Delta, AfterScript.Hang));
        using (var client = await RawClient.ConnectAsync(gateway.Address, Cancellation))
        {
            var body = """{"model":"m","stream":true,"messages":[{"role":"user","content":"hi"}]}"""u8.ToArray();
            await client.SendAsync([.. Head(gateway, "/v1/chat/completions", $"Content-Length: {body.Length}", "Content-Type: application/json"), .. body], Cancellation);
            (await client.ReadSomeAsync(Cancellation)).ShouldContain("hello");
            client.Reset();
        }

        var row = await gateway.Ledger.NextAsync(Cancellation);
        (row.Closing!.Outcome, row.Closing.Estimated).ShouldBe((CallOutcome.Aborted, true));
        row.Closing.Usage.Output.ShouldBeGreaterThan(0);
        HoldsNothing(gateway);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_provider_whose_bytes_are_not_what_it_says_is_a_failed_one(string coding)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Scripts.Enqueue(Answers.Json("{\"id\":\"plain after all\"}", 200, "Content-Encoding: " + coding));

        using var answer = await gateway.Http.PostAsync("/v1/chat/completions", new StringContent("""{"model":"m"}""", Encoding.UTF8, "application/json"), Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldContain("\"error\"");
        (await gateway.Ledger.NextAsync(Cancellation)).Closing!.Outcome.ShouldBe(CallOutcome.Failed);
        HoldsNothing(gateway);
    }

    [Fact]
    public async Task An_answer_in_a_coding_nobody_knows_is_told_in_the_wires_shape()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Scripts.Enqueue(Answers.Json("{}", 200, "Content-Encoding: snappy"));

        using var answer = await gateway.Http.PostAsync("/v1/messages", new StringContent("""{"model":"m"}""", Encoding.UTF8, "application/json"), Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldContain("\"type\":\"error\"");
    }

    [Theory]
    [InlineData(AfterScript.Reset)]
    [InlineData(AfterScript.Close)]
    public async Task A_stream_that_breaks_breaks_for_the_client_too_and_is_charged_a_floor(AfterScript then)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Scripts.Enqueue(Answers.Stream(Delta, then));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent("""{"model":"m","stream":true}""", Encoding.UTF8, "application/json") };
        using var answer = await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);

        await Should.ThrowAsync<Exception>(() => answer.Content.ReadAsStringAsync(Cancellation));

        var row = await gateway.Ledger.NextAsync(Cancellation);
        (row.Closing!.Outcome, row.Closing.ErrorClass, row.Closing.Estimated).ShouldBe((CallOutcome.Partial, "mid_stream", true));
        HoldsNothing(gateway);
    }

    private static byte[] Head(GatewayUnderTest gateway, string path, params string[] headers) =>
        Encoding.Latin1.GetBytes($"POST {path} HTTP/1.1\r\nHost: paddock\r\nx-api-key: {gateway.Token}\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n");

    /// <summary>The row closes before the call has ended, a moment later and on the same thread.</summary>
    private static void HoldsNothing(GatewayUnderTest gateway)
    {
        SpinWait.SpinUntil(() => gateway.InFlight == 0, TimeSpan.FromSeconds(10)).ShouldBeTrue();
        (gateway.BufferedBytes, gateway.Ledger.OpenCalls.Count, gateway.Draining).ShouldBe((0, 0, 0));
    }

    private static async Task LeaveAsync(GatewayUnderTest gateway, bool reset)
    {
        var body = """{"model":"m","stream":true,"messages":[{"role":"user","content":"hi"}]}"""u8.ToArray();
        using var client = await RawClient.ConnectAsync(gateway.Address, Cancellation);
        await client.SendAsync([.. Head(gateway, "/v1/chat/completions", $"Content-Length: {body.Length}", "Content-Type: application/json"), .. body], Cancellation);
        (await client.ReadSomeAsync(Cancellation)).ShouldContain("hello");
        if (reset)
        {
            client.Reset();
        }
        else
        {
            client.HalfClose();
        }
    }
}
