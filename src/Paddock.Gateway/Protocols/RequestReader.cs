using System.Text.Json;
using System.Text.Unicode;
using Paddock.Core.Agents;

namespace Paddock.Gateway.Protocols;

/// <summary>
/// Reads a request body once, from the first byte to the last: the whole of it must be one well-formed JSON object in UTF-8, and
/// every object a member is taken from must have no duplicate. Values are located, not copied, so that the same bytes go upstream.
/// </summary>
internal abstract class RequestReader
{
    /// <summary>Tool schemas nest; nothing honest nests deeper than this.</summary>
    private const int MaxDepth = 128;

    private static readonly JsonReaderOptions Strict = new() { MaxDepth = MaxDepth };

    /// <returns>Null when the body is fine; the facts are filled then.</returns>
    public BodyFault? Read(ReadOnlySpan<byte> body, RequestFacts facts)
    {
        if (!Utf8.IsValid(body))
        {
            return new(Duplicate: false, null, "The body is not valid UTF-8.");
        }

        var reader = new Utf8JsonReader(body, Strict);
        try
        {
            return ReadObject(ref reader, body, facts);
        }
        catch (JsonException exception)
        {
            return new(Duplicate: false, null, $"The body is not well-formed JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine}).");
        }
    }

    /// <summary>Reads one member of the top-level object; the reader stands on its value's first token and must end on its last.</summary>
    /// <param name="name">The member's name, still escaped; use <see cref="RequestMember"/>.</param>
    protected abstract BodyFault? ReadMember(RequestMember name, ref Utf8JsonReader reader, ReadOnlySpan<byte> body, RequestFacts facts);

    private BodyFault? ReadObject(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, RequestFacts facts)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return new(Duplicate: false, null, "The body must be a JSON object.");
        }

        var names = new NameSet(stackalloc ByteRange[48]);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!names.Add(in reader, body))
            {
                return Duplicated(ref reader);
            }

            var member = RequestMembers.Of(ref reader);
            reader.Read();
            var fault = member is RequestMember.Other ? SkipValue(ref reader) : ReadCommon(member, ref reader, body, facts);
            if (fault is not null)
            {
                return fault;
            }
        }

        facts.ObjectEnd = (int)reader.TokenStartIndex;
        reader.Read(); // anything after the object is malformed and throws
        return facts.ModelValue.IsPresent ? null : new(Duplicate: false, "model", "The body has no 'model'.");
    }

    private BodyFault? ReadCommon(RequestMember member, ref Utf8JsonReader reader, ReadOnlySpan<byte> body, RequestFacts facts)
    {
        switch (member)
        {
            case RequestMember.Model:
                if (reader.TokenType != JsonTokenType.String || reader.ValueSpan.Length is 0 or > 512)
                {
                    return new(Duplicate: false, "model", "'model' must be a string of 1 to 512 bytes.");
                }

                facts.Model = reader.GetString()!; // a string token
                facts.ModelValue = ValueRange(ref reader);
                return null;
            case RequestMember.Stream:
                facts.Stream = reader.TokenType == JsonTokenType.True;
                return reader.TokenType is JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null
                    ? null
                    : new(Duplicate: false, "stream", "'stream' must be true or false.");
            case RequestMember.MaxTokens:
                if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var limit) && limit >= 0)
                {
                    facts.MaxOutputTokens = limit;
                }

                return SkipValue(ref reader);
            case RequestMember.Tools:
                return Locate(BodyPart.Tools, ref reader, facts);
            case RequestMember.Metadata:
                return Locate(BodyPart.Metadata, ref reader, facts);
            default:
                return ReadMember(member, ref reader, body, facts);
        }
    }

    protected static BodyFault? SkipValue(ref Utf8JsonReader reader)
    {
        reader.Skip();
        return null;
    }

    /// <summary>Skips the value and keeps where it lies.</summary>
    protected static BodyFault? Locate(BodyPart part, ref Utf8JsonReader reader, RequestFacts facts)
    {
        facts.SetPart(part, ValueRange(ref reader));
        return null;
    }

    /// <summary>Skips the value and returns its range, quotes and brackets included.</summary>
    protected static ByteRange ValueRange(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return new(start, (int)reader.BytesConsumed - start);
    }

    protected static BodyFault Duplicated(ref Utf8JsonReader reader) =>
        new(Duplicate: true, RequestMembers.Of(ref reader) is RequestMember.Other ? null : reader.GetString(), "The body has a duplicate member; each name may appear once in an object.");

    /// <summary>
    /// Reads an array of turns (<c>messages</c>, or the items of <c>input</c>), locating the system prompt and the first and newest
    /// user content. Objects that are no turns are skipped by their missing role.
    /// </summary>
    protected static BodyFault? ReadTurns(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, RequestFacts facts)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return SkipValue(ref reader);
        }

        Span<ByteRange> scratch = stackalloc ByteRange[24];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                continue;
            }

            var fault = ReadTurn(ref reader, body, scratch, facts);
            if (fault is not null)
            {
                return fault;
            }
        }

        return null;
    }

    private static BodyFault? ReadTurn(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, scoped Span<ByteRange> scratch, RequestFacts facts)
    {
        var names = new NameSet(scratch);
        var role = TurnRole.Other;
        ByteRange content = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!names.Add(in reader, body))
            {
                return Duplicated(ref reader);
            }

            if (reader.ValueTextEquals("role"u8))
            {
                reader.Read();
                role = RoleOf(ref reader);
            }
            else if (reader.ValueTextEquals("content"u8))
            {
                reader.Read();
                content = ValueRange(ref reader);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        KeepTurn(role, content, facts);
        return null;
    }

    private static TurnRole RoleOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return TurnRole.Other;
        }

        return reader.ValueTextEquals("user"u8) ? TurnRole.User
            : reader.ValueTextEquals("system"u8) || reader.ValueTextEquals("developer"u8) ? TurnRole.System
            : TurnRole.Other;
    }

    private static void KeepTurn(TurnRole role, ByteRange content, RequestFacts facts)
    {
        if (role is TurnRole.User)
        {
            facts.SetPart(BodyPart.LastUser, content);
            if (!facts.Part(BodyPart.FirstUser).IsPresent)
            {
                facts.SetPart(BodyPart.FirstUser, content);
            }
        }
        else if (role is TurnRole.System && !facts.Part(BodyPart.System).IsPresent)
        {
            facts.SetPart(BodyPart.System, content);
        }
    }

    private enum TurnRole
    {
        Other,
        User,
        System,
    }
}
