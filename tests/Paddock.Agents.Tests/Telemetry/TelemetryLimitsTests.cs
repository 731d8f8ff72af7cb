using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Agents.Telemetry;
using Paddock.Agents.Tests.RooCode.Settings;
using Paddock.Core.Identity;

namespace Paddock.Agents.Tests.Telemetry;

/// <summary>Which agents' records a key is good for, how many are taken, and what is said and counted of the rest.</summary>
public sealed class TelemetryLimitsTests
{
    private static readonly string codex = SentTelemetry.CodexLogs(SentTelemetry.CodexTurn);

    private static readonly string claude = SentTelemetry.ClaudeCodeLogs(SentTelemetry.ClaudeCodeTurn);

    public static TheoryData<string> Forms => [.. Otlp.Forms];

    [Theory, MemberData(nameof(Forms))]
    public async Task A_key_for_one_agent_takes_no_other_ones_records(string form)
    {
        await using var cloud = await RooCloud.StartAsync();
        var key = cloud.Identities.AddKey(new() { Models = true, PinnedAgent = "codex" }, "ada").Token;

        (await cloud.TellAsync(key, "logs", codex, form)).Status.ShouldBe(HttpStatusCode.OK);
        var other = await cloud.TellAsync(key, "logs", claude, form);

        cloud.Events.All.Select(static one => one.Agent).Distinct().ShouldBe(["codex"]);
        other.Status.ShouldBe(HttpStatusCode.OK); // there is no use in sending it again
        RefusedIn(other, "rejectedLogRecords").ShouldBe((5, "Records come from another agent than this key or X-Paddock-Agent names."));
    }

    [Fact]
    public async Task A_header_names_the_agent_and_the_key_knows_better()
    {
        await using var cloud = await RooCloud.StartAsync();
        var pinned = cloud.Identities.AddKey(new() { Models = true, PinnedAgent = "cline" }, "ada").Token;
        var unnamed = Otlp.Request("logs", "somebody", "x", SentTelemetry.Cline("task.created", """{"ulid":"t"}"""));

        await Tell(cloud.Key(), unnamed, named: null);
        cloud.Events.All.ShouldBeEmpty();
        await Tell(cloud.Key(), claude, named: "codex");
        cloud.Events.All.ShouldBeEmpty();
        await Tell(cloud.Key(), unnamed, named: "cline");
        await Tell(pinned, unnamed, named: "codex");

        cloud.Events.All.Select(static one => (one.Agent, one.Type)).ShouldBe([("cline", "task.created")]); // of one person, so it is one

        Task<Otlp.Sent> Tell(string token, string request, string? named) => cloud.TellAsync(token, "logs", Otlp.Body(Otlp.Json, request), Otlp.Json, more: sent =>
        {
            if (named is not null)
            {
                sent.Headers.Add("X-Paddock-Agent", named);
            }
        });
    }

    [Fact]
    public void A_key_for_an_agent_that_nobody_knows_takes_none()
    {
        var read = Told.Read(Otlp.Json, TelemetrySignal.Logs, codex, new() { Models = true, PinnedAgent = "something-else" });

        (read.Events.Length, read.Foreign).ShouldBe((0, 9));
    }

    [Fact]
    public async Task Whoever_tells_of_itself_is_a_client_that_was_seen()
    {
        await using var cloud = await RooCloud.StartAsync();

        await cloud.TellAsync(cloud.Key(), "logs", codex);
        await cloud.TellAsync(cloud.Key(), "logs", SentTelemetry.GeminiCliLogs(SentTelemetry.GeminiCliTurn));
        await cloud.TellAsync(cloud.Key(), "logs", "{}");

        cloud.Clients.Seen.Select(static one => (one.Agent, one.AgentVersion, one.CallsWithin)).ShouldBe([("codex", "1.2.3", null), ("gemini-cli", null, (TimeSpan?)null)]);
    }

