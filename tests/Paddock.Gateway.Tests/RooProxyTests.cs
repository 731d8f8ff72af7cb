using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Paddock.Core.Ledger;
using Paddock.Core.Models;
using Paddock.Gateway.Guard;
using Paddock.Gateway.Tests.Rig;
using Paddock.Testing;

namespace Paddock.Gateway.Tests;

/// <summary>What Roo Code's client gets from its model proxy, where that is not what others get.</summary>
public sealed class RooProxyTests
{
    private const string Text = "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"hi\"}}]}\n\n";

    /// <summary>A chunk that two readers could read in two ways.</summary>
    private const string Odd = "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"function\":{\"name\":\"bash\",\"arguments\":\"{}\",\"arguments\":\"forbidden\"}}]}}]}\n\n";

    private const string Call = "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"call_0\",\"type\":\"function\",\"function\":{\"name\":\"bash\",\"arguments\":\"{\\\"command\\\":\\\"ls\\\"}\"}}]}}]}\n\n";

    private const string TakenOut = "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":1,\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"delete_it\",\"arguments\":\"{\\\"x\\\":\\\"forbidden\\\"}\"}}]}}]}\n\n";

    private const string Usage = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":100}}\n\n";

    private const string OddAnswer = """{"choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"bash","arguments":"{}","arguments":"forbidden"}}]},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":1000,"completion_tokens":100}}""";

