using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Paddock.Gateway.Protocols.OpenAiChat;

/// <summary>Finds tool calls in chat chunks and completions: <c>tool_calls</c> of every choice, and the old <c>function_call</c>.</summary>
internal sealed class ChatToolReader : ToolReader
{
    private static readonly byte[][] chunkNames = ["choices"u8.ToArray()];
    private static readonly byte[][] choiceNames = ["index"u8.ToArray(), "delta"u8.ToArray(), "message"u8.ToArray(), "finish_reason"u8.ToArray()];
    private static readonly byte[][] deltaNames = ["tool_calls"u8.ToArray(), "function_call"u8.ToArray(), "content"u8.ToArray()];
    private static readonly byte[][] callNames = ["index"u8.ToArray(), "id"u8.ToArray(), "function"u8.ToArray(), "custom"u8.ToArray()];
    private static readonly byte[][] functionNames = ["name"u8.ToArray(), "arguments"u8.ToArray(), "input"u8.ToArray()];

    public override byte[] MissingArguments(ReadOnlySpan<byte> arguments) => [.. ",\"arguments\":\""u8, .. JsonEncodedText.Encode(arguments).EncodedUtf8Bytes, (byte)'"'];

    public override byte[] PlainFinish { get; } = "\"stop\""u8.ToArray();

    public override byte[] StandIn(in ToolPart part, string said) => "null"u8.ToArray(); // of the old function_call; elements of a list just go

