using System.Text;
using Google.Protobuf;

namespace Paddock.Agents.Telemetry;

/// <summary>
/// A walk over the fields of one message, by number. What nobody asks for is skipped without being looked at, so nothing is built of it and
/// no depth of it costs anything. What is asked for and cannot be read
/// throws an <see cref="InvalidProtocolBufferException"/> or an <see cref="InvalidDataException"/>.
/// </summary>
internal sealed class ProtobufFields
{
    private static readonly UTF8Encoding strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[] body;
    private readonly int start;
    private readonly int length;
    private readonly CodedInputStream input;
    private bool isPending;

    private ProtobufFields(byte[] body, int start, int length, CodedInputStream input) => (this.body, this.start, this.length, this.input) = (body, start, length, input);

    /// <summary>Of the field that was come to.</summary>
    public int Number { get; private set; }

    private WireFormat.WireType Type { get; set; }

    /// <param name="start">Where the message's first field stands.</param>
    public static ProtobufFields Of(byte[] body, int start, int length) => new(body, start, length, new CodedInputStream(body, start, length)); // over bytes it holds nothing that must be given back

    /// <summary>Goes to the next field.</summary>
    /// <returns>False at the end.</returns>
    public bool Next()
    {
        if (isPending)
        {
            input.SkipLastField();
        }

        var tag = input.ReadTag();
        (Number, Type, isPending) = (WireFormat.GetTagFieldNumber(tag), WireFormat.GetTagWireType(tag), tag != 0);
        return isPending;
    }

    /// <summary>The same message from its beginning: fields come in any order.</summary>
    public ProtobufFields Again() => Of(body, start, length);

    /// <summary>The message in this field.</summary>
    public ProtobufFields Message()
    {
        var (at, size) = Content();
        return Of(body, at, size);
    }

    /// <summary>The text in this field; null when it is longer than anybody wants to know.</summary>
    public string? Text(int longest)
    {
        var (at, size) = Content();
        try
        {
            return size <= longest ? strict.GetString(body, at, size) : null;
        }
        catch (ArgumentException)
        {
            throw Malformed();
        }
    }

    /// <summary>The bytes in this field, as lower-case hexadecimal digits; null when there are more than anybody wants to know.</summary>
    public string? Hex(int longest)
    {
        var (at, size) = Content();
        return size <= longest ? Convert.ToHexStringLower(body, at, size) : null;
    }

    public ulong Fixed64() => Of(WireFormat.WireType.Fixed64).ReadFixed64();

    public double Double() => Of(WireFormat.WireType.Fixed64).ReadDouble();

    public long Varint() => Of(WireFormat.WireType.Varint).ReadInt64();

    /// <summary>Where the content of this field stands, once it is known to end within the message.</summary>
    private (int At, int Size) Content()
    {
        var from = (int)Of(WireFormat.WireType.LengthDelimited).Position;
        input.SkipLastField();
        var prefixed = new CodedInputStream(body, from, (int)input.Position - from);
        var size = prefixed.ReadLength();
        return ((int)prefixed.Position, size);
    }

    private CodedInputStream Of(WireFormat.WireType type)
    {
        isPending = false;
        return Type == type ? input : throw Malformed();
    }

    private static InvalidDataException Malformed() => new("A field is not of the type that it has in OTLP.");
}
