using System.Buffers.Text;
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

    private const int LongestModel = 512;

    /// <returns>Null when the body is fine; the facts are filled then.</returns>
    public BodyFault? Read(ReadOnlySpan<byte> body, RequestFacts facts)
    {
        if (!Utf8.IsValid(body))
        {
            return new(Duplicate: false, null, "The body is not valid UTF-8.");
        }

        var cursor = new JsonCursor(body, MaxDepth);
        try
        {
            return ReadObject(ref cursor, body, facts);
        }
        catch (MalformedJsonException fault)
        {
            return new(Duplicate: false, null, $"The body is not well-formed JSON (line {fault.Line}, byte {fault.Byte}).");
        }
    }

    /// <summary>Reads one member of the top-level object; the cursor stands on its value and must end behind it.</summary>
    protected abstract BodyFault? ReadMember(RequestMember member, ref JsonCursor cursor, ReadOnlySpan<byte> body, RequestFacts facts);

    private BodyFault? ReadObject(ref JsonCursor cursor, ReadOnlySpan<byte> body, RequestFacts facts)
    {
        if (cursor.Peek() != (byte)'{')
        {
            return new(Duplicate: false, null, "The body must be a JSON object.");
        }

        var names = new NameSet(stackalloc ByteRange[48]);
        cursor.Enter();
        while (cursor.NextMember(out var name))
        {
            if (!names.Add(name, body))
            {
                return Duplicated(name, body);
            }

            var member = RequestMembers.Of(name, body);
            var fault = member is RequestMember.Other ? Pass(ref cursor) : ReadCommon(member, ref cursor, body, facts);
            if (fault is not null)
            {
                return fault;
            }
        }

        facts.ObjectEnd = cursor.Position - 1;
        cursor.End();
        return facts.ModelValue.IsPresent ? null : new(Duplicate: false, "model", "The body has no 'model'.");
    }

    private BodyFault? ReadCommon(RequestMember member, ref JsonCursor cursor, ReadOnlySpan<byte> body, RequestFacts facts)
    {
        switch (member)
        {
            case RequestMember.Model:
                return ReadModel(ref cursor, body, facts);
            case RequestMember.Stream:
                var first = cursor.Peek();
                cursor.Skip();
                facts.Stream = first == (byte)'t';
                return first is (byte)'t' or (byte)'f' or (byte)'n' ? null : new(Duplicate: false, "stream", "'stream' must be true or false.");
            case RequestMember.MaxTokens:
                var number = cursor.Skip().Of(body);
                if (Utf8Parser.TryParse(number, out long limit, out var read) && read == number.Length && limit >= 0)
                {
                    facts.MaxOutputTokens = Math.Max(limit, facts.MaxOutputTokens ?? 0); // who gives it under both names is held for the greater
                }

                return null;
            case RequestMember.Tools:
                return Locate(BodyPart.Tools, ref cursor, facts);
            case RequestMember.Metadata:
                return LocateObject(BodyPart.Metadata, ref cursor, body, facts);
            case >= RequestMember.ToolChoice and <= RequestMember.Plugins:
                facts.SetOffer(member, cursor.Skip());
                return null;
            default:
                return ReadMember(member, ref cursor, body, facts);
        }
    }

    private static BodyFault? ReadModel(ref JsonCursor cursor, ReadOnlySpan<byte> body, RequestFacts facts)
    {
        var isString = cursor.Peek() == (byte)'"';
        var value = cursor.Skip();
        var text = new ByteRange(value.Start + 1, value.Length - 2);
        if (!isString || text.Length is 0 or > LongestModel)
        {
            return new(Duplicate: false, "model", "'model' must be a string of 1 to 512 bytes.");
        }

        facts.Model = JsonText.Decode(text, JsonText.IsEscaped(text, body), body);
        facts.ModelValue = value;
        return null;
    }

    protected static BodyFault? Pass(ref JsonCursor cursor)
    {
        cursor.Skip();
        return null;
    }

    /// <summary>Passes the value and keeps where it lies.</summary>
    protected static BodyFault? Locate(BodyPart part, ref JsonCursor cursor, RequestFacts facts)
    {
        facts.SetPart(part, cursor.Skip());
        return null;
    }

    /// <summary>The same for an object of which members are read later.</summary>
    protected static BodyFault? LocateObject(BodyPart part, ref JsonCursor cursor, ReadOnlySpan<byte> body, RequestFacts facts)
    {
        cursor.Peek();
        var start = cursor.Position;
        var fault = PassUnique(ref cursor, body, stackalloc ByteRange[16]);
        facts.SetPart(part, new(start, cursor.Position - start));
        return fault;
    }

    /// <summary>Passes a value; an object must have no member twice.</summary>
    private static BodyFault? PassUnique(ref JsonCursor cursor, ReadOnlySpan<byte> body, scoped Span<ByteRange> scratch)
    {
        if (cursor.Peek() != (byte)'{')
        {
            return Pass(ref cursor);
        }

        var names = new NameSet(scratch);
        cursor.Enter();
        while (cursor.NextMember(out var name))
        {
            if (!names.Add(name, body))
            {
                return Duplicated(name, body);
            }

            cursor.Skip();
        }

        return null;
    }

    protected static BodyFault Duplicated(JsonName name, ReadOnlySpan<byte> body) =>
        new(Duplicate: true, RequestMembers.Of(name, body) is RequestMember.Other ? null : JsonText.Decode(name.Text, name.IsEscaped, body), "The body has a duplicate member; each name may appear once in an object.");

    /// <summary>
    /// Reads an array of turns (<c>messages</c>, or the items of <c>input</c>), locating the system prompt and the first and newest
    /// user content. Objects that are no turns are passed over by their missing role.
    /// </summary>
    protected static BodyFault? ReadTurns(ref JsonCursor cursor, ReadOnlySpan<byte> body, RequestFacts facts)
    {
        if (cursor.Peek() != (byte)'[')
        {
            return Pass(ref cursor);
        }

        Span<ByteRange> scratch = stackalloc ByteRange[32];
        cursor.Enter();
        while (cursor.NextElement())
        {
            if (cursor.Peek() != (byte)'{')
            {
                cursor.Skip();
                continue;
            }

            var fault = ReadTurn(ref cursor, body, scratch, facts);
            if (fault is not null)
            {
                return fault;
            }
        }

        return null;
    }

    private static BodyFault? ReadTurn(ref JsonCursor cursor, ReadOnlySpan<byte> body, scoped Span<ByteRange> scratch, RequestFacts facts)
    {
        var names = new NameSet(scratch[..16]);
        var role = TurnRole.Other;
        ByteRange content = default;
        var begin = cursor.Position;
        cursor.Enter();
        while (cursor.NextMember(out var name))
        {
            if (!names.Add(name, body))
            {
                return Duplicated(name, body);
            }

            var start = cursor.Position; // on the value
            var isContent = Is(name, "content"u8, body);
            if (isContent && PassParts(ref cursor, body, scratch[16..]) is { } fault)
            {
                return fault;
            }

            var value = isContent ? new ByteRange(start, cursor.Position - start) : cursor.Skip();
            if (Is(name, "role"u8, body))
            {
                role = RoleOf(value, body);
            }

            content = isContent ? value : content;
        }

        KeepTurn(role, content, facts);
        facts.AddTurn(new(begin, cursor.Position - begin));
        return null;
    }

    /// <summary>Passes a turn's content. Of its parts texts are read later, so none may say a member twice.</summary>
    private static BodyFault? PassParts(ref JsonCursor cursor, ReadOnlySpan<byte> body, scoped Span<ByteRange> scratch)
    {
        if (cursor.Peek() != (byte)'[')
        {
            return Pass(ref cursor);
        }

        cursor.Enter();
        while (cursor.NextElement())
        {
            if (PassUnique(ref cursor, body, scratch) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    /// <summary>Whether the name, decoded, is this one.</summary>
    protected static bool Is(JsonName name, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> body) =>
        name.IsEscaped ? System.Text.Encoding.UTF8.GetBytes(JsonText.Decode(name.Text, isEscaped: true, body)).AsSpan().SequenceEqual(plain) : name.Text.Of(body).SequenceEqual(plain);

    private static TurnRole RoleOf(ByteRange value, ReadOnlySpan<byte> body)
    {
        var text = value.Of(body);
        if (text is not [(byte)'"', .., (byte)'"'])
        {
            return TurnRole.Other;
        }

        if (text.Contains((byte)'\\'))
        {
            text = System.Text.Encoding.UTF8.GetBytes($"\"{JsonText.Decode(new(value.Start + 1, value.Length - 2), isEscaped: true, body)}\"");
        }

        return text.SequenceEqual("\"user\""u8) ? TurnRole.User
            : text.SequenceEqual("\"system\""u8) || text.SequenceEqual("\"developer\""u8) ? TurnRole.System
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
