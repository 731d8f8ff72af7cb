using System.Text.Json;
using Paddock.Core.Models;
using Paddock.Core.Policies;

namespace Paddock.Gateway.Protocols.OpenAiResponses;

/// <summary>OpenAI's Responses.</summary>
internal sealed class ResponsesProtocol : WireProtocol
{
    public override Wire Wire => Wire.OpenAiResponses;

    public override RequestReader Requests { get; } = new ResponsesRequestReader();

    public override AnswerReader Answers { get; } = new ResponsesAnswerReader();

    public override void WriteError(Utf8JsonWriter json, Refusal refusal, string? errorType) => OpenAiError.Write(json, refusal, errorType);

    public override byte[] ErrorEvent(Refusal refusal) => Event("error", json =>
    {
        json.WriteString("code"u8, CodeOf(refusal.Reason));
        json.WriteString("message"u8, refusal.Message);
        json.WriteString("param"u8, refusal.Parameter);
    });

    public override byte[] Turn(string id, string model, string text, bool stream, long createdUnix)
    {
        if (!stream)
        {
            return Json(json => WriteResponse(json, id, model, createdUnix, "completed", text));
        }

        var item = "msg_" + id;
        return
        [
            .. Event("response.created", json => WriteNamed(json, id, model, createdUnix, "in_progress", null)),
            .. Event("response.output_item.added", json => WriteItemEvent(json, item, null)),
            .. Event("response.output_text.delta", json => WriteDelta(json, item, text)),
            .. Event("response.output_item.done", json => WriteItemEvent(json, item, text)),
            .. Event("response.completed", json => WriteNamed(json, id, model, createdUnix, "completed", text)),
        ];
    }

    private static byte[] Event(string type, Action<Utf8JsonWriter> members) =>
    [
        .. System.Text.Encoding.UTF8.GetBytes($"event: {type}\ndata: "),
        .. Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("type"u8, type);
            members(json);
            json.WriteEndObject();
        }),
        .. "\n\n"u8,
    ];

    private static void WriteNamed(Utf8JsonWriter json, string id, string model, long created, string status, string? text)
    {
        json.WritePropertyName("response"u8);
        WriteResponse(json, id, model, created, status, text);
    }

    private static void WriteResponse(Utf8JsonWriter json, string id, string model, long created, string status, string? text)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, "resp_" + id);
        json.WriteString("object"u8, "response"u8);
        json.WriteNumber("created_at"u8, created);
        json.WriteString("status"u8, status);
        json.WriteString("model"u8, model);
        json.WriteStartArray("output"u8);
        if (text is not null)
        {
            WriteItem(json, "msg_" + id, text);
        }

        json.WriteEndArray();
        json.WriteStartObject("usage"u8);
        json.WriteNumber("input_tokens"u8, 0);
        json.WriteNumber("output_tokens"u8, 0);
        json.WriteNumber("total_tokens"u8, 0);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteItemEvent(Utf8JsonWriter json, string item, string? text)
    {
        json.WriteNumber("output_index"u8, 0);
        json.WritePropertyName("item"u8);
        WriteItem(json, item, text);
    }

    private static void WriteItem(Utf8JsonWriter json, string item, string? text)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, item);
        json.WriteString("type"u8, "message"u8);
        json.WriteString("role"u8, "assistant"u8);
        json.WriteString("status"u8, text is null ? "in_progress"u8 : "completed"u8);
        json.WriteStartArray("content"u8);
        if (text is not null)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "output_text"u8);
            json.WriteString("text"u8, text);
            json.WriteStartArray("annotations"u8);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteDelta(Utf8JsonWriter json, string item, string text)
    {
        json.WriteString("item_id"u8, item);
        json.WriteNumber("output_index"u8, 0);
        json.WriteNumber("content_index"u8, 0);
        json.WriteString("delta"u8, text);
    }
}
