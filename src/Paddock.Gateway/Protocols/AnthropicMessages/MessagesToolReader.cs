using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Paddock.Gateway.Protocols.AnthropicMessages;

/// <summary>
/// Finds tool calls in Messages answers: <c>tool_use</c> blocks, and whatever else has their shape. What the provider runs itself
/// (<c>server_tool_use</c>, <c>mcp_tool_use</c>) has happened when it is told of: when the request offered it, it was decided there.
/// </summary>
internal sealed class MessagesToolReader : ToolReader
{
    private static readonly byte[][] eventNames = ["type"u8.ToArray(), "index"u8.ToArray(), "content_block"u8.ToArray(), "delta"u8.ToArray(), "message"u8.ToArray()];
    private static readonly byte[][] blockNames = ["type"u8.ToArray(), "id"u8.ToArray(), "name"u8.ToArray(), "input"u8.ToArray(), "server_name"u8.ToArray()];
    private static readonly byte[][] deltaNames = ["type"u8.ToArray(), "partial_json"u8.ToArray(), "stop_reason"u8.ToArray()];
    private static readonly byte[][] bodyNames = ["content"u8.ToArray(), "stop_reason"u8.ToArray()];

    public override bool AnnouncesCalls => true;

    public override ReadOnlyMemory<byte> Ping { get; } = "event: ping\ndata: {\"type\": \"ping\"}\n\n"u8.ToArray();

    public override byte[] PlainFinish { get; } = "\"end_turn\""u8.ToArray();

    public override byte[] StandIn(in ToolPart part, string said) => part.IsDone
        ? Encoding.UTF8.GetBytes($$"""{"type":"text","text":"{{JsonEncodedText.Encode(said)}}"}""")
        : """{"type":"text","text":""}"""u8.ToArray();

    public override byte[] StandInEvents(in ToolPart part, string said) => part.IsDone ? [] : Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"event: content_block_delta\ndata: {{\"type\":\"content_block_delta\",\"index\":{part.Key.Index},\"delta\":{{\"type\":\"text_delta\",\"text\":\"{JsonEncodedText.Encode(said)}\"}}}}\n\n"));

    public override byte[] MissingArguments(ReadOnlySpan<byte> arguments) => [.. ",\"input\":"u8, .. arguments];

    public override byte[] MissingEvent(ToolKey key, ReadOnlySpan<byte> arguments) =>
    [
        .. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"event: content_block_delta\ndata: {{\"type\":\"content_block_delta\",\"index\":{key.Index}")),
        .. ",\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\""u8,
        .. JsonEncodedText.Encode(arguments).EncodedUtf8Bytes,
        .. "\"}}\n\n"u8,
    ];

    protected override bool ReadEvent(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data, ByteRange root, ToolParts parts)
    {
        Span<ByteRange> found = stackalloc ByteRange[5];
        if (!JsonParts.Locate(data, root, eventNames, found))
        {
            return false;
        }

        var type = JsonParts.Text(data, found[0]) ?? Encoding.UTF8.GetString(name);
        switch (type)
        {
            case "content_block_start":
                return JsonParts.Index(data, found[1]) is { } start && JsonParts.IsObject(data, found[2]) && ReadBlock(data, found[2], start, ToolPartKind.Begin, parts);
            case "content_block_delta":
                return JsonParts.Index(data, found[1]) is { } index && JsonParts.IsObject(data, found[3]) && ReadDelta(data, found[3], index, parts);
            case "content_block_stop":
                if (JsonParts.Index(data, found[1]) is not { } stop)
                {
                    return false;
                }

                parts.Add(new(ToolPartKind.End, new(0, stop)));
                return true;
            case "message_start": // some clients take what it holds for the beginning of the turn
                return !JsonParts.IsObject(data, found[4]) || ReadBody(data, found[4], parts);
            case "message_delta" or "message_stop":
                return AddEnd(data, found[3], parts);
            default:
                return true;
        }
    }

    protected override bool ReadBody(ReadOnlySpan<byte> body, ByteRange root, ToolParts parts)
    {
        Span<ByteRange> found = stackalloc ByteRange[2];
        if (!JsonParts.Locate(body, root, bodyNames, found))
        {
            return false;
        }

        var index = 0;
        foreach (var block in JsonParts.IsArray(body, found[0]) ? JsonParts.Elements(body, found[0]) : [])
        {
            if (!JsonParts.IsObject(body, block) || !ReadBlock(body, block, index++, ToolPartKind.Whole, parts))
            {
                return false;
            }
        }

        if (JsonParts.IsText(body, found[1]))
        {
            parts.Add(new(ToolPartKind.EndOfChoice, default) { Element = found[1] });
        }

        return true;
    }

    private static bool AddEnd(ReadOnlySpan<byte> data, ByteRange delta, ToolParts parts)
    {
        Span<ByteRange> found = stackalloc ByteRange[3];
        found.Clear();
        var good = !JsonParts.IsObject(data, delta) || JsonParts.Locate(data, delta, deltaNames, found);
        parts.Add(new(ToolPartKind.EndOfChoice, default) { Element = JsonParts.IsText(data, found[2]) ? found[2] : default });
        return good;
    }

    private static bool ReadBlock(ReadOnlySpan<byte> data, ByteRange block, int index, ToolPartKind kind, ToolParts parts)
    {
        Span<ByteRange> found = stackalloc ByteRange[5];
        if (!JsonParts.Locate(data, block, blockNames, found))
        {
            return false;
        }

        var (type, name, server) = (JsonParts.Text(data, found[0]), JsonParts.Text(data, found[2]), JsonParts.Text(data, found[4]));
        var isTool = type is "tool_use" || (found[3].IsPresent && type is not ("text" or "thinking" or "redacted_thinking"));
        if (isTool)
        {
            var part = new ToolPart(ToolPartKind.Begin, new(0, index)) { Type = type is "tool_use" ? null : type, CallId = JsonParts.Text(data, found[1]), Name = type is "mcp_tool_use" && name is not null ? ProviderTools.McpName(server, name) : name, NameAt = found[2], RunAs = RunAs(type, name, server), Element = block, IsDone = kind is ToolPartKind.Whole };
            parts.Add(kind is ToolPartKind.Begin ? part with { Value = found[3] } : part with { InsertAt = found[3].IsPresent ? 0 : block.End - 1 });
            if (kind is ToolPartKind.Whole && found[3].IsPresent)
            {
                parts.Add(part with { Kind = kind, Value = found[3] });
            }
        }

        return true;
    }

    private static string? RunAs(string? type, string? name, string? server) => type switch
    {
        "mcp_tool_use" => OfferedTool.OfServer(server),
        "server_tool_use" when name is { } own => own.EndsWith("code_execution", StringComparison.Ordinal) ? "code_execution" : ProviderTools.Of(own).Name,
        _ => null,
    };

    private static bool ReadDelta(ReadOnlySpan<byte> data, ByteRange delta, int index, ToolParts parts)
    {
        Span<ByteRange> found = stackalloc ByteRange[3];
        if (!JsonParts.Locate(data, delta, deltaNames, found))
        {
            return false;
        }

        if (JsonParts.IsText(data, found[1]))
        {
            parts.Add(new(ToolPartKind.Piece, new(0, index)) { Value = found[1], IsText = true });
        }

        return true;
    }
}
