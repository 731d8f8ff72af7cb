using System.Collections.Immutable;

namespace Paddock.Core.Audit;

/// <summary>One member of an entry.</summary>
/// <param name="Name">In lower case; ASCII.</param>
public readonly record struct AuditFact(string Name, AuditValue Value)
{
    public static AuditFact Of(string name, string value) => new(name, new AuditValue.Text(value));

    public static AuditFact Of(string name, long value) => new(name, new AuditValue.Number(value));

    /// <summary>A moment, UTC, to the millisecond, as the entry's own.</summary>
    public static AuditFact Of(string name, DateTimeOffset value) => Of(name, EntryJson.Moment(value));

    public static AuditFact Of(string name, bool value) => new(name, new AuditValue.Flag(value));

    public static AuditFact Of(string name, IEnumerable<string> values) => new(name, new AuditValue.Texts([.. values]));

    public static AuditFact Of(string name, params ReadOnlySpan<AuditFact> members) => new(name, new AuditValue.Members([.. members]));

    /// <summary>A value that the log holds only as a commitment: it can be proved, and not be read.</summary>
    public static AuditFact Sealed(string name, string value) => new(name, new AuditValue.Sealed(System.Text.Encoding.UTF8.GetBytes(value)));

    /// <summary>The same for bytes.</summary>
    public static AuditFact Sealed(string name, ReadOnlyMemory<byte> value) => new(name, new AuditValue.Sealed(value));
}

/// <summary>What a member of an entry says.</summary>
public abstract record AuditValue
{
    private AuditValue()
    {
    }

    public sealed record Text(string Value) : AuditValue;

    public sealed record Number(long Value) : AuditValue;

    public sealed record Flag(bool Value) : AuditValue;

    public sealed record Texts(ImmutableArray<string> Values) : AuditValue;

    public sealed record Members(ImmutableArray<AuditFact> Values) : AuditValue;

    public sealed record List(ImmutableArray<AuditValue> Values) : AuditValue;

    /// <summary>
    /// Becomes <c>{"alg":"HS256","c":…,"key":…,"len":…}</c>: HMAC-SHA-256 of the bytes under a salt of this member of this entry alone,
    /// so that equal values do not show. Whoever has value and salt can prove it; without the salt it cannot even be guessed.
    /// </summary>
    public sealed record Sealed(ReadOnlyMemory<byte> Value) : AuditValue
    {
        /// <summary>Open members beside the commitment's own.</summary>
        public ImmutableArray<AuditFact> Beside { get; init; } = [];
    }
}
