using System.Text.Json;

namespace Paddock.Gateway.Protocols;

/// <summary>Reads answers of one wire: a streamed event or a whole plain body. Stateless; never throws on what a provider sends.</summary>
internal abstract class AnswerReader
{
    internal static readonly JsonReaderOptions Lenient = new() { MaxDepth = 256, CommentHandling = JsonCommentHandling.Disallow };

    /// <summary>Whether a stream that told its finish and its usage is whole without the wire's end marker.</summary>
    public virtual bool EndMarkerIsOptional => false;

    /// <summary>Reads one SSE event.</summary>
    /// <param name="name">The <c>event:</c> field, empty when absent.</param>
    /// <param name="data">The <c>data:</c> field, empty for comments.</param>
    public EventKind ReadEvent(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data, AnswerFacts facts)
    {
        facts.UsageObject = default;
        facts.SaysTool = facts.Unreadable = false;
        if (data.IsEmpty)
        {
            return EventKind.Lifecycle;
        }

        if (data.SequenceEqual("[DONE]"u8))
        {
            facts.Ended = true;
            return EventKind.End;
        }

        try
        {
            var reader = new Utf8JsonReader(data, Lenient);
            if (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                return ReadEvent(name, ref reader, facts);
            }

            facts.Unreadable = reader.TokenType == JsonTokenType.StartArray; // what is in a list nobody can tell
            return EventKind.Semantic;
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            facts.Unreadable = true;
            return EventKind.Semantic; // what the gateway cannot read is the client's to judge, unless tool calls are
        }
    }

    /// <summary>Reads a whole plain answer.</summary>
    /// <returns>False when it is an error in the clothes of a success. What cannot be read is none, but has not <see cref="AnswerFacts.Ended"/>.</returns>
    public bool ReadPlain(ReadOnlySpan<byte> body, AnswerFacts facts)
    {
        facts.UsageObject = default;
        facts.SaysTool = facts.Unreadable = false;
        var mark = body.StartsWith("\uFEFF"u8) ? 3 : 0; // clients pass over a byte order mark
        try
        {
            var reader = new Utf8JsonReader(body[mark..], Lenient);
            if (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                ReadBody(ref reader, facts);
                facts.UsageObject = facts.UsageObject.IsPresent ? facts.UsageObject with { Start = facts.UsageObject.Start + mark } : default;
            }
            else
            {
                facts.Unreadable = reader.TokenType == JsonTokenType.StartArray;
            }
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            facts.Unreadable = true;
            return true;
        }

        facts.Ended = true;
        return facts.ErrorType is null;
    }

    /// <summary>No JSON, or JSON whose texts are no Unicode: half a surrogate pair, bytes that are no UTF-8.</summary>
    private static bool IsUnreadable(Exception exception) => exception is JsonException or InvalidOperationException;

    /// <summary>The reader stands on the event's opening brace.</summary>
    protected abstract EventKind ReadEvent(ReadOnlySpan<byte> name, ref Utf8JsonReader reader, AnswerFacts facts);

    /// <summary>The reader stands on the body's opening brace.</summary>
    protected abstract void ReadBody(ref Utf8JsonReader reader, AnswerFacts facts);

    /// <summary>Reads an <c>error</c> value in any provider's shape: an object with type and code, or a text.</summary>
    protected static void ReadError(ref Utf8JsonReader reader, AnswerFacts facts)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        facts.ErrorType = "error";
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            var isCode = reader.ValueTextEquals("code"u8) || reader.ValueTextEquals("status"u8);
            reader.Read();
            if ((isType || isCode) && reader.TokenType == JsonTokenType.String)
            {
                NameError(reader.GetString()!, facts); // a string token
            }
            else if (isCode && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var status) && status is >= 400 and < 600)
            {
                facts.ErrorStatus = status;
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static void NameError(string name, AnswerFacts facts)
    {
        var status = StatusOf(name);
        if (facts.ErrorType is null or "error" || (facts.ErrorStatus == 0 && status != 0))
        {
            facts.ErrorType = name.Length <= 64 ? name : name[..64];
        }

        if (facts.ErrorStatus == 0)
        {
            facts.ErrorStatus = status;
        }
    }

    /// <summary>The status a provider gives the same error outside a stream (model-gateway facts §4.5).</summary>
    private static int StatusOf(string name) => name switch
    {
        "overloaded_error" or "overloaded" => 529,
        "rate_limit_error" or "rate_limit_exceeded" or "insufficient_quota" or "requests" or "tokens" => 429,
        "api_error" or "server_error" or "internal_server_error" or "internal_error" => 500,
        "timeout_error" => 504,
        "service_unavailable" => 503,
        "invalid_request_error" => 400,
        "authentication_error" => 401,
        "permission_error" => 403,
        "not_found_error" => 404,
        "request_too_large" => 413,
        "billing_error" => 402,
        _ => 0,
    };

    protected static string? ReadShortText(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length <= 512)
        {
            return reader.GetString();
        }

        reader.Skip();
        return null;
    }

    /// <summary>Skips a value and returns its size in bytes; null and the empty string count as nothing.</summary>
    protected static long Weigh(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return reader.ValueSpan.Length;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                var start = reader.TokenStartIndex;
                reader.Skip();
                var length = reader.BytesConsumed - start;
                return length > 2 ? length : 0;
            default:
                return 0;
        }
    }
}
