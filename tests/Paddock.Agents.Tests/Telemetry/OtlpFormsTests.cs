using System.Text;
using CsCheck;
using Google.Protobuf;
using Paddock.Agents.Telemetry;

namespace Paddock.Agents.Tests.Telemetry;

/// <summary>Both forms of OTLP say the same, and whatever is no OTLP is found out.</summary>
public sealed class OtlpFormsTests
{
    private const string Metrics = """
        {"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"claude-code"}}]},"scopeMetrics":[{"scope":{"name":"com.anthropic.claude_code"},"metrics":[
        {"name":"claude_code.cost.usage","sum":{"dataPoints":[{"attributes":[],"asDouble":0.5},{"asDouble":1.5}]}},{"name":"x","histogram":{"dataPoints":[{},{},{}]}}]}]}]}
        """;

    /// <summary>Requests of all agents, by the signal that they are.</summary>
    public static TheoryData<int, string> Requests => new()
    {
        { (int)TelemetrySignal.Logs, SentTelemetry.ClaudeCodeLogs(SentTelemetry.ClaudeCodeTurn) },
        { (int)TelemetrySignal.Logs, SentTelemetry.CodexLogs(SentTelemetry.CodexTurn) },
        { (int)TelemetrySignal.Logs, SentTelemetry.GeminiCliLogs(SentTelemetry.GeminiCliTurn) },
        { (int)TelemetrySignal.Traces, SentTelemetry.CopilotSpans(SentTelemetry.CopilotTurn) },
    };

    [Theory, MemberData(nameof(Requests))]
    public void Each_agents_records_are_the_same_events_in_both_forms(int signal, string request)
    {
        var events = Told.Events((TelemetrySignal)signal, request); // compares them

        events.Length.ShouldBeGreaterThan(2);
        events.ShouldAllBe(static one => one.NativeTask == SentTelemetry.Session && one.At == SentTelemetry.At);
    }

    [Fact]
    public void Numbers_of_64_bits_are_texts_or_numbers_and_null_is_nothing()
    {
        var text = SentTelemetry.ClaudeCodeLogs(SentTelemetry.ClaudeCode("api_request", """{"input_tokens":19049}"""));
        var nanos = Otlp.Nanos(SentTelemetry.At);

        foreach (var other in new[] { text.Replace($"\"{nanos}\"", nanos, StringComparison.Ordinal), text.Replace("\"intValue\":19049", "\"intValue\":\"19049\"", StringComparison.Ordinal), text.Replace("\"logRecords\"", "\"schemaUrl\":null,\"attributes\":null,\"later\":{\"x\":[1]},\"logRecords\"", StringComparison.Ordinal) })
        {
            other.ShouldNotBe(text);
            Told.Read(Otlp.Json, TelemetrySignal.Logs, other).Events.ShouldBe(Told.Read(Otlp.Json, TelemetrySignal.Logs, text).Events);
        }
    }

    [Fact]
    public void Fields_come_in_any_order_and_those_that_nobody_knows_are_passed_over()
    {
        var body = Otlp.ToProtobuf("""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"task.cancelled"},"timeUnixNano":"7"}]}],"resource":{"attributes":[{"value":{"stringValue":"cline"},"key":"service.name"}]}}]}""");
        byte[] unknown = [.. Field(99, "x"u8), .. body, 0xf8, 0x06, 0x01, .. Field(2, new byte[1000])];

        foreach (var one in new[] { body, unknown })
        {
            var record = Told.Batch(Otlp.Protobuf, TelemetrySignal.Logs, one)!.Records.ShouldHaveSingleItem(); // it is well formed
            (record.Body, record.UnixNano, record.Text("service.name")).ShouldBe(("task.cancelled", 7UL, "cline"));
        }
    }

