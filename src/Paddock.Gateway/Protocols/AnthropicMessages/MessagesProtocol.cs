using System.Text.Json;
using Paddock.Core.Models;
using Paddock.Core.Policies;

namespace Paddock.Gateway.Protocols.AnthropicMessages;

/// <summary>Anthropic's Messages.</summary>
internal sealed class MessagesProtocol : WireProtocol
{
    public override Wire Wire => Wire.AnthropicMessages;

    public override RequestReader Requests { get; } = new MessagesRequestReader();

    public override AnswerReader Answers { get; } = new MessagesAnswerReader();

    public override ToolReader Tools { get; } = new MessagesToolReader();

    public override ToolOfferReader Offers { get; } = new MessagesOfferReader();

    public override ResultReader Results { get; } = new MessagesResultReader();

    public override void WriteError(Utf8JsonWriter json, Refusal refusal, string? errorType)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "error"u8);
        json.WriteStartObject("error"u8);
        json.WriteString("type"u8, errorType ?? TypeOf(refusal));
        json.WriteString("message"u8, refusal.Message);
        json.WriteEndObject();
        json.WriteNull("request_id"u8);
        json.WriteEndObject();
    }

    public override byte[] ErrorEvent(Refusal refusal) => Event("error", json =>
    {
        json.WriteStartObject("error"u8);
        json.WriteString("type"u8, TypeOf(refusal));
        json.WriteString("message"u8, refusal.Message);
        json.WriteEndObject();
    });

    public override byte[] Turn(in WrittenTurn turn)
    {
        var (id, model, text, stream, _) = turn;
        return stream
            ? Stream(id, model, "end_turn", static json => WriteTextBlock(json, ""), json => WriteDelta(json, "text_delta", "text", text))
            : Json(json => WriteMessage(json, id, model, "end_turn", () => WriteTextBlock(json, text)));
    }

    public override byte[] ClosingTurn(in WrittenTurn turn, ClosingTool tool)
    {
        var (id, model, text, stream, _) = turn;
        var arguments = ArgumentsOf(tool, text);
        return stream
            ? Stream(id, model, "tool_use", json => WriteToolBlock(json, id, tool, "{}"), json => WriteDelta(json, "input_json_delta", "partial_json", arguments))
            : Json(json => WriteMessage(json, id, model, "tool_use", () => WriteToolBlock(json, id, tool, arguments)));
    }

    private static string TypeOf(Refusal refusal) => refusal switch
    {
        { Reason: RefusalReason.BudgetExceeded } => "billing_error",
        { Status: 401 } => "authentication_error",
        { Status: 403 } => "permission_error",
        { Status: 404 } => "not_found_error",
        { Status: 413 } => "request_too_large",
        { Status: 429 } => "rate_limit_error",
        { Status: 529 } => "overloaded_error",
        { Status: >= 500 } => "api_error",
        _ => "invalid_request_error",
    };

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

    /// <summary>A message of one content block.</summary>
    private static byte[] Stream(string id, string model, string stopReason, Action<Utf8JsonWriter> emptyBlock, Action<Utf8JsonWriter> delta) =>
    [
        .. Event("message_start", json =>
        {
            json.WritePropertyName("message"u8);
            WriteMessage(json, id, model, stopReason: null, static () => { });
        }),
        .. Event("content_block_start", json =>
        {
            json.WriteNumber("index"u8, 0);
            json.WritePropertyName("content_block"u8);
            emptyBlock(json);
        }),
        .. Event("content_block_delta", json =>
        {
            json.WriteNumber("index"u8, 0);
            delta(json);
        }),
        .. Event("content_block_stop", json => json.WriteNumber("index"u8, 0)),
        .. Event("message_delta", json => WriteMessageDelta(json, stopReason)),
        .. Event("message_stop", static _ => { }),
    ];

    private static void WriteMessage(Utf8JsonWriter json, string id, string model, string? stopReason, Action content)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, "msg_" + id);
        json.WriteString("type"u8, "message"u8);
        json.WriteString("role"u8, "assistant"u8);
        json.WriteString("model"u8, model);
        json.WriteStartArray("content"u8);
        content();
        json.WriteEndArray();
        json.WriteString("stop_reason"u8, stopReason);
        json.WriteNull("stop_sequence"u8);
        WriteUsage(json, withInput: true);
        json.WriteEndObject();
    }

    private static void WriteUsage(Utf8JsonWriter json, bool withInput)
    {
        json.WriteStartObject("usage"u8);
        if (withInput)
        {
            json.WriteNumber("input_tokens"u8, 0);
        }

        json.WriteNumber("output_tokens"u8, 0);
        json.WriteEndObject();
    }

    private static void WriteTextBlock(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "text"u8);
        json.WriteString("text"u8, text);
        json.WriteEndObject();
    }

    private static void WriteToolBlock(Utf8JsonWriter json, string id, ClosingTool tool, string input)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "tool_use"u8);
        json.WriteString("id"u8, "toolu_" + id);
        json.WriteString("name"u8, tool.Name);
        json.WritePropertyName("input"u8);
        json.WriteRawValue(input);
        json.WriteEndObject();
    }

    private static void WriteDelta(Utf8JsonWriter json, string type, string member, string text)
    {
        json.WriteStartObject("delta"u8);
        json.WriteString("type"u8, type);
        json.WriteString(member, text);
        json.WriteEndObject();
    }

    private static void WriteMessageDelta(Utf8JsonWriter json, string stopReason)
    {
        json.WriteStartObject("delta"u8);
        json.WriteString("stop_reason"u8, stopReason);
        json.WriteNull("stop_sequence"u8);
        json.WriteEndObject();
        WriteUsage(json, withInput: false);
    }
}
