using System.Buffers;
using System.Text;
using Paddock.Gateway.Protocols;

namespace Paddock.Gateway.Guard;

/// <summary>
/// The arguments of a call as they grow, decoded, with the top-level members that are complete so far. A member twice, or anything
/// behind the closing brace, makes it broken: two readers could make different calls of it.
/// </summary>
internal sealed class ArgumentText
{
    private readonly ArrayBufferWriter<byte> text = new(256);
    private readonly Dictionary<string, ByteRange> members = new(StringComparer.Ordinal);
    private StringDecoder decoder;
    private State state;
    private int scanned;
    private int depth;
    private int start;
    private string? key;
    private bool inString;
    private bool escaped;

    public ReadOnlySpan<byte> Bytes => text.WrittenSpan;

    public ReadOnlyMemory<byte> Memory => text.WrittenMemory;

    /// <summary>The object has ended, and is well-formed.</summary>
    public bool IsClosed => state is State.Closed;

    /// <summary>It will never be one well-formed object without doubles.</summary>
    public bool IsBroken => state is State.Broken;

    public bool IsEmpty => text.WrittenCount == 0;

    /// <summary>Takes arguments that are no JSON: nothing in them is looked for.</summary>
    public bool IsFree { get; init; }

    /// <summary>Appends the content of a JSON string, without its quotes.</summary>
    public void AppendEncoded(ReadOnlySpan<byte> inner)
    {
        if (!decoder.TryDecode(inner, text))
        {
            state = State.Broken;
        }

        Scan();
    }

    /// <summary>Appends what stands behind the closing brace, as long as it is blank: some models end a call with a line end.</summary>
    public bool TryAppendBlanks(ReadOnlySpan<byte> inner)
    {
        if (state is not State.Closed)
        {
            return false;
        }

        AppendEncoded(inner);
        return IsClosed;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        text.Write(bytes);
        Scan();
    }

    /// <summary>A member that is whole already.</summary>
    public bool TryGet(string name, out ByteRange value) => members.TryGetValue(name, out value);

    public override string ToString() => Encoding.UTF8.GetString(Bytes);

    private void Scan()
    {
        while (!IsFree && scanned < text.WrittenCount && state is not State.Broken)
        {
            if (inString)
            {
                PassString();
                continue;
            }

            Look(Bytes[scanned]);
            scanned++;
        }
    }

    private void PassString()
    {
        var rest = Bytes[scanned..];
        if (escaped)
        {
            (escaped, scanned) = (false, scanned + 1);
            return;
        }

        var at = rest.IndexOfAny((byte)'"', (byte)'\\');
        if (at < 0)
        {
            scanned = text.WrittenCount;
            return;
        }

        scanned += at + 1;
        if (rest[at] == '\\')
        {
            escaped = true;
            return;
        }

        inString = false;
        if (depth == 1)
        {
            EndOfString();
        }
    }

    private void EndOfString()
    {
        if (state is State.InKey)
        {
            key = Decode(new(start, scanned - start));
            state = key is null || members.ContainsKey(key) ? State.Broken : State.AfterKey;
        }
        else
        {
            AddMember(scanned);
        }
    }

    private void Look(byte one)
    {
        if (one is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            EndScalar();
            return;
        }

        switch (state)
        {
            case State.Start when one == '{':
                (state, depth) = (State.BeforeKey, 1);
                return;
            case State.BeforeKey when one == '"':
                (state, inString, start) = (State.InKey, true, scanned);
                return;
            case State.BeforeKey when one == '}' && members.Count == 0:
            case State.AfterValue when one == '}':
                Close();
                return;
            case State.AfterKey or State.AfterValue when one == (state is State.AfterKey ? ':' : ','):
                state = state is State.AfterKey ? State.BeforeValue : State.BeforeKey;
                return;
            case State.BeforeValue:
                BeginValue(one);
                return;
            case State.InScalar:
                LookInScalar(one);
                return;
            case State.InNested:
                LookInNested(one);
                return;
            default:
                state = State.Broken; // also what follows the closing brace
                return;
        }
    }

    private void EndScalar()
    {
        if (state is State.InScalar)
        {
            AddMember(scanned);
        }
    }

    private void BeginValue(byte one)
    {
        start = scanned;
        switch (one)
        {
            case (byte)'"':
                (state, inString) = (State.InText, true);
                return;
            case (byte)'{' or (byte)'[':
                (state, depth) = (State.InNested, 2);
                return;
            default:
                state = one is (byte)'-' or (byte)'t' or (byte)'f' or (byte)'n' or (>= (byte)'0' and <= (byte)'9') ? State.InScalar : State.Broken;
                return;
        }
    }

    private void LookInScalar(byte one)
    {
        if (one is not ((byte)',' or (byte)'}'))
        {
            return;
        }

        AddMember(scanned);
        if (state is State.AfterValue)
        {
            Look(one);
        }
    }

    private void LookInNested(byte one)
    {
        inString = one == '"';
        depth += one is (byte)'{' or (byte)'[' ? 1 : one is (byte)'}' or (byte)']' ? -1 : 0;
        if (depth == 1)
        {
            AddMember(scanned + 1);
        }
    }

    private void AddMember(int end)
    {
        state = key is not null && members.TryAdd(key, new(start, end - start)) ? State.AfterValue : State.Broken;
        key = null;
    }

    private void Close()
    {
        try
        {
            var root = JsonParts.Root(Bytes[..(scanned + 1)]);
            state = JsonParts.IsObject(Bytes, root) ? State.Closed : State.Broken;
        }
        catch (MalformedJsonException)
        {
            state = State.Broken;
        }
    }

    private string? Decode(ByteRange quoted)
    {
        try
        {
            return JsonParts.Text(Bytes, quoted);
        }
        catch (MalformedJsonException)
        {
            return null;
        }
    }

    private enum State
    {
        Start,
        BeforeKey,
        InKey,
        AfterKey,
        BeforeValue,
        InText,
        InScalar,
        InNested,
        AfterValue,
        Closed,
        Broken,
    }
}