    [Theory, MemberData(nameof(Forms))]
    public async Task More_requests_than_are_taken_of_a_person_are_sent_again_a_little_later(string form)
    {
        await using var cloud = await RooCloud.StartAsync();
        var (ada, bob) = (cloud.Key(), cloud.Key("bob"));
        for (var i = 0; i < TelemetryEndpoint.Burst; i++)
        {
            (await cloud.TellAsync(ada, "traces", "{}")).Status.ShouldBe(HttpStatusCode.OK);
        }

        var sent = await cloud.TellAsync(ada, "logs", codex, form);
        (sent.Status, sent.RetryAfter, sent.Form).ShouldBe((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(1), form));
        (await cloud.TellAsync(bob, "logs", codex, form)).Status.ShouldBe(HttpStatusCode.OK);
        cloud.Time.Advance(TimeSpan.FromSeconds(1));
        (await cloud.TellAsync(ada, "logs", codex, form)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task More_requests_at_the_same_time_than_are_taken_of_a_person_are_sent_again_a_little_later()
    {
        await using var cloud = await RooCloud.StartAsync();
        var (ada, bob, waiting) = (cloud.Key(), cloud.Key("bob"), 0);
        var (disk, all) = (new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        cloud.Events.Trouble = _ =>
        {
            if (Interlocked.Increment(ref waiting) == TelemetryEndpoint.MostUnderWay)
            {
                all.SetResult();
            }

            return disk.Task;
        };
        var first = Enumerable.Range(0, TelemetryEndpoint.MostUnderWay).Select(_ => cloud.TellAsync(ada, "logs", codex)).ToArray();
        await all.Task.WaitAsync(TestContext.Current.CancellationToken);

        (await cloud.TellAsync(ada, "logs", codex)).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        (await cloud.TellAsync(bob, "metrics", "{}")).Status.ShouldBe(HttpStatusCode.OK);
        disk.SetResult(6);
        (await Task.WhenAll(first)).ShouldAllBe(static one => one.Status == HttpStatusCode.OK);
        cloud.Events.Trouble = null;
        (await cloud.TellAsync(ada, "logs", codex)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task More_events_than_are_taken_of_a_person_are_refused_and_then_waited_for()
    {
        await using var cloud = await RooCloud.StartAsync();
        var key = cloud.Key();
        (await cloud.TellAsync(key, "logs", Prompts(0, 4000))).Text.ShouldBe("{}");

        var more = await cloud.TellAsync(key, "logs", Prompts(4000, 1003));
        RefusedIn(more, "rejectedLogRecords").ShouldBe((3, "These were more than Paddock takes of one person."));
        cloud.Events.All.Length.ShouldBe(TelemetryEndpoint.EventBurst);
        (await cloud.TellAsync(key, "logs", codex)).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        (await cloud.TellAsync(key, "metrics", "{}")).Status.ShouldBe(HttpStatusCode.OK); // of these nothing is kept
        cloud.Time.Advance(TimeSpan.FromSeconds(1));
        (await cloud.TellAsync(key, "logs", codex)).Text.ShouldBe("{}");

        static string Prompts(int from, int count) => SentTelemetry.CodexLogs(Enumerable.Range(from, count).Select(static at => SentTelemetry.Codex("codex.user_prompt", "{}", SentTelemetry.At.AddMicroseconds(at))));
    }

    [Theory, MemberData(nameof(Forms))]
    public async Task Records_beyond_what_a_request_may_have_are_refused(string form)
    {
        await using var cloud = await RooCloud.StartAsync();
        var request = SentTelemetry.CodexLogs([.. Enumerable.Repeat("{}", TelemetryBatch.MostRecords), .. SentTelemetry.CodexTurn]);

        RefusedIn(await cloud.TellAsync(cloud.Key(), "logs", request, form), "rejectedLogRecords").ShouldBe((9, "A request may have 8192 records."));
        cloud.Events.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task Refused_spans_are_called_so()
    {
        await using var cloud = await RooCloud.StartAsync();
        var key = cloud.Identities.AddKey(new() { Models = true, PinnedAgent = "codex" }).Token;

        RefusedIn(await cloud.TellAsync(key, "traces", SentTelemetry.CopilotSpans(SentTelemetry.CopilotTurn)), "rejectedSpans").Count.ShouldBe(4);
    }

    [Theory, MemberData(nameof(Forms))]
    public async Task What_becomes_of_records_is_counted(string form)
    {
        await using var cloud = await RooCloud.StartAsync();
        var counted = new Dictionary<string, long>(StringComparer.Ordinal);
        var ours = cloud.Services.GetRequiredService<IMeterFactory>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Scope == ours && instrument.Meter.Name == "Paddock.Telemetry")
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            var name = string.Join(' ', tags.ToArray().Select(static tag => tag.Value));
            counted[name] = counted.GetValueOrDefault(name) + count;
        });
        listener.Start();
        var key = cloud.Identities.AddKey(new() { Models = true, PinnedAgent = "codex" }, "ada").Token;

        await cloud.TellAsync(key, "logs", codex, form);
        await cloud.TellAsync(key, "logs", codex, form);
        await cloud.TellAsync(key, "logs", claude, form);
        await cloud.TellAsync(key, "metrics", """{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"codex.tool.call","sum":{"dataPoints":[{"asDouble":1.5},{"asDouble":1.5}]}}]}]}]}""", form);

        counted.OrderBy(static one => one.Key, StringComparer.Ordinal).Select(static one => (one.Key, one.Value))
            .ShouldBe([("logs codex again", 6), ("logs codex kept", 6), ("logs codex passed", 6), ("logs unknown refused", 5), ("metrics unknown passed", 2)]);
    }

    /// <summary>How many were refused, and why.</summary>
    private static (long Count, string Why) RefusedIn(Otlp.Sent sent, string name)
    {
        if (sent.Form == Otlp.Json)
        {
            using var json = JsonDocument.Parse(sent.Body);
            var partial = json.RootElement.GetProperty("partialSuccess");
            return (long.Parse(partial.GetProperty(name).GetString()!), partial.GetProperty("errorMessage").GetString()!); // as the protocol has it
        }

        using var outer = new CodedInputStream(sent.Body);
        outer.ReadTag().ShouldBe(WireFormat.MakeTag(1, WireFormat.WireType.LengthDelimited));
        using var inner = outer.ReadBytes().CreateCodedInput();
        inner.ReadTag().ShouldBe(WireFormat.MakeTag(1, WireFormat.WireType.Varint));
        var count = inner.ReadInt64();
        inner.ReadTag().ShouldBe(WireFormat.MakeTag(2, WireFormat.WireType.LengthDelimited));
        return (count, inner.ReadString());
    }
}
