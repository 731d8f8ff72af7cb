using System.Net;
using System.Text;
using System.Text.Json;
using Paddock.Core.Ledger;
using Paddock.Core.Mitigations;
using Paddock.Core.Snapshot;
using Paddock.Gateway.Tests.Rig;

namespace Paddock.Gateway.Tests.Decide;

/// <summary>Calls that a mitigation turns away.</summary>
public sealed class MitigatedCallTests
{
    private const string Good = """{"choices":[{"message":{"content":"hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":10,"completion_tokens":2}}""";

    private static readonly DateTimeOffset until = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_of_sub_agents_are_turned_away_for_a_while_and_others_are_served()
    {
        await using var gateway = await StartAsync(new Measure.Shed(CallKind.Subagents, TimeSpan.FromSeconds(20)));
        gateway.Upstream.Scripts.Enqueue(Answers.Json(Good));

        using var refused = await SendAsync(gateway, "hi", parent: "ses-0");

        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        refused.Headers.RetryAfter?.Delta.ShouldBe(TimeSpan.FromSeconds(20));
        (await ErrorAsync(refused)).ShouldBe(("shed", "Calls of sub-agents are turned away for a while so that the others are served: too many at once (mit_1). Try again in 20 s."));
        using var served = await SendAsync(gateway, "hi");
        served.StatusCode.ShouldBe(HttpStatusCode.OK);
        var closing = (await gateway.Ledger.NextAsync(Cancellation)).Closing!;
        (closing.Outcome, closing.ErrorClass, closing.Status).ShouldBe((CallOutcome.Refused, "shed", 503));
    }

    [Fact]
    public async Task Large_calls_are_turned_away_and_others_are_served()
    {
        await using var gateway = await StartAsync(new Measure.Shed(CallKind.Large, TimeSpan.FromSeconds(20)));
        gateway.Upstream.Scripts.Enqueue(Answers.Json(Good));

        using var refused = await SendAsync(gateway, new string('x', 140_000));
        using var served = await SendAsync(gateway, new string('x', 120_000));

        (refused.StatusCode, served.StatusCode).ShouldBe((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK));
    }

    [Fact]
    public async Task A_request_larger_than_tasks_may_be_is_refused_with_what_helps()
    {
        await using var gateway = await StartAsync(new Measure.SmallerTasks(1_000));
        gateway.Upstream.Scripts.Enqueue(Answers.Json(Good));

        using var refused = await SendAsync(gateway, new string('x', 8_000));
        using var served = await SendAsync(gateway, "hi");

        refused.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        refused.Headers.GetValues("x-should-retry").ShouldBe(["false"]);
        var (code, message) = await ErrorAsync(refused);
        code.ShouldBe("task_too_large");
        message.ShouldNotBeNull().ShouldMatch(@"^This request has about 2,0\d\d tokens; until 2100-01-01 00:00 UTC requests have at most 1,000: too many at once \(mit_1\)\. Begin a new task");
        served.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<GatewayUnderTest> StartAsync(Measure measure)
    {
        var gateway = await GatewayUnderTest.StartAsync();
        gateway.Part<ISnapshots>().Mitigate(new(1, [new() { Id = "mit_1", Measure = measure, Reason = "too many at once", Run = "run_1", Step = "shed", CreatedBy = "system:test", CreatedAt = default, ExpiresAt = until }]));
        return gateway;
    }

    private static Task<HttpResponseMessage> SendAsync(GatewayUnderTest gateway, string says, string? parent = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = new StringContent($$"""{"model":"m","messages":[{"role":"user","content":"{{says}}"}]}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-Paddock-Agent", "codex");
        request.Headers.Add("X-Paddock-Task", "ses-1");
        if (parent is not null)
        {
            request.Headers.Add("X-Paddock-Parent-Task", parent);
        }

        return gateway.Http.SendAsync(request, Cancellation);
    }

    private static async Task<(string? Code, string? Message)> ErrorAsync(HttpResponseMessage answer)
    {
        var error = JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancellation)).GetProperty("error");
        return (error.GetProperty("code").GetString(), error.GetProperty("message").GetString());
    }
}
