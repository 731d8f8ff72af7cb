using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Paddock.Agents;
using Paddock.Core.Agents;
using Paddock.Core.Containments;
using Paddock.Core.Ledger;
using Paddock.Core.Models;
using Paddock.Gateway.Tests.Rig;

namespace Paddock.Gateway.Tests.Containments;

/// <summary>What is contained ends in the middle and does not begin.</summary>
public class ContainedCallTests
{
    private const string Good = """{"choices":[{"message":{"content":"hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":10,"completion_tokens":2}}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Selectors => ["user", "key", "agent", "task", "own task", "model", "models", "upstream model", "provider"];

    [Theory]
    [InlineData(Wire.OpenAiChat)]
    [InlineData(Wire.OpenAiResponses)]
    [InlineData(Wire.AnthropicMessages)]
    public async Task A_stream_that_runs_ends_with_its_wires_error_behind_whole_events(Wire wire)
    {
        await using var gateway = await StartAsync();
        gateway.Upstream.AnswerAndHang(wire);
        using var answer = await ContainedCall.SendAsync(gateway.Http, wire);

        var containment = gateway.Containments.Contain(new() { User = gateway.Caller.Principal.Id });

        var body = await answer.ReadAsync();
        body.ShouldStartWith(string.Concat(ContainedCall.Begun(wire)));
        var error = body[string.Concat(ContainedCall.Begun(wire)).Length..];
        error.ShouldEndWith("\n\n");
        error.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).ShouldHaveSingleItem();
        using var data = JsonDocument.Parse(error[error.IndexOf("data:", StringComparison.Ordinal)..][5..].Trim());
        data.RootElement.ToString().ShouldContain(containment.Id.Value);
        data.RootElement.ToString().ShouldContain(wire is Wire.AnthropicMessages ? "permission_error" : "\"contained\"");
        var closing = (await gateway.Ledger.NextAsync(Cancellation)).Closing!;
        (closing.Outcome, closing.ErrorClass, closing.Estimated).ShouldBe((CallOutcome.Cancelled, "contained", true));
    }

    [Theory]
    [MemberData(nameof(Selectors))]
    public async Task Whatever_names_a_call_ends_it_and_refuses_the_next(string name)
    {
        await using var gateway = await StartAsync();
        gateway.Upstream.AnswerAndHang(Wire.OpenAiChat);
        using var running = await ContainedCall.SendAsync(gateway.Http);
        var selector = ContainedCall.SelectorOf(gateway, name);
        gateway.Running(selector).ShouldBe(1);

        var containment = gateway.Containments.Contain(selector);

        (await running.ReadAsync()).ShouldContain(containment.Id.Value);
        await gateway.Ledger.NextAsync(Cancellation);
        using var next = await ContainedCall.SendAsync(gateway.Http);
        await next.ShouldBeRefusedAsync(containment);
        var closing = (await gateway.Ledger.NextAsync(Cancellation)).Closing!;
        (closing.Outcome, closing.ErrorClass, closing.Status).ShouldBe((CallOutcome.Refused, "contained", 403));
        gateway.Upstream.Seen.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_client_that_does_not_read_is_cut_off()
    {
        await using var gateway = await StartAsync(limits: static limits => limits.MinResponseDataRate = null);
        var large = Encoding.UTF8.GetBytes($$$"""data: {"choices":[{"index":0,"delta":{"content":"{{{new string('x', 60_000)}}}"}}]}""" + "\n\n");
        gateway.Upstream.Scripts.Enqueue(Answers.Stream(Enumerable.Repeat(large, 400), AfterScript.Hang));
        using var answer = await ContainedCall.SendAsync(gateway.Http);

        gateway.Containments.Contain(new() { Agent = "codex" });

        var closing = (await gateway.Ledger.NextAsync(Cancellation)).Closing!;
        (closing.Outcome, closing.ErrorClass).ShouldBe((CallOutcome.Cancelled, "contained"));
    }

    [Fact]
    public async Task Nobody_else_is_touched()
    {
        await using var gateway = await StartAsync();
        gateway.Upstream.AnswerAndHang(Wire.OpenAiChat);
        var (token, other) = gateway.Identities.AddKey(new() { Models = true }, "bob");
        using var running = await ContainedCall.SendAsync(gateway.Http);
        using var others = await ContainedCall.SendAsync(gateway.Client(token));

        gateway.Containments.Contain(new() { User = other.Principal.Id, Agent = "cline" });
        gateway.Containments.Contain(new() { Model = "m", Task = "ses-2" });
        gateway.Containments.Contain(new() { User = other.Principal.Id });

        (await others.ReadAsync()).ShouldContain("\"contained\"");
        gateway.InFlight.ShouldBe(1);
        gateway.Identities.Revoke(gateway.Caller.Key.Id, DateTimeOffset.UnixEpoch);
        (await running.ReadAsync()).ShouldContain("key_revoked");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_call_whose_provider_has_not_answered_yet_ends_too(bool stream)
    {
        await using var gateway = await StartAsync();
        gateway.Upstream.Scripts.Enqueue(Answers.Json(Good) with { Until = new TaskCompletionSource().Task });
        var waiting = ContainedCall.SendAsync(gateway.Http, stream: stream);
        await gateway.Upstream.AskedAsync(Cancellation);

        var containment = gateway.Containments.Contain(new() { Agent = "codex" });

        using var answer = await waiting;
        await answer.ShouldBeRefusedAsync(containment);
        var closing = (await gateway.Ledger.NextAsync(Cancellation)).Closing!;
        (closing.Outcome, closing.ErrorClass, closing.Attempts.Single().ErrorClass).ShouldBe((CallOutcome.Cancelled, "contained", "cancelled"));
    }

    [Fact]
    public async Task A_plain_answer_that_is_half_there_ends_too()
    {
        await using var gateway = await StartAsync();
        gateway.Upstream.Scripts.Enqueue(new([Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Good.Length}\r\n\r\n{Good[..20]}")], AfterScript.Hang));
        var waiting = ContainedCall.SendAsync(gateway.Http, stream: false);
        await gateway.Upstream.AskedAsync(Cancellation);

        var containment = gateway.Containments.Contain(new() { Agent = "codex" });

        using var answer = await waiting;
        await answer.ShouldBeRefusedAsync(containment);
    }

    [Fact]
    public async Task A_call_that_waits_before_it_tries_again_ends_without_waiting()
    {
        var clock = new WatchedClock();
        await using var gateway = await StartAsync(clock, tries: 2);
        gateway.Upstream.Scripts.Enqueue(Answers.Json("{}", 500));
        var waiting = ContainedCall.SendAsync(gateway.Http, stream: false);
        await clock.Waiting.WaitAsync(Cancellation);

        var containment = gateway.Containments.Contain(new() { Agent = "codex" });

        using var answer = await waiting; // the clock stands still
        await answer.ShouldBeRefusedAsync(containment);
        gateway.Upstream.Seen.Count.ShouldBe(1);
    }

    [Fact]
    public async Task When_it_is_lifted_or_over_calls_go_on()
    {
        var clock = new FakeTimeProvider(new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero));
        await using var gateway = await StartAsync(clock);
        gateway.Upstream.Scripts.Enqueue(Answers.Json(Good));
        async Task<HttpStatusCode> AskAsync()
        {
            using var answer = await ContainedCall.SendAsync(gateway.Http, stream: false);
            return answer.StatusCode;
        }

        var lifted = gateway.Containments.Contain(new() { Agent = "codex" });
        (await AskAsync()).ShouldBe(HttpStatusCode.Forbidden);
        gateway.Containments.Lift(lifted.Id);
        (await AskAsync()).ShouldBe(HttpStatusCode.OK);
        gateway.Containments.Contain(new() { Agent = "codex" }, TimeSpan.FromMinutes(1));
        (await AskAsync()).ShouldBe(HttpStatusCode.Forbidden);
        clock.Advance(TimeSpan.FromMinutes(1));
        (await AskAsync()).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_task_that_was_begun_by_a_contained_one_is_contained_with_it()
    {
        await using var gateway = await StartAsync(dialects: true);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent("""{"model":"m"}""", Encoding.UTF8, "application/json") };
        request.Headers.UserAgent.ParseAdd("opencode/1.18.33");
        request.Headers.Add("x-session-id", "child");
        request.Headers.Add("x-parent-session-id", "mother");

        var containment = gateway.Containments.Contain(new() { Task = TaskKey.Compute(gateway.Caller.Principal.Id.Value, "opencode", "mother") });

        using var answer = await gateway.Http.SendAsync(request, Cancellation);
        await answer.ShouldBeRefusedAsync(containment);
    }

    [Fact]
    public async Task Roo_code_which_repeats_every_error_for_ever_is_told_by_a_turn()
    {
        await using var gateway = await StartAsync(dialects: true);
        var containment = gateway.Containments.Contain(new() { Agent = "roo-code" });

        using var answer = await gateway.Http.PostAsync("/roo/proxy/v1/chat/completions", new StringContent("""{"model":"m","messages":[]}""", Encoding.UTF8, "application/json"), Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.ReadAsync()).ShouldContain(containment.Id.Value);
    }

    /// <summary>Says when somebody waits for some seconds.</summary>
    private sealed class WatchedClock : FakeTimeProvider
    {
        private readonly TaskCompletionSource waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Waiting => waiting.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            _ = dueTime > TimeSpan.FromSeconds(9) && waiting.TrySetResult();
            return timer;
        }
    }

    private static Task<GatewayUnderTest> StartAsync(TimeProvider? time = null, int tries = 1, bool dialects = false, Action<KestrelServerLimits>? limits = null) => GatewayUnderTest.StartAsync(new()
    {
        Limits = limits ?? (static _ => { }),
        Time = time ?? TimeProvider.System,
        Dialects = dialects ? [.. new ServiceCollection().AddAgents().BuildServiceProvider().GetServices<IAgentDialect>()] : [],
        Snapshot = address => Snapshots.Of(
            [Snapshots.Provider("main", address)], [new() { Name = "m", Route = "r", UpstreamModel = "m-upstream" }],
            [new() { Name = "r", Targets = [new("main", null)], TriesPerTarget = tries, MaxTries = tries, MaxWait = TimeSpan.FromMinutes(1), Backoff = TimeSpan.FromSeconds(20) }]),
    });
}
