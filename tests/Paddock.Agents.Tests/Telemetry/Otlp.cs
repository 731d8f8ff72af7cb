using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Paddock.Agents.Tests.RooCode.Settings;

namespace Paddock.Agents.Tests.Telemetry;

/// <summary>Export requests as an exporter makes them, in both forms: JSON is written, and made into protobuf by the numbers that OTLP's fields have.</summary>
internal static partial class Otlp
{
    public const string Json = "application/json", Protobuf = "application/x-protobuf";

    public static readonly string[] Forms = [Json, Protobuf];

    /// <summary>
    /// OTLP's messages as far as these tests send them: member, its number, its type (m message, s text, b bytes in hexadecimal digits, i varint,
    /// f fixed 64 bits, d double, t flag), and the message it is.
    /// </summary>
    private const string Messages = """
        request: resourceLogs=1mprogram resourceSpans=1mprogram resourceMetrics=1mprogram
        program: resource=1mresource scopeLogs=2mscopes scopeSpans=2mscopes scopeMetrics=2mscopes
        resource: attributes=1mpair
        scopes: scope=1mscope logRecords=2mlog spans=2mspan metrics=2mmetric
        scope: name=1s version=2s
        pair: key=1s value=2many
        any: stringValue=1s boolValue=2t intValue=3i doubleValue=4d arrayValue=5mlist kvlistValue=6mmap
        list: values=1many
        map: values=1mpair
        log: timeUnixNano=1f severityNumber=2i severityText=3s body=5many attributes=6mpair traceId=9b spanId=10b observedTimeUnixNano=11f eventName=12s
        span: traceId=1b spanId=2b parentSpanId=4b name=5s kind=6i startTimeUnixNano=7f endTimeUnixNano=8f attributes=9mpair status=15mstatus
        status: message=2s code=3i
        metric: name=1s sum=7mdata histogram=9mdata
        data: dataPoints=1mpoint
        point: attributes=7mpair asDouble=4d
        """;

    private static readonly Dictionary<string, (int Number, char Type, string Message)> fields = (
        from line in Messages.Split('\n')
        let message = line.Split(": ")
        from member in message[1].Split(' ')
        let said = Member().Match(member)
        select (Name: $"{message[0]}.{said.Groups["name"]}", Number: int.Parse(said.Groups["number"].ValueSpan, CultureInfo.InvariantCulture), Type: said.Groups["type"].Value[0], Message: said.Groups["message"].Value))
        .ToDictionary(static one => one.Name, static one => (one.Number, one.Type, one.Message), StringComparer.Ordinal);

    /// <summary>A request with records of one program.</summary>
    /// <param name="signal"><c>logs</c> or <c>traces</c>.</param>
    /// <param name="records">Each as JSON.</param>
    public static string Request(string signal, string service, string scope, params IEnumerable<string> records) => signal == "logs"
        ? $$"""{"resourceLogs":[{"resource":{"attributes":[{{Text("service.name", service)}},{{Text("service.version", "1.2.3")}}]},"scopeLogs":[{"scope":{"name":"{{scope}}"},"logRecords":[{{string.Join(',', records)}}]}]}]}"""
        : $$"""{"resourceSpans":[{"resource":{"attributes":[{{Text("service.name", service)}},{{Text("service.version", "1.2.3")}}]},"scopeSpans":[{"scope":{"name":"{{scope}}"},"spans":[{{string.Join(',', records)}}]}]}]}""";

    public static string Text(string key, string value) => new JsonObject { ["key"] = key, ["value"] = new JsonObject { ["stringValue"] = value } }.ToJsonString();

    /// <summary>Nanoseconds since 1970.</summary>
    public static string Nanos(DateTimeOffset at) => ((at.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * 100).ToString(CultureInfo.InvariantCulture);

    /// <summary>The same request as protobuf.</summary>
    public static byte[] ToProtobuf(string json) => Message(JsonNode.Parse(json)!.AsObject(), "request");

    public static byte[] Body(string form, string json) => form == Json ? Encoding.UTF8.GetBytes(json) : ToProtobuf(json);

    public static async Task<Sent> TellAsync(this RooCloud cloud, string? token, string signal, byte[] body, string form, string? coding = null, Action<HttpRequestMessage>? more = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/otlp/v1/" + signal) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(form);
        request.Headers.ExpectContinue = body.Length > 1 << 20; // so that a refusal is read before all of it is sent
        if (coding is not null)
        {
            request.Content.Headers.ContentEncoding.Add(coding);
        }

        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        }

        more?.Invoke(request);
        using var answer = await cloud.SendAsync(request);
        return new(answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, answer.Headers.RetryAfter?.Delta, await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    public static Task<Sent> TellAsync(this RooCloud cloud, string? token, string signal, string json, string form = Json) => cloud.TellAsync(token, signal, Body(form, json), form);

    public static byte[] Gzip(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(body);
        }

        return packed.ToArray();
    }

    /// <param name="Body">As it came.</param>
    internal sealed record Sent(HttpStatusCode Status, string? Form, TimeSpan? RetryAfter, byte[] Body)
    {
        public string Text => Encoding.UTF8.GetString(Body);
    }

    private static byte[] Message(JsonObject json, string message)
    {
        using var buffer = new MemoryStream();
        using var to = new CodedOutputStream(buffer);
        foreach (var (name, value) in json)
        {
            var (number, type, inner) = fields[$"{message}.{name}"];
            foreach (var one in value is JsonArray list ? list.AsEnumerable() : new[] { value })
            {
                Write(to, number, type, inner, one!);
            }
        }

        to.Flush();
        return buffer.ToArray();
    }

    private static void Write(CodedOutputStream to, int number, char type, string message, JsonNode value)
    {
        to.WriteTag(number, type switch { 'f' or 'd' => WireFormat.WireType.Fixed64, 'i' or 't' => WireFormat.WireType.Varint, _ => WireFormat.WireType.LengthDelimited });
        switch (type)
        {
            case 'm':
                to.WriteBytes(ByteString.CopyFrom(Message(value.AsObject(), message)));
                break;
            case 's':
                to.WriteString(value.GetValue<string>());
                break;
            case 'b':
                to.WriteBytes(ByteString.CopyFrom(Convert.FromHexString(value.GetValue<string>())));
                break;
            case 'i':
                to.WriteInt64(long.Parse(value.ToString(), CultureInfo.InvariantCulture));
                break;
            case 'f':
                to.WriteFixed64(ulong.Parse(value.ToString(), CultureInfo.InvariantCulture));
                break;
            case 'd':
                to.WriteDouble(value.GetValue<double>());
                break;
            default:
                to.WriteBool(value.GetValue<bool>());
                break;
        }
    }

    [GeneratedRegex("(?<name>[A-Za-z]+)=(?<number>[0-9]+)(?<type>[a-z])(?<message>[a-z]*)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Member();
}
