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

    public override ToolReader Tools { get; } = new ResponsesToolReader();

    public override ToolOfferReader Offers { get; } = new ResponsesOfferReader();

    public override ResultReader Results { get; } = new ResponsesResultReader();

    public override void WriteError(Utf8JsonWriter json, Refusal refusal, string? errorType) => OpenAiError.Write(json, refusal, errorType);

    public override byte[] ErrorEvent(Refusal refusal) => Event("error", json =>
    {
        json.WriteString("code"u8, CodeOf(refusal.Reason));
        json.WriteString("message"u8, refusal.Message);
        json.WriteString("param"u8, refusal.Parameter);
    });

    public override byte[] Turn(in WrittenTurn turn)
    {
        var (id, model, text, stream, createdUnix) = turn;
        var item = "msg_" + id;
        Action<Utf8JsonWriter> whole = json => WriteMessage(json, item, text);
        return stream
            ? Stream(id, model, createdUnix, json => WriteMessage(json, item, text: null), whole, Event("response.output_text.delta", json => WriteDelta(json, item, text)))
            : Json(json => WriteResponse(json, id, model, createdUnix, "completed", whole));
    }

    public override byte[] ClosingTurn(in WrittenTurn turn, ClosingTool tool)
    {
        var (id, model, text, stream, createdUnix) = turn;
        var arguments = ArgumentsOf(tool, text);
        Action<Utf8JsonWriter> whole = json => WriteCall(json, id, tool, arguments, "completed");
        return stream
            ? Stream(id, model, createdUnix, json => WriteCall(json, id, tool, "", "in_progress"), whole, Event("response.function_call_arguments.done", json => WriteArguments(json, id, arguments)))
            : Json(json => WriteResponse(json, id, model, createdUnix, "completed", whole));
    }

    /// <summary>A response of one output item.</summary>
    private static byte[] Stream(string id, string model, long created, Action<Utf8JsonWriter> begun, Action<Utf8JsonWriter> whole, byte[] between) =>
    [
        .. Event("response.created", json => WriteNamed(json, id, model, created, "in_progress", static _ => { })),
        .. Event("response.output_item.added", json => WriteItemEvent(json, begun)),
        .. between,
        .. Event("response.output_item.done", json => WriteItemEvent(json, whole)),
        .. Event("response.completed", json => WriteNamed(json, id, model, created, "completed", whole)),
    ];

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

    private static void WriteNamed(Utf8JsonWriter json, string id, string model, long created, string status, Action<Utf8JsonWriter> output)
    {
        json.WritePropertyName("response"u8);
        WriteResponse(json, id, model, created, status, output);
    }

    private static void WriteResponse(Utf8JsonWriter json, string id, string model, long created, string status, Action<Utf8JsonWriter> output)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, "resp_" + id);
        json.WriteString("object"u8, "response"u8);
        json.WriteNumber("created_at"u8, created);
        json.WriteString("status"u8, status);
        json.WriteString("model"u8, model);
        json.WriteStartArray("output"u8);
        output(json);
        json.WriteEndArray();
        json.WriteStartObject("usage"u8);
        json.WriteNumber("input_tokens"u8, 0);
        json.WriteNumber("output_tokens"u8, 0);
        json.WriteNumber("total_tokens"u8, 0);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteItemEvent(Utf8JsonWriter json, Action<Utf8JsonWriter> item)
    {
        json.WriteNumber("output_index"u8, 0);
        json.WritePropertyName("item"u8);
        item(json);
    }

    private static void WriteMessage(Utf8JsonWriter json, string item, string? text)
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

    private static void WriteCall(Utf8JsonWriter json, string id, ClosingTool tool, string arguments, string status)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, "fc_" + id);
        json.WriteString("type"u8, "function_call"u8);
        json.WriteString("status"u8, status);
        json.WriteString("call_id"u8, "closing_" + id);
        json.WriteString("name"u8, tool.Name);
        json.WriteString("arguments"u8, arguments);
        json.WriteEndObject();
    }

    private static void WriteArguments(Utf8JsonWriter json, string id, string arguments)
    {
        json.WriteString("item_id"u8, "fc_" + id);
        json.WriteNumber("output_index"u8, 0);
        json.WriteString("arguments"u8, arguments);
    }
}
