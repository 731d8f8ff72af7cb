using System.Buffers;
using System.Buffers.Text;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Paddock.Core.Audit;

/// <summary>Writes entries as canonical JSON (RFC 8785): members in the order of their names, no blanks, whole numbers only.</summary>
internal sealed class EntryJson
{
    /// <summary>The largest whole number that every reader of JSON takes for the same (RFC 8785 §3.2.2.3); a larger one is written as a text.</summary>
    private const long LargestNumber = (1L << 53) - 1;

    private static readonly SearchValues<char> escaped = SearchValues.Create("\"\\" + string.Concat(Enumerable.Range(0, 32).Select(static code => (char)code)));

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? spare;

    private readonly ArrayBufferWriter<byte> bytes;
    private readonly Guid id;
    private readonly SealingKey key;

    private EntryJson(Guid id, SealingKey key, ArrayBufferWriter<byte> bytes) => (this.id, this.key, this.bytes) = (id, key, bytes);

    public static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static byte[] Write(AuditEvent what, Guid id, DateTimeOffset now, SealingKey key)
    {
        var buffer = spare ??= new(4096); // an agent waits for each intent: no buffer grows for it
        buffer.ResetWrittenCount();
        var json = new EntryJson(id, key, buffer);
        json.Write(Members(what, id, now), "");
        return json.bytes.WrittenCount <= AuditEntry.Longest
            ? json.bytes.WrittenSpan.ToArray()
            : throw new ArgumentException($"The entry {what.Act} would have {json.bytes.WrittenCount} bytes; {AuditEntry.Longest} is the most.", nameof(what));
    }

    private static AuditFact[] Members(AuditEvent what, Guid id, DateTimeOffset now)
    {
        var members = new AuditFact[what.Facts.Length + (what.Ref is null ? 6 : 7)];
        what.Facts.CopyTo(members);
        var own = members.AsSpan(what.Facts.Length);
        own[0] = AuditFact.Of("v", 1);
        own[1] = AuditFact.Of("id", id.ToString("D"));
        own[2] = AuditFact.Of("t", Moment(now));
        own[3] = AuditFact.Of("act", what.Act);
        own[4] = Actor(what.Actor);
        own[5] = AuditFact.Of("mut", what.Mutating);
        if (what.Ref is { } about)
        {
            own[6] = AuditFact.Of("ref", about);
        }

        return members;
    }

    private static AuditFact Actor(AuditActor actor)
    {
        var (id, type) = (AuditFact.Of("id", actor.Id), AuditFact.Of("type", actor.Type));
        return (actor.Sub, actor.Via) switch
        {
            (null, null) => AuditFact.Of("actor", id, type),
            (null, { } via) => AuditFact.Of("actor", id, type, AuditFact.Of("via", via)),
            ({ } sub, null) => AuditFact.Of("actor", id, AuditFact.Of("sub", sub), type),
            ({ } sub, { } via) => AuditFact.Of("actor", id, AuditFact.Of("sub", sub), type, AuditFact.Of("via", via)),
        };
    }

    /// <param name="within">Names of the members around them, each with a dot behind it.</param>
    private void Write(AuditFact[] members, string within)
    {
        Array.Sort(members, static (one, other) => string.CompareOrdinal(one.Name, other.Name));
        for (var i = 0; i < members.Length; i++)
        {
            if (i > 0 && members[i].Name == members[i - 1].Name)
            {
                throw new ArgumentException($"The member {within}{members[i].Name} is there twice.", nameof(members));
            }

            Raw(i == 0 ? "{"u8 : ","u8);
            Write(members[i].Name);
            Raw(":"u8);
            Write(members[i].Value, within + members[i].Name);
        }

        Raw(members.Length == 0 ? "{}"u8 : "}"u8);
    }

    private void Write(AuditValue value, string name)
    {
        switch (value)
        {
            case AuditValue.Text text: Write(text.Value); break;
            case AuditValue.Number number: Write(number.Value); break;
            case AuditValue.Flag flag: Raw(flag.Value ? "true"u8 : "false"u8); break;
            case AuditValue.Texts texts: Write([.. texts.Values.Select(one => new AuditValue.Text(one))], name); break;
            case AuditValue.List list: Write(list.Values, name); break;
            case AuditValue.Members members: Write([.. members.Values], name + "."); break;
            case AuditValue.Sealed hidden: Write([.. hidden.Beside, .. Commitment(hidden.Value.Span, name)], name + "."); break;
        }
    }

    private void Write(ImmutableArray<AuditValue> values, string name)
    {
        Raw("["u8);
        for (var i = 0; i < values.Length; i++)
        {
            Raw(i == 0 ? ""u8 : ","u8);
            Write(values[i], string.Create(CultureInfo.InvariantCulture, $"{name}[{i}]"));
        }

        Raw("]"u8);
    }

    private AuditFact[] Commitment(ReadOnlySpan<byte> value, string name) =>
    [
        AuditFact.Of("alg", "HS256"),
        AuditFact.Of("c", Convert.ToBase64String(key.Commit(id, name, value))),
        AuditFact.Of("key", key.Id),
        AuditFact.Of("len", value.Length),
    ];

    private void Write(long number)
    {
        if (number is > LargestNumber or < -LargestNumber)
        {
            Write(number.ToString(CultureInfo.InvariantCulture));
            return;
        }

        Utf8Formatter.TryFormat(number, bytes.GetSpan(20), out var written);
        bytes.Advance(written);
    }

    /// <summary>Half a surrogate pair becomes U+FFFD: an entry is always JSON.</summary>
    private void Write(string text)
    {
        Raw("\""u8);
        var rest = text.AsSpan();
        while (rest.IndexOfAny(escaped) is >= 0 and var at)
        {
            Utf8(rest[..at]);
            Escape(rest[at]);
            rest = rest[(at + 1)..];
        }

        Utf8(rest);
        Raw("\""u8);
    }

    private void Utf8(ReadOnlySpan<char> text)
    {
        if (!Encoding.UTF8.TryGetBytes(text, bytes.GetSpan(text.Length), out var written))
        {
            written = Encoding.UTF8.GetBytes(text, bytes.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length)));
        }

        bytes.Advance(written);
    }

    private void Escape(char one) => Raw(one switch
    {
        '"' => "\\\""u8,
        '\\' => "\\\\"u8,
        '\b' => "\\b"u8,
        '\t' => "\\t"u8,
        '\n' => "\\n"u8,
        '\f' => "\\f"u8,
        '\r' => "\\r"u8,
        _ => Encoding.ASCII.GetBytes($"\\u{(int)one:x4}"),
    });

    private void Raw(ReadOnlySpan<byte> what) => bytes.Write(what);
}