    public override byte[] StandInEvents(in ToolPart part, string said) => part.IsDone ? [] : Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"data: {{\"id\":\"refused\",\"object\":\"chat.completion.chunk\",\"created\":0,\"model\":\"paddock\",\"choices\":[{{\"index\":{part.Key.Choice},\"delta\":{{\"content\":\"{JsonEncodedText.Encode(said)}\"}},\"finish_reason\":null}}]}}\n\n"));

    protected override bool ReadEvent(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data, ByteRange root, ToolParts parts) => ReadChunk(data, root, parts, whole: false);

    protected override bool ReadBody(ReadOnlySpan<byte> body, ByteRange root, ToolParts parts) => ReadChunk(body, root, parts, whole: true);

    private static bool ReadChunk(ReadOnlySpan<byte> data, ByteRange root, ToolParts parts, bool whole)
    {
        Span<ByteRange> found = stackalloc ByteRange[1];
        if (!JsonParts.Locate(data, root, chunkNames, found))
        {
            return false;
        }

        if (!JsonParts.IsArray(data, found[0]))
        {
            return IsAbsent(data, found[0]);
        }

        var position = 0;
        foreach (var choice in JsonParts.Elements(data, found[0]))
        {
            if (!JsonParts.IsObject(data, choice) || !ReadChoice(data, choice, position, parts, whole))
            {
                return false;
            }

            position++;
        }

        return true;
    }

    private static bool ReadChoice(ReadOnlySpan<byte> data, ByteRange choice, int position, ToolParts parts, bool whole)
    {
        Span<ByteRange> found = stackalloc ByteRange[4];
        if (!JsonParts.Locate(data, choice, choiceNames, found))
        {
            return false;
        }

        var (index, delta, message, finish) = (found[0], found[1], found[2], found[3]);
        var number = index.IsPresent ? JsonParts.Index(data, index) : position;
        if (number is not { } at || (delta.IsPresent && message.IsPresent))
        {
            return false;
        }

        var turn = delta.IsPresent ? delta : message;
        if (JsonParts.IsObject(data, turn) && !ReadTurn(data, turn, at, parts, whole))
        {
            return false;
        }

        if (JsonParts.IsText(data, finish) || whole)
        {
            parts.Add(End(data, new(at, 0), JsonParts.IsText(data, finish) ? finish : default, turn, whole));
        }

        return true;
    }

    /// <summary>In a plain answer it also tells where a text can be said.</summary>
    private static ToolPart End(ReadOnlySpan<byte> data, ToolKey key, ByteRange finish, ByteRange turn, bool whole)
    {
        var end = new ToolPart(ToolPartKind.EndOfChoice, key) { Element = finish, IsDone = whole };
        Span<ByteRange> found = stackalloc ByteRange[3];
        return whole && JsonParts.IsObject(data, turn) && JsonParts.Locate(data, turn, deltaNames, found)
            ? end with { Value = found[2], IsText = JsonParts.IsText(data, found[2]), InsertAt = found[2].IsPresent ? 0 : turn.End - 1 }
            : end;
    }

    private static bool ReadTurn(ReadOnlySpan<byte> data, ByteRange turn, int choice, ToolParts parts, bool whole)
    {
        Span<ByteRange> found = stackalloc ByteRange[3];
        if (!JsonParts.Locate(data, turn, deltaNames, found))
        {
            return false;
        }

        var (calls, old) = (found[0], found[1]);
        if (JsonParts.IsArray(data, calls))
        {
            var position = 0;
            foreach (var call in JsonParts.Elements(data, calls))
            {
                if (!JsonParts.IsObject(data, call) || !ReadCall(data, new ToolPart(ToolPartKind.Begin, new(choice, position)) { Element = call, List = calls, IsDone = whole }, parts))
                {
                    return false;
                }

                position++;
            }
        }

        if ((!JsonParts.IsArray(data, calls) && !IsAbsent(data, calls)) || (!JsonParts.IsObject(data, old) && !IsAbsent(data, old)))
        {
            return false;
        }

        return !JsonParts.IsObject(data, old) || ReadFunction(data, old, new(ToolPartKind.Begin, new(choice, ToolKey.OldFunction)) { Element = old, IsDone = whole }, parts);
    }

    private static bool ReadCall(ReadOnlySpan<byte> data, ToolPart part, ToolParts parts)
    {
        Span<ByteRange> found = stackalloc ByteRange[4];
        if (!JsonParts.Locate(data, part.Element, callNames, found))
        {
            return false;
        }

        var (index, id, function, custom) = (found[0], found[1], found[2], found[3]);
        if (!part.IsDone && index.IsPresent && !JsonParts.IsNull(data, index)) // in a whole message the position counts
        {
            if (JsonParts.Index(data, index) is not { } number)
            {
                return false;
            }

            part = part with { Key = part.Key with { Index = number } };
        }

        var isFree = JsonParts.IsObject(data, custom);
        if (isFree && JsonParts.IsObject(data, function))
        {
            return false;
        }

        part = part with { Type = isFree ? "custom" : null, IsFree = isFree, CallId = NotEmpty(JsonParts.Text(data, id)) };
        return ReadFunction(data, isFree ? custom : function, part, parts);
    }

    private static bool ReadFunction(ReadOnlySpan<byte> data, ByteRange function, ToolPart part, ToolParts parts)
    {
        Span<ByteRange> found = stackalloc ByteRange[3];
        found.Clear();
        if (JsonParts.IsObject(data, function) && !JsonParts.Locate(data, function, functionNames, found))
        {
            return false;
        }

        var value = part.IsFree ? found[2] : found[1];
        value = JsonParts.IsNull(data, value) ? default : value;
        part = part with { Name = NotEmpty(JsonParts.Text(data, found[0])) };
        if (part.Name is not null || part.CallId is not null)
        {
            parts.Add(part with { NameAt = part.Name is null ? default : found[0], InsertAt = part.Name is not null && !found[1].IsPresent ? function.End - 1 : 0 });
        }

        if (value.IsPresent)
        {
            var isText = JsonParts.IsText(data, value);
            parts.Add(part with { Kind = part.IsDone || !isText ? ToolPartKind.Whole : ToolPartKind.Piece, Value = value, IsText = isText });
        }

        return true;
    }

    private static bool IsAbsent(ReadOnlySpan<byte> data, ByteRange value) => !value.IsPresent || JsonParts.IsNull(data, value);

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
