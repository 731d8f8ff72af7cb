using System.Net;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Paddock.Agents.Telemetry;
using Paddock.Agents.Tests.RooCode.Settings;
using Paddock.Core.Identity;
using Paddock.Core.Ledger;

namespace Paddock.Agents.Tests.Telemetry;

/// <summary>Whose telemetry is taken, in which forms, how much, and what exporters are told.</summary>
public sealed class TelemetryEndpointTests
{
    private static readonly string turn = SentTelemetry.CodexLogs(SentTelemetry.CodexTurn);

    public static TheoryData<string> Forms => [.. Otlp.Forms];

    [Theory, MemberData(nameof(Forms))]
    public async Task What_is_kept_is_answered_as_the_protocol_has_it(string form)
    {
        await using var cloud = await RooCloud.StartAsync();

        var sent = await cloud.TellAsync(cloud.Key(), "logs", turn, form);

        (sent.Status, sent.Form, sent.Text).ShouldBe((HttpStatusCode.OK, form, form == Otlp.Json ? "{}" : ""));
        cloud.Events.All.Select(static one => one.Type).ShouldBe(["codex.conversation_starts", "codex.user_prompt", "codex.api_request", "codex.sse_event", "codex.tool_decision", "codex.tool_result"]);
    }

    [Fact]
    public async Task A_session_is_a_task_of_whoever_tells_of_it()
    {
        await using var cloud = await RooCloud.StartAsync();

        await cloud.TellAsync(cloud.Key(), "logs", turn);
        await cloud.TellAsync(cloud.Key("bob"), "logs", turn);

        var ids = cloud.Identities.Current.Principals.OrderBy(static one => one.Name, StringComparer.Ordinal).Select(static one => one.Id.Value).ToArray();
        cloud.Events.All.Select(static one => (one.Principal, one.Agent, one.NativeTask, one.Task)).Distinct()
            .ShouldBe(ids.Select(static id => (id, "codex", (string?)SentTelemetry.Session, (string?)TaskKey.Compute(id, "codex", SentTelemetry.Session))));
    }

    [Theory, MemberData(nameof(Forms))]
    public async Task What_an_exporter_sends_again_is_kept_once(string form)
    {
        await using var cloud = await RooCloud.StartAsync();
        var key = cloud.Key();

        await cloud.TellAsync(key, "logs", turn, Otlp.Json); // and the answer is lost
        cloud.Time.Advance(TimeSpan.FromHours(1));
        (await cloud.TellAsync(key, "logs", turn, form)).Status.ShouldBe(HttpStatusCode.OK);
        var twice = SentTelemetry.CodexLogs([.. SentTelemetry.CodexTurn, .. SentTelemetry.CodexTurn]);
        await cloud.TellAsync(key, "logs", twice, form);

        cloud.Events.All.Length.ShouldBe(6);
    }

    [Fact]
    public async Task Equal_records_of_two_moments_are_two()
    {
        await using var cloud = await RooCloud.StartAsync();

        await cloud.TellAsync(cloud.Key(), "logs", SentTelemetry.CodexLogs(Prompt(0), Prompt(1), Prompt(1)));

        cloud.Events.All.Select(static one => one.At - SentTelemetry.At).ShouldBe([TimeSpan.Zero, TimeSpan.FromTicks(10)]);

        static string Prompt(int micros) => SentTelemetry.Codex("codex.user_prompt", """{"prompt_length":"20"}""", SentTelemetry.At.AddMicroseconds(micros));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(299, true)]
    [InlineData(301, false)]
    [InlineData(-29 * 86400, true)]
    [InlineData(-31 * 86400, false)]
    public async Task A_record_is_of_its_own_time_if_that_can_be(int seconds, bool own)
    {
        await using var cloud = await RooCloud.StartAsync();
        var at = cloud.Time.GetUtcNow().AddSeconds(seconds);

        await cloud.TellAsync(cloud.Key(), "logs", SentTelemetry.CodexLogs(SentTelemetry.Codex("codex.user_prompt", "{}", at)));

        cloud.Events.All.ShouldHaveSingleItem().At.ShouldBe(own ? at : cloud.Time.GetUtcNow());
    }

    [Fact]
    public async Task A_record_without_a_time_is_of_the_moment_in_which_it_came()
    {
        await using var cloud = await RooCloud.StartAsync();
        var record = SentTelemetry.Codex("codex.user_prompt", "{}", DateTimeOffset.UnixEpoch);

        await cloud.TellAsync(cloud.Key(), "logs", SentTelemetry.CodexLogs(record));

        cloud.Events.All.ShouldHaveSingleItem().At.ShouldBe(cloud.Time.GetUtcNow());
        cloud.Events.All[0].Identity.Once.ShouldBeFalse();
    }

    [Fact]
    public async Task Keys_for_models_or_tools_and_sessions_of_machines_may_tell_of_themselves()
    {
        await using var cloud = await RooCloud.StartAsync();
        string[] good = [cloud.Key(), cloud.Identities.AddKey(new() { Tools = true }).Token, cloud.Token(SessionClient.Device)];
        string[] bad = [cloud.Identities.AddKey(new() { Control = ControlRoles.Admin }).Token, cloud.Token(SessionClient.Extension), cloud.Token(SessionClient.Cli), cloud.Token(SessionClient.Console)];

        foreach (var token in good)
        {
            (await cloud.TellAsync(token, "logs", turn)).Status.ShouldBe(HttpStatusCode.OK);
            (await cloud.TellAsync(null, "logs", Otlp.Body(Otlp.Json, turn), Otlp.Json, more: request => request.Headers.Add("x-api-key", token))).Status.ShouldBe(HttpStatusCode.OK);
        }

        foreach (var token in bad)
        {
            (await cloud.TellAsync(token, "logs", turn)).Status.ShouldBe(HttpStatusCode.Forbidden);
        }
    }

