using System.Net;
using Paddock.Core.Containments;
using Paddock.Core.Models;
using Paddock.Gateway.Tests.Rig;

namespace Paddock.Gateway.Tests.Containments;

/// <summary>A contained provider is left out of routes.</summary>
public sealed class ContainedProviderTests : IAsyncLifetime
{
    private const string Good = """{"choices":[{"message":{"content":"hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":10,"completion_tokens":2}}""";

    private readonly ScriptedUpstream second = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        second.Scripts.Enqueue(Answers.Json(Good));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => second.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_next_one_of_the_route_serves(bool byModel)
    {
        await using var gateway = await StartAsync();
        gateway.Containments.Contain(byModel ? new() { Model = "first-*" } : new() { Provider = "first" });

        using var answer = await ContainedCall.SendAsync(gateway.Http, stream: false);

        (answer.StatusCode, await answer.ReadAsync()).ShouldBe((HttpStatusCode.OK, Good));
        gateway.Upstream.Seen.ShouldBeEmpty();
        (await gateway.Ledger.NextAsync(Cancellation)).Closing!.Attempts.ShouldHaveSingleItem().Provider.ShouldBe("second");
    }

    [Fact]
    public async Task When_none_is_left_the_call_is_refused()
    {
        await using var gateway = await StartAsync();
        gateway.Containments.Contain(new() { Provider = "first" });
        var containment = gateway.Containments.Contain(new() { Provider = "second" });

        using var answer = await ContainedCall.SendAsync(gateway.Http);

        await answer.ShouldBeRefusedAsync(containment);
        (gateway.Upstream.Seen.Count, second.Seen.Count).ShouldBe((0, 0));
    }

    [Fact]
    public async Task A_call_that_waits_for_its_answer_moves_on_to_the_next()
    {
        await using var gateway = await StartAsync();
        gateway.Upstream.Scripts.Enqueue(Answers.Json(Good) with { Until = new TaskCompletionSource().Task });
        var waiting = ContainedCall.SendAsync(gateway.Http, stream: false);
        await gateway.Upstream.AskedAsync(Cancellation);

        gateway.Containments.Contain(new() { Provider = "first" });

        using var answer = await waiting;
        (answer.StatusCode, await answer.ReadAsync()).ShouldBe((HttpStatusCode.OK, Good));
        (await gateway.Ledger.NextAsync(Cancellation)).Closing!.Attempts.Select(attempt => (attempt.Provider, attempt.ErrorClass)).ShouldBe([("first", "cancelled"), ("second", null)]);
    }

    [Fact]
    public async Task A_stream_that_it_serves_ends_and_one_of_another_goes_on()
    {
        await using var gateway = await StartAsync();
        gateway.Upstream.AnswerAndHang(Wire.OpenAiChat);
        using var running = await ContainedCall.SendAsync(gateway.Http);

        gateway.Containments.Contain(new() { Provider = "second" });
        gateway.InFlight.ShouldBe(1);
        gateway.Containments.Contain(new() { Provider = "first" });

        (await running.ReadAsync()).ShouldContain("\"contained\"");
    }

    [Fact]
    public async Task The_failure_of_the_first_is_told_when_only_a_contained_one_is_left()
    {
        await using var gateway = await StartAsync();
        var failing = new TaskCompletionSource();
        gateway.Upstream.Scripts.Enqueue(Answers.Json("{}", 500) with { Until = failing.Task });
        var waiting = ContainedCall.SendAsync(gateway.Http, stream: false);
        await gateway.Upstream.AskedAsync(Cancellation);

        gateway.Containments.Contain(new() { Provider = "second" });
        failing.SetResult();

        using var answer = await waiting;
        answer.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        (await gateway.Ledger.NextAsync(Cancellation)).Closing!.ErrorClass.ShouldBe("upstream_5xx");
    }

    private Task<GatewayUnderTest> StartAsync() => GatewayUnderTest.StartAsync(new()
    {
        Snapshot = address => Snapshots.Of(
            [Snapshots.Provider("first", address), Snapshots.Provider("second", second.Address)], [new() { Name = "m", Route = "r" }],
            [new() { Name = "r", Targets = [new("first", "first-m"), new("second", "second-m")], TriesPerTarget = 1, MaxTries = 4 }]),
    });
}
