using System.Text;
using System.Text.Json;
using Paddock.Core.Models;
using Paddock.Core.Policies;

namespace Paddock.Gateway.Protocols.OpenAiChat;

/// <summary>OpenAI's chat completions.</summary>
internal sealed class ChatProtocol : WireProtocol
{
    public override Wire Wire => Wire.OpenAiChat;

    public override RequestReader Requests { get; } = new ChatRequestReader();

    public override AnswerReader Answers { get; } = new ChatAnswerReader();

    public override void WriteError(Utf8JsonWriter json, Refusal refusal, string? errorType) => OpenAiError.Write(json, refusal, errorType);

    /// <summary>As OpenRouter and others send it: a data event with an <c>error</c>, after which the connection ends.</summary>
    public override byte[] ErrorEvent(Refusal refusal) => [.. "data: "u8, .. Json(json => OpenAiError.Write(json, refusal, null)), .. "\n\n"u8];

    public override byte[] Turn(string id, string model, string text, bool stream, long createdUnix)
    {
        if (!stream)
        {
            return Json(json => WriteCompletion(json, id, model, text, createdUnix));
        }

        var events = new StringBuilder();
        Append(events, Chunk(id, model, createdUnix, text, finish: null));
        Append(events, Chunk(id, model, createdUnix, text: null, "stop"));
        Append(events, UsageChunk(id, model, createdUnix));
        return Encoding.UTF8.GetBytes(events.Append("data: [DONE]\n\n").ToString());
    }

    private static void Append(StringBuilder events, byte[] data) => events.Append("data: ").Append(Encoding.UTF8.GetString(data)).Append("\n\n");

    private static void WriteCompletion(Utf8JsonWriter json, string id, string model, string text, long created)
    {
        WriteHead(json, "chat.completion", id, model, created);
        json.WriteStartArray("choices"u8);
        json.WriteStartObject();
        json.WriteNumber("index"u8, 0);
        json.WriteStartObject("message"u8);
        json.WriteString("role"u8, "assistant"u8);
        json.WriteString("content"u8, text);
        json.WriteEndObject();
        json.WriteString("finish_reason"u8, "stop"u8);
        json.WriteEndObject();
        json.WriteEndArray();
        WriteUsage(json);
        json.WriteEndObject();
    }

    private static byte[] Chunk(string id, string model, long created, string? text, string? finish) => Json(json =>
    {
        WriteHead(json, "chat.completion.chunk", id, model, created);
        json.WriteStartArray("choices"u8);
        json.WriteStartObject();
        json.WriteNumber("index"u8, 0);
        json.WriteStartObject("delta"u8);
        if (text is not null)
        {
            json.WriteString("role"u8, "assistant"u8);
            json.WriteString("content"u8, text);
        }

        json.WriteEndObject();
        json.WriteString("finish_reason"u8, finish);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static byte[] UsageChunk(string id, string model, long created) => Json(json =>
    {
        WriteHead(json, "chat.completion.chunk", id, model, created);
        json.WriteStartArray("choices"u8);
        json.WriteEndArray();
        WriteUsage(json);
        json.WriteEndObject();
    });

    private static void WriteHead(Utf8JsonWriter json, string kind, string id, string model, long created)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, id);
        json.WriteString("object"u8, kind);
        json.WriteNumber("created"u8, created);
        json.WriteString("model"u8, model);
    }

    private static void WriteUsage(Utf8JsonWriter json)
    {
        json.WriteStartObject("usage"u8);
        json.WriteNumber("prompt_tokens"u8, 0);
        json.WriteNumber("completion_tokens"u8, 0);
        json.WriteNumber("total_tokens"u8, 0);
        json.WriteNumber("cost"u8, 0);
        json.WriteEndObject();
    }
}
