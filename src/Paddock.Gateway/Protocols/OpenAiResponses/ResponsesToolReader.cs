using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Paddock.Gateway.Protocols.OpenAiResponses;

/// <summary>
/// Finds tool calls in Responses answers. An output item that is no message, no reasoning and no compaction is taken for one, unless
/// the provider runs it itself and the request offered it: that was decided there. Items come again in the final event, and are found there too.
/// </summary>
internal sealed class ResponsesToolReader : ToolReader
{
    private static readonly byte[][] eventNames =
        ["type"u8.ToArray(), "output_index"u8.ToArray(), "item"u8.ToArray(), "delta"u8.ToArray(), "arguments"u8.ToArray(), "input"u8.ToArray(), "response"u8.ToArray()];

    private static readonly byte[][] itemNames =
        ["type"u8.ToArray(), "call_id"u8.ToArray(), "id"u8.ToArray(), "name"u8.ToArray(), "arguments"u8.ToArray(), "input"u8.ToArray(), "action"u8.ToArray(), "operation"u8.ToArray(), "namespace"u8.ToArray(), "server_label"u8.ToArray()];

    private static readonly byte[][] responseNames = ["output"u8.ToArray()];

    public override bool TellsCallsAgain => true;

    public override byte[] MissingArguments(ReadOnlySpan<byte> arguments) => [.. ",\"arguments\":\""u8, .. JsonEncodedText.Encode(arguments).EncodedUtf8Bytes, (byte)'"'];

    public override byte[] StandIn(in ToolPart part, string said) => Encoding.UTF8.GetBytes(Message(part, said));

    public override byte[] StandInEvents(in ToolPart part, string said)
    {
        if (part.IsDone)
        {
            return [];
        }

        var head = string.Create(CultureInfo.InvariantCulture, $"\"item_id\":\"{MessageId(part)}\",\"output_index\":{part.Key.Index},\"content_index\":0");
        return Encoding.UTF8.GetBytes(
            Event("response.content_part.added", $"{head},\"part\":{Content("")}") + Event("response.output_text.delta", $"{head},\"delta\":\"{JsonEncodedText.Encode(said)}\"")
            + Event("response.output_text.done", $"{head},\"text\":\"{JsonEncodedText.Encode(said)}\"") + Event("response.content_part.done", $"{head},\"part\":{Content(said)}"));
    }

    protected override bool ReadEvent(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data, ByteRange root, ToolParts parts)
    {
        Span<ByteRange> found = stackalloc ByteRange[7];
        if (!JsonParts.Locate(data, root, eventNames, found))
        {
            return false;
        }

        var type = JsonParts.Text(data, found[0]) ?? Encoding.UTF8.GetString(name);
        var index = JsonParts.Index(data, found[1]);
        switch (type)
        {
            case "response.output_item.added" or "response.output_item.done":
                return index is { } place && JsonParts.IsObject(data, found[2]) && ReadItem(data, found[2], place, type.EndsWith("done", StringComparison.Ordinal), parts);
            case "response.function_call_arguments.delta" or "response.custom_tool_call_input.delta":
                return index is { } at && Add(new(ToolPartKind.Piece, new(0, at)) { Value = found[3], IsText = true, IsFree = IsFree(type) }, data, parts);
            case "response.function_call_arguments.done":
                return index is { } whole && Add(new(ToolPartKind.Whole, new(0, whole)) { Value = found[4], IsText = true }, data, parts);
            case "response.custom_tool_call_input.done":
                return index is { } free && Add(new(ToolPartKind.Whole, new(0, free)) { Value = found[5], IsText = true, IsFree = true }, data, parts);
            default:
                return JsonParts.IsObject(data, found[6]) ? ReadResponse(data, found[6], parts, IsFinal(type)) : AddOther(index, parts);
        }
    }

    protected override bool ReadBody(ReadOnlySpan<byte> body, ByteRange root, ToolParts parts) => ReadResponse(body, root, parts, isFinal: true);

    private static bool IsFree(string type) => type.StartsWith("response.custom", StringComparison.Ordinal);

    private static bool IsFinal(string type) => type is "response.completed" or "response.incomplete" or "response.failed";

    private static bool Add(in ToolPart part, ReadOnlySpan<byte> data, ToolParts parts)
    {
        var isText = JsonParts.IsText(data, part.Value);
        if (isText)
        {
            parts.Add(part);
        }

        return isText;
    }