    private const string End = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}]}\n\ndata: {\"choices\":[],\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":100}}\n\ndata: [DONE]\n\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Text + Odd + End)]
    [InlineData(Odd + End)]
    [InlineData(Text + "data: [1]\n\n" + End)]
    [InlineData(Text + Usage + Odd)]
    [InlineData(Text + TakenOut + Odd)]
    public async Task A_stream_that_cannot_be_judged_ends_the_task_instead_of_being_asked_for_again(string events)
    {
        await using var proxy = await RooProxy.StartJudgedAsync();

        var answer = await proxy.AskAsync(Answers.Stream(events), RooProxy.Question());

        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.Body.ShouldNotContain("forbidden");
        answer.Body.ShouldNotContain("\"error\"");
        var read = answer.Read();
        read.Ended.ShouldBeTrue();
        read.Text.ShouldStartWith(events.StartsWith(Text, StringComparison.Ordinal) ? "hi" : "", Case.Sensitive);
        read.Calls().ShouldHaveSingleItem().ShouldContain(" attempt_completion {\"result\":\"[Paddock] The provider's answer holds a tool call that cannot be judged");
        answer.Costs()[^1].ShouldBe(answer.Row.Closing!.CostNanoUsd / 1_000_000_000m); // the model was paid
        answer.Row.Closing.CostNanoUsd.ShouldBePositive();
        (answer.Row.Closing.Outcome, answer.Row.Closing.ErrorClass, answer.Row.Closing.Attempts.Count).ShouldBe((CallOutcome.Partial, "not_evaluated", 1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_no_task_can_be_ended_it_stays_an_error_because_a_text_would_be_taken_for_the_summary_that_was_asked_for(bool stream)
    {
        await using var proxy = await RooProxy.StartJudgedAsync();

        var answer = await proxy.AskAsync(stream ? Answers.Stream(Text + Odd + End) : Answers.Json(OddAnswer), RooProxy.Question(stream, "\"tools\":[]"), task: null);

        answer.Body.ShouldContain("\"error\"");
        answer.Body.ShouldContain("not_evaluated");
        answer.Body.ShouldNotContain("[Paddock]");
        answer.Status.ShouldBe(stream ? HttpStatusCode.OK : HttpStatusCode.BadGateway);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Behind_what_passed_before_a_tool_was_contained_there_is_no_turn(bool recorded)
    {
        var large = Call.Replace("ls", new string('x', 100_000), StringComparison.Ordinal);
        foreach (var (passed, after) in from passed in new[] { Call, Odd, large } from after in Enumerable.Range(1, 6) select (passed, after))
        {
            await using var proxy = await RooProxy.StartAsync(new() { Judge = new WordJudge { Watch = recorded ? Watch.Record : Watch.None, EnforcesAfter = after }, Options = new() { MaxEventBytes = 16 << 10 } });

            var answer = await proxy.AskAsync(Answers.Stream(Text + passed + "data: [1]\n\n" + End), RooProxy.Question());

            if (answer.Body.Contains("\"id\":\"call_0\"", StringComparison.Ordinal))
            {
                answer.Body.ShouldNotContain("attempt_completion", customMessage: $"{passed[..20]} {after}");
                answer.Body.ShouldNotContain("xdata:"); // nothing is written into the middle of a line
            }
        }
    }

    [Fact]
    public async Task A_usage_object_with_something_deep_in_it_has_its_cost_too()
    {
        await using var proxy = await RooProxy.StartAsync();
        var deep = new string('[', 200) + new string(']', 200);

        var answer = await proxy.AskAsync(Answers.Json("""{"choices":[{"message":{"content":"hi"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1000,"completion_tokens":100,"x":""" + deep + ""","cost":9}}"""), RooProxy.Question(stream: false));

        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.Body.ShouldEndWith("\"cost\":0.0045}}");
    }

    [Theory]
    [InlineData(Text + Call + Odd)]
    [InlineData("data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"call_0\",\"type\":\"function\",\"function\":{\"name\":\"edit\",\"arguments\":\"{\\\"path\\\":\\\"ok\\\",\"}}]}}]}\n\n" + Odd)]
    public async Task Behind_a_call_that_has_passed_it_is_an_error_because_a_turns_end_would_run_what_is_there_of_it(string events)
    {
        await using var proxy = await RooProxy.StartJudgedAsync();

        var answer = await proxy.AskAsync(Answers.Stream(events + End), RooProxy.Question());

        answer.Body.ShouldContain("call_0");
        answer.Body.ShouldContain("not_evaluated");
        answer.Body.ShouldNotContain("attempt_completion");
        answer.Body.ShouldNotContain("[DONE]");
    }

    [Theory]
    [InlineData("/v1/chat/completions")]
    [InlineData(RooProxy.Path)]
    public async Task An_answer_in_one_piece_that_cannot_be_judged_is_a_turn_too(string path)
    {
        await using var proxy = await RooProxy.StartJudgedAsync();
        var answer = await proxy.AskAsync(Answers.Json(OddAnswer), RooProxy.Question(stream: false), path: path);

        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.Read().Calls().ShouldHaveSingleItem().ShouldContain(" attempt_completion {\"result\":\"[Paddock] The provider's answer holds a tool call that cannot be judged");
        answer.Costs().ShouldBe([0.0045m]);
        (answer.Row.Closing!.Outcome, answer.Row.Closing.ErrorClass, answer.Row.Closing.CostNanoUsd).ShouldBe((CallOutcome.Failed, "not_evaluated", 4_500_000));
    }

    [Fact]
    public async Task An_answer_in_a_coding_that_cannot_be_read_is_a_turn_because_it_was_paid_for()
    {
        await using var proxy = await RooProxy.StartAsync();

        var answer = await proxy.AskAsync(Answers.Stream(Text + End, AfterScript.KeepAlive, "Content-Encoding: zstd"), RooProxy.Question());

        (answer.Status, answer.Type).ShouldBe((HttpStatusCode.OK, "text/event-stream"));
        answer.Read().Calls().ShouldHaveSingleItem().ShouldContain(" attempt_completion ");
        answer.Row.Closing!.ErrorClass.ShouldBe("upstream_encoding");
    }

    [Fact]
    public async Task A_turn_of_Paddocks_own_costs_nothing_and_says_so()
    {
        await using var proxy = await RooProxy.StartAsync(new() { Snapshot = static address => Snapshots.Of([Snapshots.Provider("main", address)], defaults: new() { AllowUnlistedModels = false }) });

        foreach (var stream in (bool[])[true, false])
        {
            var answer = await proxy.AskAsync(null, RooProxy.Question(stream));

            answer.Status.ShouldBe(HttpStatusCode.OK);
            answer.Costs().ShouldBe([0m]);
            (answer.Row.Closing!.Outcome, answer.Row.Closing.ErrorClass, answer.Row.Closing.CostNanoUsd).ShouldBe((CallOutcome.Refused, "model_unknown", 0));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_model_without_a_price_costs_the_fallback_tariff_in_the_ledger_and_for_the_client(bool stream)
    {
        var prices = new FixedPrices(new() { InputPerMtok = 3m, OutputPerMtok = 15m });
        prices.Unknown.Add("m");
        await using var proxy = await RooProxy.StartAsync(new() { Prices = prices });

        var answer = await proxy.AskAsync(stream ? Answers.Stream(Text + End) : Answers.Json("""{"choices":[{"message":{"content":"hi"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1000,"completion_tokens":100}}"""), RooProxy.Question(stream));

        answer.Costs().ShouldBe([0.0075m]); // 5 and 25 USD per million
        (answer.Row.Closing!.CostNanoUsd, answer.Row.Closing.PriceSource).ShouldBe((7_500_000, PriceSource.Fallback));
    }

    [Theory]
    [InlineData("0.5")]
    [InlineData("0")]
    [InlineData("null")]
    [InlineData("\"0.5\"")]
    [InlineData("{\"usd\":[0.5]}")]
    public async Task What_a_provider_calls_its_cost_gives_way_to_what_stands_in_the_ledger(string theirs)
    {
        await using var proxy = await RooProxy.StartJudgedAsync();
        string[] usages = [$$"""{"cost":{{theirs}},"prompt_tokens":1000,"completion_tokens":100}""", $$"""{ "prompt_tokens":1000,"c\u006fst" : {{theirs}} ,"completion_tokens":100,"cost_details":{"cost":1} }""", $$"""{"prompt_tokens":1000,"completion_tokens":100,"cost":{{theirs}}}"""];

        foreach (var usage in usages)
        {
            var ours = usage.Replace("cost\":" + theirs, "cost\":0.0045", StringComparison.Ordinal).Replace("st\" : " + theirs, "st\" : 0.0045", StringComparison.Ordinal);
            foreach (var before in (string[])[Text, Text + Call]) // a call makes the rest of the answer wait for the guard
            {
                var sent = before + $"data: {{\"choices\":[{{\"index\":0,\"delta\":{{}},\"finish_reason\":\"stop\"}}],\"usage\":{usage}}}\n\ndata: [DONE]\n\n";

                var streamed = await proxy.AskAsync(Answers.Stream(sent), RooProxy.Question());

                streamed.Body.ShouldBe(sent.Replace(usage, ours, StringComparison.Ordinal));
                streamed.Costs().ShouldBe([0.0045m]);
                streamed.Row.Closing!.CostNanoUsd.ShouldBe(4_500_000);
            }

            foreach (var calls in (string[])["", ",\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"bash\",\"arguments\":\"{}\"}}]"])
            {
                var sent = $$"""{"choices":[{"message":{"role":"assistant","content":"hi"{{calls}}},"finish_reason":"stop"}], "usage":{{usage}} }""";

                var plain = await proxy.AskAsync(Answers.Json(sent), RooProxy.Question(stream: false));

                plain.Body.ShouldBe(sent.Replace(usage, ours, StringComparison.Ordinal));
                plain.Costs().ShouldBe([0.0045m]);
                plain.Row.Closing!.CostNanoUsd.ShouldBe(4_500_000);
            }
        }
    }

    [Fact]
    public async Task On_the_common_endpoint_what_a_provider_says_of_its_cost_is_left_alone()
    {
        await using var proxy = await RooProxy.StartAsync();
        const string sent = """{"choices":[{"message":{"content":"hi"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1000,"completion_tokens":100,"cost":0.5}}""";

        (await proxy.AskAsync(Answers.Json(sent), RooProxy.Question(stream: false), path: "/v1/chat/completions")).Body.ShouldBe(sent);
    }

    [Fact]
    public async Task A_turn_with_reasoning_and_several_calls_passes_both_ways_as_it_was_but_for_its_cost()
    {
        await using var proxy = await RooProxy.StartJudgedAsync();

        var answer = await proxy.AskAsync(Answers.Stream(RooTurn.Answer), RooTurn.Request);

        Encoding.UTF8.GetString(proxy.Gateway.Upstream.Seen.ShouldHaveSingleItem().Body).ShouldBe(RooTurn.Request);
        const decimal usd = ((1_000 * 3m) + (10_000 * 0.3m) + (1_000 * 3.75m) + (400 * 15m)) / 1_000_000;
        answer.Body.ShouldBe(RooTurn.Answer.Replace("\"cost\":0.99", $"\"cost\":{usd.ToString("0.#########", CultureInfo.InvariantCulture)}", StringComparison.Ordinal));
        answer.Read().Calls().ShouldBe(["toolu_03 apply_diff {\"path\":\"a.ts\",\"diff\":\"<<<<<<< SEARCH\"}", "toolu_04 update_todo_list {\"todos\":\"[x] all\"}"]);
        var (opening, closing) = (answer.Row.Opening, answer.Row.Closing!);
        (opening.Agent, opening.AgentVersion, opening.NativeTask, opening.Mode).ShouldBe(("roo-code", "3.52.1", RooProxy.TaskId, "code"));
        (closing.Outcome, closing.CostNanoUsd, closing.Usage.CacheRead, closing.Usage.CacheWrite5m).ShouldBe((CallOutcome.Complete, (long)(usd * 1_000_000_000), 10_000, 1_000));
    }

    [Fact]
    public async Task An_image_that_a_chat_asks_for_comes_as_it_was_with_its_cost()
    {
        await using var proxy = await RooProxy.StartJudgedAsync();
        var image = "data:image/png;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(new string('é', 100_000)));
        const string asked = """{"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"A cat"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]}],"modalities":["image","text"]}""";
        var sent = $$$"""{"id":"g","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"","images":[{"type":"image_url","image_url":{"url":"{{{image}}}"}}]},"finish_reason":"stop"}],"usage":{"prompt_tokens":1000,"completion_tokens":100}}""";

        var answer = await proxy.AskAsync(Answers.Json(sent), asked, task: null);

        Encoding.UTF8.GetString(proxy.Gateway.Upstream.Seen.ShouldHaveSingleItem().Body).ShouldBe(asked);
        answer.Body.ShouldBeSameAs(sent.Replace("completion_tokens\":100", "completion_tokens\":100,\"cost\":0.0045", StringComparison.Ordinal));
        answer.Row.Closing!.CostNanoUsd.ShouldBe(4_500_000);
    }

    [Theory]
    [InlineData("""{"model":"flux","prompt":"A cat","n":1,"output_format":"png"}""")]
    [InlineData("""{"model":"flux","prompt":"A cat","n":1,"providerOptions":{"blackForestLabs":{"outputFormat":"png"}}}""")]
    [InlineData("")]
    public async Task Images_by_themselves_are_refused_in_the_wires_shape_and_that_is_recorded(string asked)
    {
        await using var proxy = await RooProxy.StartAsync();

        var answer = await proxy.AskAsync(null, asked, task: null, path: "/roo/proxy/v1/images/generations");

        (answer.Status, answer.Type).ShouldBe((HttpStatusCode.BadRequest, "application/json"));
        using var json = JsonDocument.Parse(answer.Body);
        var error = json.RootElement.GetProperty("error");
        (error.GetProperty("message").GetString(), error.GetProperty("code").GetString()).ShouldBe(("Paddock does not serve this way to make images. Choose a model that answers with images through chat/completions.", "unsupported_feature"));
        proxy.Gateway.Upstream.Seen.ShouldBeEmpty();
        var opening = answer.Row.Opening;
        (opening.Path, opening.Agent, opening.AgentVersion, opening.Key).ShouldBe(("/roo/proxy/v1/images/generations", "roo-code", "3.52.1", proxy.Gateway.Caller.Key.Id.Value));
        (answer.Row.Closing!.Outcome, answer.Row.Closing.ErrorClass, answer.Row.Closing.Status).ShouldBe((CallOutcome.Refused, "unsupported_feature", 400));
    }

    [Fact]
    public async Task Whoever_has_no_key_hears_of_that_first_and_leaves_no_row()
    {
        await using var proxy = await RooProxy.StartAsync();
        using var stranger = proxy.Gateway.Client("unauthenticated");

        using var answer = await stranger.PostAsync("/roo/proxy/v1/images/generations", new StringContent("{}", Encoding.UTF8, "application/json"), Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        proxy.Gateway.Ledger.Closed.ShouldBeEmpty();
        proxy.Gateway.Ledger.OpenCalls.ShouldBeEmpty();
    }
}