    [Fact]
    public void What_nobody_looks_at_may_be_nested_as_deep_as_it_likes_in_protobuf_and_to_64_in_json()
    {
        Told.Batch(Otlp.Protobuf, TelemetrySignal.Logs, Deep(2_000)).ShouldNotBeNull().Records.ShouldHaveSingleItem().Attributes.ShouldBeEmpty();
        Told.Batch(Otlp.Json, TelemetrySignal.Logs, Encoding.UTF8.GetBytes(DeepJson(10))).ShouldNotBeNull();
        Told.Batch(Otlp.Json, TelemetrySignal.Logs, Encoding.UTF8.GetBytes(DeepJson(30))).ShouldBeNull();

        static string DeepJson(int depth) => $$"""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"attributes":[{"key":"x","value":{{string.Concat(Enumerable.Repeat("""{"arrayValue":{"values":[""", depth))}}{{string.Concat(Enumerable.Repeat("]}}", depth))}}}]}]}]}]}""";

        static byte[] Deep(int depth)
        {
            var any = Array.Empty<byte>();
            for (var i = 0; i < depth; i++)
            {
                any = Field(5, Field(1, any));
            }

            return Field(1, Field(2, Field(2, Field(6, [.. Field(1, "event.name"u8), .. Field(2, any)]))));
        }
    }

    [Theory]
    [InlineData(Otlp.Json)]
    [InlineData(Otlp.Protobuf)]
    public void Records_beyond_the_most_are_counted_and_not_read(string form)
    {
        var request = SentTelemetry.ClineLogs(Enumerable.Repeat("""{"timeUnixNano":"1"}""", TelemetryBatch.MostRecords + 3));

        var batch = Told.Batch(form, TelemetrySignal.Logs, Otlp.Body(form, request)).ShouldNotBeNull();

        (batch.Records.Length, batch.Count).ShouldBe((TelemetryBatch.MostRecords, TelemetryBatch.MostRecords + 3));
    }

    [Theory]
    [InlineData(Otlp.Json)]
    [InlineData(Otlp.Protobuf)]
    public void Of_metrics_the_points_are_counted(string form)
    {
        var batch = Told.Batch(form, TelemetrySignal.Metrics, Otlp.Body(form, Metrics)).ShouldNotBeNull();

        (batch.Records.Length, batch.Count).ShouldBe((0, 5));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("""{"resourceLogs":{}}""")]
    [InlineData("""{"resourceLogs":[1]}""")]
    [InlineData("""{"resourceLogs":[{"resource":[]}]}""")]
    [InlineData("""{"resourceLogs":[],"resourceLogs":[]}""")]
    [InlineData("""{"resourceLogs":[{"scopeLogs":[{"scope":{"name":7}}]}]}""")]
    [InlineData("""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"-1"}]}]}]}""")]
    [InlineData("""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":1.5}]}]}]}""")]
    [InlineData("""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"attributes":[{"key":"event.name","value":{"stringValue":"\ud800"}}]}]}]}]}""")]
    public void Json_that_is_no_request_is_found_out(string json) => Told.Batch(Otlp.Json, TelemetrySignal.Logs, Encoding.UTF8.GetBytes(json)).ShouldBeNull();

    [Fact]
    public void Protobuf_that_is_no_request_is_found_out()
    {
        byte[][] bad =
        [
            [0x0a, 0x05, 0x01], // longer than what there is
            [0x08, 0x01], // a number where a message stands
            [0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f], // of a negative length
            [0x00], // no field
            [0x0c], // the end of a group that did not begin
            Field(1, Field(2, Field(2, Field(1, "x"u8)))), // a time that is a text
            Field(1, Field(2, Field(1, Field(1, [0xff, 0xfe])))), // a name that is no UTF-8
        ];

        bad.ShouldAllBe(static body => Told.Batch(Otlp.Protobuf, TelemetrySignal.Logs, body) == null);
    }

    [Fact]
    public void Whatever_comes_is_read_or_refused_without_a_fault()
    {
        var good = Otlp.Forms.SelectMany(static form => Requests.Select(one => (form, Body: Otlp.Body(form, one.Data.Item2)))).ToArray();
        Gen.Select(Gen.OneOfConst(good), Gen.Int[0, int.MaxValue], Gen.Byte, Gen.Byte.Array).Sample((sent, place, value, noise) =>
        {
            var changed = sent.Body.ToArray();
            changed[place % changed.Length] = value;
            foreach (var body in new[] { changed, sent.Body[..(place % sent.Body.Length)], noise })
            {
                foreach (var signal in Enum.GetValues<TelemetrySignal>())
                {
                    Told.Batch(sent.form, signal, body);
                }
            }
        });
    }

    private static byte[] Field(int number, ReadOnlySpan<byte> content)
    {
        using var buffer = new MemoryStream();
        using var to = new CodedOutputStream(buffer);
        to.WriteTag(number, WireFormat.WireType.LengthDelimited);
        to.WriteBytes(ByteString.CopyFrom(content));
        to.Flush();
        return buffer.ToArray();
    }
}
