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

    public override ToolReader Tools { get; } = new ChatToolReader();

    public override ToolOfferReader Offers { get; } = new ChatOfferReader();

    public override ResultReader Results { get; } = new ChatResultReader();

    public override bool TurnsFollowDeltas => true;

    public override void WriteError(Utf8JsonWriter json, Refusal refusal, string? errorType) => OpenAiError.Write(json, refusal, errorType);

    /// <summary>As OpenRouter and others send it: a data event with an <c>error</c>, after which the connection ends.</summary>
    public override byte[] ErrorEvent(Refusal refusal) => [.. "data: "u8, .. Json(json => OpenAiError.Write(json, refusal, null)), .. "\n\n"u8];

    public override byte[] Turn(in WrittenTurn turn)
    {
        var (id, model, text, stream, createdUnix) = turn;
        var whole = turn;
        if (!stream)
        {
            return Json(json => WriteCompletion(json, whole, "stop", () => json.WriteString("content"u8, text)));
        }

        var events = new StringBuilder();
        Append(events, Chunk(id, model, createdUnix, finish: null, json => WriteText(json, text)));
        Append(events, Chunk(id, model, createdUnix, "stop", static _ => { }));
        Append(events, UsageChunk(whole));
        return Encoding.UTF8.GetBytes(events.Append("data: [DONE]\n\n").ToString());
    }

    public override byte[] ClosingTurn(in WrittenTurn turn, ClosingTool tool)
    {
        var (id, model, text, stream, createdUnix) = turn;
        var whole = turn;
        var arguments = ArgumentsOf(tool, text);
        if (!stream)
        {
            return Json(json => WriteCompletion(json, whole, "tool_calls", () => WriteToolCall(json, id, tool, arguments, index: null)));
        }

        var events = new StringBuilder();
        Append(events, Chunk(id, model, createdUnix, null, json => WriteToolCall(json, id, tool, arguments, index: 0)));
        Append(events, Chunk(id, model, createdUnix, "tool_calls", static _ => { }));
        Append(events, UsageChunk(whole));
        return Encoding.UTF8.GetBytes(events.Append("data: [DONE]\n\n").ToString());
    }

    private static void Append(StringBuilder events, byte[] data) => events.Append("data: ").Append(Encoding.UTF8.GetString(data)).Append("\n\n");

    private static void WriteCompletion(Utf8JsonWriter json, in WrittenTurn turn, string finish, Action content)
    {
        WriteHead(json, "chat.completion", turn.Id, turn.Model, turn.CreatedUnix);
        json.WriteStartArray("choices"u8);
        json.WriteStartObject();
        json.WriteNumber("index"u8, 0);
        json.WriteStartObject("message"u8);
        json.WriteString("role"u8, "assistant"u8);
        content();
        json.WriteEndObject();
        json.WriteString("finish_reason"u8, finish);
        json.WriteEndObject();
        json.WriteEndArray();
        WriteUsage(json, turn);
        json.WriteEndObject();
    }

    private static byte[] Chunk(string id, string model, long created, string? finish, Action<Utf8JsonWriter> delta) => Json(json =>
    {
        WriteHead(json, "chat.completion.chunk", id, model, created);
        json.WriteStartArray("choices"u8);
        json.WriteStartObject();
        json.WriteNumber("index"u8, 0);
        json.WriteStartObject("delta"u8);
        delta(json);
        json.WriteEndObject();
        json.WriteString("finish_reason"u8, finish);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteText(Utf8JsonWriter json, string text)
    {
        json.WriteString("role"u8, "assistant"u8);
        json.WriteString("content"u8, text);
    }

    /// <param name="index">Position in a stream's delta; null in a whole message, which has none.</param>
    private static void WriteToolCall(Utf8JsonWriter json, string id, ClosingTool tool, string arguments, int? index)
    {
        if (index is not null)
        {
            json.WriteString("role"u8, "assistant"u8);
        }

        json.WriteNull("content"u8);
        json.WriteStartArray("tool_calls"u8);
        json.WriteStartObject();
        if (index is { } position)
        {
            json.WriteNumber("index"u8, position);
        }

        json.WriteString("id"u8, "closing_" + id);
        json.WriteString("type"u8, "function"u8);
        json.WriteStartObject("function"u8);
        json.WriteString("name"u8, tool.Name);
        json.WriteString("arguments"u8, arguments);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static byte[] UsageChunk(WrittenTurn turn) => Json(json =>
    {
        WriteHead(json, "chat.completion.chunk", turn.Id, turn.Model, turn.CreatedUnix);
        json.WriteStartArray("choices"u8);
        json.WriteEndArray();
        WriteUsage(json, turn);
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

    /// <summary>Here cached tokens count as prompt tokens.</summary>
    private static void WriteUsage(Utf8JsonWriter json, in WrittenTurn turn)
    {
        json.WriteStartObject("usage"u8);
        json.WriteNumber("prompt_tokens"u8, turn.Usage.Total - turn.Usage.Output);
        json.WriteNumber("completion_tokens"u8, turn.Usage.Output);
        json.WriteNumber("total_tokens"u8, turn.Usage.Total);
        json.WriteNumber("cost"u8, turn.Cost / 1_000_000_000m);
        json.WriteEndObject();
    }
}