    [Theory, MemberData(nameof(Forms))]
    public async Task Without_a_good_key_nothing_is_read_and_the_answer_has_the_form_of_the_question(string form)
    {
        await using var cloud = await RooCloud.StartAsync();
        foreach (var (token, signal) in new[] { (null, "logs"), ("pk_nonsense", "traces"), (cloud.Token(SessionClient.Device, lasts: TimeSpan.FromSeconds(-1)), "metrics") })
        {
            var sent = await cloud.TellAsync(token, signal, [1, 2, 3], form);

            (sent.Status, sent.Form).ShouldBe((HttpStatusCode.Unauthorized, form));
            StatusOf(sent).ShouldBe((16, "Send a Paddock key as Authorization: Bearer."));
        }
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/grpc")]
    public async Task Another_content_type_is_a_415(string form)
    {
        await using var cloud = await RooCloud.StartAsync();

        var sent = await cloud.TellAsync(cloud.Key(), "logs", "{}"u8.ToArray(), form);

        (sent.Status, sent.Form, StatusOf(sent).Code).ShouldBe((HttpStatusCode.UnsupportedMediaType, Otlp.Json, 3));
        (await cloud.TellAsync(cloud.Key(), "logs", "{}"u8.ToArray(), "application/json; charset=utf-8")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory, MemberData(nameof(Forms))]
    public async Task A_body_may_be_packed_by_gzip(string form)
    {
        await using var cloud = await RooCloud.StartAsync();
        var body = Otlp.Body(form, turn);

        (await cloud.TellAsync(cloud.Key(), "logs", Otlp.Gzip(body), form, "gzip")).Status.ShouldBe(HttpStatusCode.OK);
        cloud.Events.All.Length.ShouldBe(6);
        (await cloud.TellAsync(cloud.Key(), "logs", body, form, "gzip")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await cloud.TellAsync(cloud.Key(), "logs", body, form, "zstd")).Status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Theory, MemberData(nameof(Forms))]
    public async Task A_body_beyond_the_limit_is_a_413_whatever_it_is_packed_in(string form)
    {
        await using var cloud = await RooCloud.StartAsync();
        var body = new byte[TelemetryEndpoint.MostBytes + 1];
        body.AsSpan().Fill((byte)' ');

        (await cloud.TellAsync(cloud.Key(), "logs", body, form)).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        var packed = await cloud.TellAsync(cloud.Key(), "logs", Otlp.Gzip(body), form, "gzip");
        (packed.Status, packed.Form, StatusOf(packed).Message).ShouldBe((HttpStatusCode.RequestEntityTooLarge, form, "A body is at most 4 MiB here, compressed or not."));
    }

    [Theory, MemberData(nameof(Forms))]
    public async Task What_is_no_request_of_its_form_is_a_400_and_nothing_of_it_is_kept(string form)
    {
        await using var cloud = await RooCloud.StartAsync();
        var body = Otlp.Body(form, turn);

        foreach (var cut in new[] { body[..^1], body[..(body.Length / 2)], Otlp.Body(form == Otlp.Json ? Otlp.Protobuf : Otlp.Json, turn) })
        {
            var sent = await cloud.TellAsync(cloud.Key(), "logs", cut, form);
            (sent.Status, sent.Form, StatusOf(sent).Code).ShouldBe((HttpStatusCode.BadRequest, form, 3));
        }

        cloud.Events.All.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Forms))]
    public async Task When_it_cannot_be_kept_the_exporter_is_told_to_send_it_again(string form)
    {
        await using var cloud = await RooCloud.StartAsync();
        cloud.Events.Trouble = static _ => throw new IOException("disk");

        var sent = await cloud.TellAsync(cloud.Key(), "logs", turn, form);

        (sent.Status, sent.RetryAfter, StatusOf(sent).Code).ShouldBe((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(5), 14));
        sent.Text.ShouldNotContain("disk");
    }

    [Fact]
    public async Task A_database_that_does_not_answer_keeps_no_exporter_waiting()
    {
        await using var cloud = await RooCloud.StartAsync();
        cloud.Events.Trouble = _ =>
        {
            cloud.Time.Advance(TelemetryEndpoint.Patience);
            return new TaskCompletionSource<int>().Task;
        };

        (await cloud.TellAsync(cloud.Key(), "logs", turn)).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    /// <summary>Code and message of an error.</summary>
    private static (int Code, string Message) StatusOf(Otlp.Sent sent)
    {
        if (sent.Form == Otlp.Json)
        {
            using var json = JsonDocument.Parse(sent.Body);
            return (json.RootElement.GetProperty("code").GetInt32(), json.RootElement.GetProperty("message").GetString()!); // as the protocol has it
        }

        using var input = new CodedInputStream(sent.Body);
        input.ReadTag().ShouldBe(WireFormat.MakeTag(1, WireFormat.WireType.Varint));
        var code = input.ReadInt32();
        input.ReadTag().ShouldBe(WireFormat.MakeTag(2, WireFormat.WireType.LengthDelimited));
        return (code, input.ReadString());
    }
}
