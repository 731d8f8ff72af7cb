using System.Net;
using System.Text;
using Paddock.Core.Agents;
using Paddock.Core.Ledger;
using Paddock.Core.Policies;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;
using Paddock.Gateway.Tests.Rig;

namespace Paddock.Gateway.Tests;

public class InternalFaultTests
{
    [Theory]
    [InlineData("/v1/chat/completions", "\"code\":\"internal_error\"")]
    [InlineData("/v1/responses", "\"code\":\"internal_error\"")]
    [InlineData("/v1/messages", "\"type\":\"api_error\"")]
    public async Task A_bug_is_told_in_the_callers_wire_and_recorded_and_the_next_call_goes_well(string path, string told)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new() { Dialects = [new FaultyDialect()] });
        gateway.Upstream.Scripts.Enqueue(Answers.Json("{}"));
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent("""{"model":"m"}""", Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Paddock-Agent", "faulty");

        using var answer = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        body.ShouldContain(told);
        body.ShouldNotContain("hidden");
        var closing = (await gateway.Ledger.NextAsync(TestContext.Current.CancellationToken)).Closing!;
        (closing.Outcome, closing.ErrorClass, closing.Status).ShouldBe((CallOutcome.Failed, "internal_error", 500));
        using var next = await gateway.Http.PostAsync(path, new StringContent("""{"model":"m"}""", Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
        next.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private sealed class FaultyDialect : IAgentDialect
    {
        public string Agent => "faulty";

        public IReadOnlyDictionary<string, ToolShape> Tools => System.Collections.Frozen.FrozenDictionary<string, ToolShape>.Empty;

        public IReadOnlyList<ModelEntrance> Entrances => [];

        public bool Recognizes(ICallView call) => false;

        public TaskFacts Read(ICallView call) => throw new NotSupportedException("hidden");

        public RefusalDress Dress(Refusal refusal) => RefusalDress.Plain;
    }
}
