using System.Globalization;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;

namespace Paddock.Agents.Telemetry;

/// <summary>Answers as OTLP/HTTP has them, in the form in which the request came: an export response, or a <c>google.rpc.Status</c>.</summary>
internal static class OtlpAnswer
{
    public const string Protobuf = "application/x-protobuf", Json = "application/json";

    /// <summary>Everything was taken, or (<paramref name="refused"/>) some was not, which is no reason to send it again.</summary>
    /// <param name="why">For the person who reads the exporter's log.</param>
    public static Task WriteAsync(HttpContext http, string form, TelemetrySignal signal, int refused, string why)
    {
        if (form == Json)
        {
            var name = signal switch { TelemetrySignal.Logs => "rejectedLogRecords", TelemetrySignal.Traces => "rejectedSpans", _ => "rejectedDataPoints" };
            return WriteAsync(http, StatusCodes.Status200OK, form, JsonOf(json =>
            {
                if (refused > 0)
                {
                    json.WriteStartObject("partialSuccess");
                    json.WriteString(name, refused.ToString(CultureInfo.InvariantCulture)); // 64 bits are a text there
                    json.WriteString("errorMessage", why);
                    json.WriteEndObject();
                }
            }));
        }

        return WriteAsync(http, StatusCodes.Status200OK, form, refused == 0 ? [] : MessageOf(to =>
        {
            to.WriteTag(1, WireFormat.WireType.LengthDelimited);
            to.WriteBytes(ByteString.CopyFrom(MessageOf(partial =>
            {
                partial.WriteTag(1, WireFormat.WireType.Varint);
                partial.WriteInt64(refused);
                partial.WriteTag(2, WireFormat.WireType.LengthDelimited);
                partial.WriteString(why);
            })));
        }));
    }

    public static Task RefuseAsync(HttpContext http, int status, string form, string message)
    {
        var code = CodeOf(status);
        return WriteAsync(http, status, form, form == Json
            ? JsonOf(json =>
            {
                json.WriteNumber("code", code);
                json.WriteString("message", message);
            })
            : MessageOf(to =>
            {
                to.WriteTag(1, WireFormat.WireType.Varint);
                to.WriteInt32(code);
                to.WriteTag(2, WireFormat.WireType.LengthDelimited);
                to.WriteString(message);
            }));
    }

    private static int CodeOf(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => 16,
        StatusCodes.Status403Forbidden => 7,
        StatusCodes.Status429TooManyRequests => 8,
        StatusCodes.Status503ServiceUnavailable => 14,
        _ => 3, // the request is at fault
    };

    private static byte[] MessageOf(Action<CodedOutputStream> write)
    {
        using var buffer = new MemoryStream();
        using var output = new CodedOutputStream(buffer);
        write(output);
        output.Flush();
        return buffer.ToArray();
    }

    private static byte[] JsonOf(Action<System.Text.Json.Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new System.Text.Json.Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static Task WriteAsync(HttpContext http, int status, string form, byte[] body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = form;
        http.Response.ContentLength = body.Length;
        return http.Response.Body.WriteAsync(body, 0, body.Length, http.RequestAborted);
    }
}
