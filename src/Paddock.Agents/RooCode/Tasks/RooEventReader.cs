using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Paddock.Core.Ledger;
using Paddock.Core.Tasks;

namespace Paddock.Agents.RooCode.Tasks;

/// <summary>An event, or what is wrong with it.</summary>
internal abstract record RooEventRead
{
    public sealed record Event(AgentEvent Value) : RooEventRead;

    /// <param name="Member">Its path, such as <c>properties.todos.total</c>; null when the body is no JSON object.</param>
    public sealed record Wrong(string? Member) : RooEventRead;
}

/// <summary>
/// Reads <c>{type, properties}</c>. Properties that are not known are passed over, so that other versions of the client are heard; those that
/// are known have the type that the schema says, where they are said at all. A text that is no name or id (too long, not printable) is left out.
/// </summary>
internal static class RooEventReader
{
    /// <summary>In characters.</summary>
    public const int LongestType = 100;

    private const int LongestText = 1000;

    private static readonly string agent = new RooCodeDialect().Agent;

    private static readonly JsonDocumentOptions strict = new() { AllowDuplicateProperties = false };

    /// <param name="principal">The bearer's id: whatever task the event names, it is one of theirs.</param>
    /// <param name="retried">It comes from the client's retry queue.</param>
    public static RooEventRead Read(ReadOnlyMemory<byte> body, string principal, bool retried, DateTimeOffset at)
    {
        try
        {
            using var json = JsonDocument.Parse(body, strict);
            var root = json.RootElement;
            if (root.ValueKind is not JsonValueKind.Object)
            {
                return new RooEventRead.Wrong(null);
            }

            if (FaultIn(root) is { } member)
            {
                return new RooEventRead.Wrong(member);
            }

            return new RooEventRead.Event(EventOf(root, principal, at) with { Retried = retried });
        }
        catch (Exception exception) when (Said.IsMalformed(exception))
        {
            return new RooEventRead.Wrong(null);
        }
    }

    private static string? FaultIn(JsonElement root)
    {
        if (!root.TryGetProperty("type", out var type) || type.ValueKind is not JsonValueKind.String || type.GetString() is not { Length: <= LongestType } name || Said.Name(name) is null)
        {
            return "type";
        }

        if (!root.TryGetProperty("properties", out var properties) || properties.ValueKind is not JsonValueKind.Object)
        {
            return "properties";
        }

        const string at = "properties.";
        return FaultIn(properties, at, RooEventSchema.Place)
            ?? FaultIn(properties, at, RooEventSchema.FactsOf(name))
            ?? (properties.TryGetProperty("todos", out var todos) && todos.ValueKind is JsonValueKind.Object ? FaultIn(todos, at + "todos.", RooEventSchema.Todos) : null)
            ?? (name == RooEventSchema.TaskMessage ? FaultInMessage(properties) : null);
    }

    private static string? FaultInMessage(JsonElement properties)
    {
        const string at = "properties.message";
        if (!properties.TryGetProperty("message", out var message) || message.ValueKind is not JsonValueKind.Object)
        {
            return at;
        }

        return FaultIn(message, at + ".", RooEventSchema.Message) ?? (message.GetProperty("type").GetString() is "ask" or "say" ? null : at + ".type");
    }

    private static string? FaultIn(JsonElement owner, string path, ImmutableArray<EventMember> members)
    {
        foreach (var member in members)
        {
            var said = owner.TryGetProperty(member.Name, out var value) && value.ValueKind is not JsonValueKind.Null;
            if (said ? !IsOf(value, member.Kind) : member.Required)
            {
                return path + member.Name;
            }
        }

        return null;
    }

    private static bool IsOf(JsonElement value, MemberKind kind) => kind switch
    {
        MemberKind.Text => value.ValueKind is JsonValueKind.String,
        MemberKind.Flag => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        MemberKind.Number => value.ValueKind is JsonValueKind.Number && double.IsFinite(value.GetDouble()),
        MemberKind.Whole => value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out _),
        MemberKind.List => value.ValueKind is JsonValueKind.Array,
        _ => value.ValueKind is JsonValueKind.Object,
    };

    private static AgentEvent EventOf(JsonElement root, string principal, DateTimeOffset at)
    {
        var type = root.GetProperty("type").GetString()!; // it was looked at
        var properties = root.GetProperty("properties");
        var native = NameIn(properties, "taskId");
        var message = type == RooEventSchema.TaskMessage ? MessageOf(properties.GetProperty("message")) : null;
        return new()
        {
            At = at,
            Principal = principal,
            Agent = agent,
            Task = native is null ? null : TaskKey.Compute(principal, agent, native),
            NativeTask = native,
            ParentTask = NameIn(properties, "parentTaskId"),
            Type = type,
            Mode = NameIn(properties, "mode"),
            Message = message,
            Facts = FactsOf(properties, RooEventSchema.FactsOf(type)),
            Identity = message is null ? EventIdentity.OfBody(principal, CanonicalJson.Of(root)) : EventIdentity.OfMessage(principal, type, native, message),
        };
    }

    private static AgentMessage MessageOf(JsonElement message)
    {
        var kind = message.GetProperty("type").GetString()!; // it is one of two words
        var length = message.TryGetProperty("text", out var text) && text.ValueKind is JsonValueKind.String ? LengthOf(JsonMarshal.GetRawUtf8Value(text)[1..^1]) : 0;
        return new(message.GetProperty("ts").GetInt64(), kind, NameIn(message, kind), message.TryGetProperty("partial", out var partial) && partial.ValueKind is JsonValueKind.True, length);
    }

    /// <summary>Counts as the client does, without making the text: half a character, where the client cut one, is a unit too.</summary>
    private static long LengthOf(ReadOnlySpan<byte> escaped)
    {
        var units = 0L;
        for (var i = 0; i < escaped.Length; i++)
        {
            units += escaped[i] switch { >= 0xf0 => 2, >= 0x80 and < 0xc0 => 0, _ => 1 };
            i += escaped[i] == '\\' ? escaped[i + 1] == 'u' ? 5 : 1 : 0;
        }

        return units;
    }

    private static string FactsOf(JsonElement properties, ImmutableArray<EventMember> members)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, properties, members);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    private static void Write(Utf8JsonWriter writer, JsonElement owner, ImmutableArray<EventMember> members)
    {
        writer.WriteStartObject();
        foreach (var member in members)
        {
            if (!owner.TryGetProperty(member.Name, out var value) || value.ValueKind is JsonValueKind.Null)
            {
                continue;
            }

            switch (member.Kind)
            {
                case MemberKind.Text when TextOf(member.Name, value) is { } text:
                    writer.WriteString(member.Name, text);
                    break;
                case MemberKind.Flag:
                    writer.WriteBoolean(member.Name, value.GetBoolean());
                    break;
                case MemberKind.Number when value.TryGetInt64(out var whole):
                    writer.WriteNumber(member.Name, whole);
                    break;
                case MemberKind.Number:
                    writer.WriteNumber(member.Name, value.GetDouble());
                    break;
                case MemberKind.Object: // the only one that is a fact
                    writer.WritePropertyName(member.Name);
                    Write(writer, value, RooEventSchema.Todos);
                    break;
            }
        }

        writer.WriteEndObject();
    }

    private static string? TextOf(string name, JsonElement value)
    {
        var text = Said.Name(value.GetString(), LongestText);
        return name == "repositoryUrl" ? RepositoryUrl.Clean(text) : text;
    }

    private static string? NameIn(JsonElement owner, string name) => owner.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? Said.Name(value.GetString()) : null;
}
