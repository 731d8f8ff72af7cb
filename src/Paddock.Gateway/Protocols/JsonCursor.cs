using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Paddock.Gateway.Protocols;

/// <summary>
/// Walks one JSON text (RFC 8259) from its first byte to its last and checks all of it, without copying or decoding anything. Agents
/// send code, which is full of escapes: a walk with Utf8JsonReader takes four times as long, because it reads a string with escapes
/// byte by byte. The text must be valid UTF-8, which the caller checks. What is malformed throws <see cref="MalformedJsonException"/>.
/// </summary>
/// <param name="maxDepth">Containers that may be open at once, at most 128.</param>
internal ref struct JsonCursor(ReadOnlySpan<byte> json, int maxDepth)
{
    private readonly ReadOnlySpan<byte> json = json;
    private UInt128 objects;
    private bool atFirst;

    /// <summary>Index of the next byte that has not been read.</summary>
    public int Position { get; private set; }

    /// <summary>Containers that are open.</summary>
    public int Depth { get; private set; }

    /// <summary>First byte of the value the cursor stands on; whitespace before it is skipped. 0 at the end of the text.</summary>
    public byte Peek()
    {
        while (Position < json.Length)
        {
            var one = json[Position];
            if (one is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
            {
                return one;
            }

            Position++;
        }

        return 0;
    }

    /// <summary>Goes into the object or array the cursor stands on.</summary>
    public void Enter()
    {
        var isObject = Peek() == (byte)'{';
        if (Depth >= maxDepth)
        {
            throw Malformed();
        }

        objects = (objects << 1) | (isObject ? UInt128.One : UInt128.Zero);
        Depth++;
        Position++;
        atFirst = true;
    }

    /// <summary>Goes to the next member of the object the cursor is in, onto its value; leaves the object and returns false after the last.</summary>
    public bool NextMember(out JsonName name)
    {
        name = default;
        if (!Next((byte)'}'))
        {
            return false;
        }

        if (Peek() != (byte)'"')
        {
            throw Malformed();
        }

        var start = Position + 1;
        var escaped = ReadString();
        name = new(new(start, Position - 1 - start), escaped);
        if (Peek() != (byte)':')
        {
            throw Malformed();
        }

        Position++;
        Peek();
        return true;
    }

    /// <summary>Goes onto the next element of the array the cursor is in; leaves the array and returns false after the last.</summary>
    public bool NextElement() => Next((byte)']');

    /// <summary>Passes the value the cursor stands on, whatever it holds.</summary>
    /// <returns>Where it lies, quotes and brackets included.</returns>
    public ByteRange Skip()
    {
        Peek();
        var (start, outer) = (Position, Depth);
        EnterOrPass();
        while (Depth > outer)
        {
            if ((objects & UInt128.One) == UInt128.One ? NextMember(out _) : NextElement())
            {
                EnterOrPass();
            }
        }

        return new(start, Position - start);
    }

    /// <summary>Checks that nothing but whitespace follows.</summary>
    public void End()
    {
        if (Peek() != 0 || Position < json.Length)
        {
            throw Malformed();
        }
    }

    /// <summary>The fault at the place where the cursor stands.</summary>
    public readonly MalformedJsonException Malformed() => new(json[..Math.Min(Position, json.Length)]);

    private bool Next(byte closing)
    {
        var one = Peek();
        if (one == closing)
        {
            Position++;
            Depth--;
            objects >>= 1;
            atFirst = false;
            return false;
        }

        if (!atFirst)
        {
            if (one != (byte)',')
            {
                throw Malformed();
            }

            Position++;
            Peek();
        }

        atFirst = false;
        return true;
    }

    private void EnterOrPass()
    {
        switch (Peek())
        {
            case (byte)'{' or (byte)'[':
                Enter();
                return;
            case (byte)'"':
                ReadString();
                return;
            case (byte)'t':
                Pass("true"u8);
                return;
            case (byte)'f':
                Pass("false"u8);
                return;
            case (byte)'n':
                Pass("null"u8);
                return;
            default:
                PassNumber();
                return;
        }
    }

    private void Pass(ReadOnlySpan<byte> literal)
    {
        if (!json[Position..].StartsWith(literal))
        {
            throw Malformed();
        }

        Position += literal.Length;
    }

    private void PassNumber()
    {
        if (At(Position) == (byte)'-')
        {
            Position++;
        }

        // No leading zeros: after a zero come no more digits of the whole part.
        if (At(Position) == (byte)'0')
        {
            Position++;
        }
        else
        {
            PassDigits();
        }

        if (At(Position) == (byte)'.')
        {
            Position++;
            PassDigits();
        }

        if (At(Position) is (byte)'e' or (byte)'E')
        {
            Position++;
            if (At(Position) is (byte)'+' or (byte)'-')
            {
                Position++;
            }

            PassDigits();
        }
    }

    private void PassDigits()
    {
        if (!char.IsAsciiDigit((char)At(Position)))
        {
            throw Malformed();
        }

        do
        {
            Position++;
        }
        while (char.IsAsciiDigit((char)At(Position)));
    }

    private readonly byte At(int index) => index < json.Length ? json[index] : (byte)0;

    /// <summary>Reads the string that begins here.</summary>
    /// <returns>Whether it has escapes.</returns>
    private bool ReadString()
    {
        var escaped = false;
        var at = Position + 1;
        while (true)
        {
            at = NextSpecial(at);
            switch (At(at))
            {
                case (byte)'"':
                    Position = at + 1;
                    return escaped;
                case (byte)'\\':
                    escaped = true;
                    at = PassEscape(at + 1);
                    break;
                default: // a control character, or the end of the text
                    Position = at;
                    throw Malformed();
            }
        }
    }

    /// <summary>The next quote, backslash or control character, or the end of the text.</summary>
    private readonly int NextSpecial(int at)
    {
        ref var first = ref MemoryMarshal.GetReference(json);
        for (; at + Vector128<byte>.Count <= json.Length; at += Vector128<byte>.Count)
        {
            var block = Vector128.LoadUnsafe(ref first, (nuint)at);
            var special = Vector128.Equals(block, Vector128.Create((byte)'"')) | Vector128.Equals(block, Vector128.Create((byte)'\\')) | Vector128.LessThan(block, Vector128.Create((byte)' '));
            if (special != Vector128<byte>.Zero)
            {
                return at + BitOperations.TrailingZeroCount(special.ExtractMostSignificantBits());
            }
        }

        while (at < json.Length && json[at] is not ((byte)'"' or (byte)'\\' or < (byte)' '))
        {
            at++;
        }

        return at;
    }

    /// <param name="at">Index behind the backslash.</param>
    private int PassEscape(int at)
    {
        switch (At(at))
        {
            case (byte)'n' or (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'t' or (byte)'r' or (byte)'b' or (byte)'f':
                return at + 1;
            case (byte)'u' when char.IsAsciiHexDigit((char)At(at + 1)) && char.IsAsciiHexDigit((char)At(at + 2)) && char.IsAsciiHexDigit((char)At(at + 3)) && char.IsAsciiHexDigit((char)At(at + 4)):
                return at + 5;
            default:
                Position = at;
                throw Malformed();
        }
    }
}

/// <summary>The name of a member as it stands in the text.</summary>
/// <param name="Text">Without its quotes.</param>
/// <param name="IsEscaped">Whether it has escapes, and so must be decoded before it is compared.</param>
internal readonly record struct JsonName(ByteRange Text, bool IsEscaped);
