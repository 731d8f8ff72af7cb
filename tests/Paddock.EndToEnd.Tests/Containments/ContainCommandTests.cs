using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Paddock.EndToEnd.Tests.Hosting;
using Paddock.Simulator;

namespace Paddock.EndToEnd.Tests.Containments;

/// <summary>The kill switch at a prompt, against the real server.</summary>
public class ContainCommandTests
{
    private const string Endless = "sim:text=abcdef,chunks=6,cut=stall";
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(20);
    private static readonly string[] paths = ["/v1/chat/completions", "/v1/responses", "/v1/messages"];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_open_stream_of_a_contained_user_ends_with_the_wires_error_and_nobody_elses()
    {
        using var place = new Installation();
        await using var provider = await SimulatedProvider.StartAsync(new(), Cancelled);
        WriteProviders(place, provider.BaseUrl);
        var (server, url) = await place.ServeAsync(["--release", place.Release]);
        await using var _ = server;
        var (ada, bob) = (await place.CreateKeyAsync(), (await place.RunAsync(["key", "create", "--name", "desk", "--user", "bob"])).Printed);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var streams = new List<Task<(string Text, long Ended)>>();
        for (var i = 0; i < 60; i++)
        {
            streams.Add(await BeginAsync(http, url + paths[i % 3], ada));
        }

        var others = await BeginAsync(http, url + paths[0], bob);

        var ordered = Stopwatch.GetTimestamp();
        var said = await place.RunAsync(["contain", "--user", "ada", "--reason", "laptop stolen", "--for", "30m"]);
        var acknowledged = Stopwatch.GetTimestamp();
        var ended = await Task.WhenAll(streams).WaitAsync(patience, Cancelled);

        said.Printed.ShouldStartWith("con_");
        said.Printed.ShouldContain("contains user ada until");
        said.Printed.ShouldEndWith("60 running calls end.");
        ended.ShouldAllBe(one => one.Text.Contains("laptop stolen", StringComparison.Ordinal) && one.Text.EndsWith("\n\n", StringComparison.Ordinal));
        others.IsCompleted.ShouldBeFalse();
        var last = ended.Max(one => one.Ended);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"60 streams: the last ended {Stopwatch.GetElapsedTime(acknowledged, last).TotalMilliseconds:0} ms after the command had ended, {Stopwatch.GetElapsedTime(ordered, last).TotalMilliseconds:0} ms after it was started.");
        await Eventually.IsAsync(
            async () => JsonDocument.Parse((await place.RunAsync(["ledger", "list", "--user", "ada", "--limit", "100", "--json"])).Printed).RootElement.GetProperty("calls").EnumerateArray()
                .Count(call => call.GetProperty("outcome").GetString() == "cancelled" && call.GetProperty("errorClass").GetString() == "contained") == 60,
            () => "The ledger does not say that they were contained.", Cancelled);
    }

    [Fact]
    public async Task It_holds_over_a_restart_until_it_is_lifted_and_stays_on_record()
    {
        using var place = new Installation();
        await using var provider = await SimulatedProvider.StartAsync(new(), Cancelled);
        WriteProviders(place, provider.BaseUrl);
        var (first, url) = await place.ServeAsync(["--release", place.Release]);
        await using var _ = first;
        var key = await place.CreateKeyAsync();
        var made = JsonDocument.Parse((await place.RunAsync(["contain", "--key", "laptop", "--model", "sim:*", "--reason", "looked into", "--json"])).Printed).RootElement;
        var id = made.GetProperty("containment").GetProperty("id").GetString()!;

        var (refused, told) = await Installation.SendAsync(Installation.Chat(url, key, "sim:text=a"));
        await first.KillAsync(Cancelled);
        var (second, again) = await place.ServeAsync(["--release", place.Release]);
        await using var __ = second;

        (refused, (await Installation.SendAsync(Installation.Chat(again, key, "sim:text=a"))).Status).ShouldBe((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden));
        told.ShouldContain(id);
        (await Installation.SendAsync(Installation.Chat(again, key, "other"))).Status.ShouldBe(HttpStatusCode.OK);
        (await place.RunAsync(["contain", "list"])).Printed.ShouldContain(id);
        (await place.RunAsync(["contain", "lift", id, "--reason", "was a drill"])).Printed.ShouldStartWith($"{id} is lifted");
        (await Installation.SendAsync(Installation.Chat(again, key, "sim:text=a"))).Status.ShouldBe(HttpStatusCode.OK);
        (await place.RunAsync(["contain", "lift", id, "--reason", "again"])).Errors.ShouldContain("lifted before");
        (await place.RunAsync(["contain", "list"])).Printed.ShouldNotContain(id);
        (await place.RunAsync(["contain", "list", "--state", "all"])).Printed.ShouldContain("was a drill");
    }

    [Fact]
    public async Task A_mistake_is_told_before_anything_is_done_and_an_operators_key_is_enough()
    {
        using var place = new Installation();
        var (server, url) = await place.ServeAsync([]);
        await using var _ = server;
        var (viewer, @operator) = (await place.CreateKeyAsync("--control", "viewer"), (await place.RunAsync(["key", "create", "--name", "ops", "--user", "ada", "--control", "operator"])).Printed);
        Task<CommandResult> AsAsync(string key, params string[] arguments) =>
            PaddockProcess.RunAsync([.. arguments, "--server", url], new Dictionary<string, string> { ["PADDOCK_KEY"] = key }, Cancelled);

        (await place.RunAsync(["contain", "--user", "ada"])).Code.ShouldBe(2);
        (await place.RunAsync(["contain", "--reason", "r"])).Errors.ShouldContain("Say whom or what to contain");
        (await place.RunAsync(["contain", "--user", "adda", "--reason", "r"])).Errors.ShouldContain("no such user");
        (await place.RunAsync(["contain", "--user", "ada", "--reason", "r", "--for", "soon"])).Code.ShouldBe(2);
        (await place.RunAsync(["contain", "--user", "ada", "--reason", "r", "--for", "31d"])).Errors.ShouldContain("at most 30 days");
        (await AsAsync(viewer, "contain", "--user", "ada", "--reason", "r")).Errors.ShouldContain("operator");
        (await place.RunAsync(["contain", "list"])).Printed.ShouldNotContain("con_");
        (await AsAsync(@operator, "contain", "--agent", "codex", "--tool", "shell", "--reason", "r")).Printed.ShouldContain("it is refused in 0 running calls");
        (await AsAsync(viewer, "contain", "list")).Printed.ShouldContain("agent codex, tool shell");
    }

    /// <summary>A provider for each of the three wires.</summary>
    private static void WriteProviders(Installation place, Uri provider)
    {
        place.WriteProvider(provider);
        place.Write("release/messages.yaml", $$"""
            apiVersion: paddock/v1alpha1
            kind: Provider
            metadata: {name: messages, owner: test}
            spec:
              wires: [anthropic-messages]
              baseUrl: {{provider.AbsoluteUri.TrimEnd('/')}}
              auth: {scheme: none}
            """);
    }

    /// <summary>Opens a stream that goes on until it is ended.</summary>
    /// <returns>When its first bytes are there: what comes after them, and when it ended.</returns>
    private static async Task<Task<(string Text, long Ended)>> BeginAsync(HttpClient http, string url, string key)
    {
        var answer = await OpenAsync(http, url, key);
        var body = await answer.Content.ReadAsStreamAsync(Cancelled);
        (await body.ReadAsync(new byte[16], Cancelled)).ShouldBePositive();
        return RestAsync(answer, body);
    }

    private static async Task<HttpResponseMessage> OpenAsync(HttpClient http, string url, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
            Content = new StringContent($$"""{"model":"{{Endless}}","stream":true,"max_tokens":99,"input":"go","messages":[{"role":"user","content":"go"}]}""", Encoding.UTF8, "application/json"),
        };
        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return answer;
    }

    private static async Task<(string Text, long Ended)> RestAsync(HttpResponseMessage answer, Stream body)
    {
        using (answer)
        {
            var rest = await new StreamReader(body).ReadToEndAsync(Cancelled);
            return (rest, Stopwatch.GetTimestamp());
        }
    }
}