    /// <summary>An event nobody knows passes with a message, and shares the fate of the tool call it belongs to.</summary>
    private static bool AddOther(int? index, ToolParts parts)
    {
        if (index is { } at)
        {
            parts.Add(new(ToolPartKind.Other, new(0, at)));
        }

        return true;
    }

    private static bool ReadResponse(ReadOnlySpan<byte> data, ByteRange response, ToolParts parts, bool isFinal)
    {
        Span<ByteRange> found = stackalloc ByteRange[1];
        if (!JsonParts.Locate(data, response, responseNames, found))
        {
            return false;
        }

        if (found[0].IsPresent && !JsonParts.IsArray(data, found[0]) && !JsonParts.IsNull(data, found[0]))
        {
            return false;
        }

        var index = 0;
        foreach (var item in JsonParts.IsArray(data, found[0]) ? JsonParts.Elements(data, found[0]) : [])
        {
            if (!JsonParts.IsObject(data, item) || !ReadItem(data, item, index++, whole: true, parts))
            {
                return false;
            }
        }

        if (isFinal)
        {
            parts.Add(new(ToolPartKind.EndOfChoice, default));
        }

        return true;
    }

    private static bool ReadItem(ReadOnlySpan<byte> data, ByteRange item, int index, bool whole, ToolParts parts)
    {
        Span<ByteRange> found = stackalloc ByteRange[10];
        if (!JsonParts.Locate(data, item, itemNames, found))
        {
            return false;
        }

        var type = JsonParts.Text(data, found[0]) ?? "";
        if (IsNoCall(type))
        {
            return true;
        }

        var part = PartOf(data, item, type, index, found, out var value) with { IsDone = whole };
        parts.Add(whole && !value.IsPresent ? part with { InsertAt = item.End - 1 } : part);
        if (value.IsPresent && !JsonParts.IsNull(data, value) && (whole || !part.IsText || value.Length > 2))
        {
            parts.Add(part with { Kind = ToolPartKind.Whole, Value = value });
        }

        if (whole)
        {
            parts.Add(part with { Kind = ToolPartKind.End });
        }

        return true;
    }

    private static ToolPart PartOf(ReadOnlySpan<byte> data, ByteRange item, string type, int index, ReadOnlySpan<ByteRange> found, out ByteRange value)
    {
        var (isFree, name) = (found[5].IsPresent && !found[4].IsPresent, JsonParts.Text(data, found[3]));
        value = found[4].IsPresent ? found[4] : isFree ? found[5] : found[6].IsPresent ? found[6] : found[7];
        return new(ToolPartKind.Begin, new(0, index))
        {
            Type = type,
            CallId = JsonParts.Text(data, found[1]) ?? JsonParts.Text(data, found[2]),
            Name = type is "mcp_call" ? ProviderTools.McpName(JsonParts.Text(data, found[9]), name ?? "") : ResponsesToolName.Of(JsonParts.Text(data, found[8]), name) ?? (type is "function_call" or "custom_tool_call" ? null : type),
            NameAt = JsonParts.IsText(data, found[8]) ? default : found[3],
            RunAs = RunAs(type, JsonParts.Text(data, found[9])),
            IsFree = isFree,
            IsText = JsonParts.IsText(data, value),
            Element = item,
        };
    }

    private static string Event(string type, string members) => $"event: {type}\ndata: {{\"type\":\"{type}\",{members}}}\n\n";

    private static string Message(in ToolPart part, string said) =>
        $$"""{"id":"{{MessageId(part)}}","type":"message","role":"assistant","status":"{{(part.IsDone ? "completed" : "in_progress")}}","content":[{{(part.IsDone ? Content(said) : "")}}]}""";

    private static string MessageId(in ToolPart part) => string.Create(CultureInfo.InvariantCulture, $"msg_refused_{part.Key.Index}");

    private static string Content(string said) => $$"""{"type":"output_text","text":"{{JsonEncodedText.Encode(said)}}","annotations":[]}""";

    /// <summary>What is said, thought or remembered.</summary>
    private static bool IsNoCall(string type) => type is "message" or "reasoning" or "compaction" or "compaction_summary" or "context_compaction";

    /// <summary>What the provider says it has run itself: no call when the request offered it, and a call like any other when it did not.</summary>
    private static string? RunAs(string type, string? server) => type switch
    {
        "mcp_call" or "mcp_list_tools" or "mcp_approval_request" => OfferedTool.OfServer(server),
        "web_search_call" or "file_search_call" or "code_interpreter_call" or "image_generation_call" => type[..^"_call".Length],
        "shell_call_output" => "shell",
        _ => null,
    };
}
