using System.Collections.Immutable;

namespace Paddock.Core.Audit.Payloads;

/// <summary>What an entry says of captured content.</summary>
public abstract record PayloadMark
{
    /// <summary>The entry's member with all of its captured content.</summary>
    public const string Member = "payload";

    private PayloadMark()
    {
    }

    public static AuditFact Fact(params ReadOnlySpan<PayloadMark> marks)
    {
        var values = ImmutableArray.CreateBuilder<AuditValue>(marks.Length);
        foreach (var mark in marks)
        {
            values.Add(mark.ToValue());
        }

        return new(Member, new AuditValue.List(values.ToImmutable()));
    }

    protected abstract AuditValue ToValue();

    /// <summary>It is kept: <c>{"alg":"HS256","c":…,"cls":…,"f":…,"id":…,"key":…,"len":…}</c>.</summary>
    /// <param name="Commitment">HMAC-SHA-256 of the masked content under the salt that is kept beside it; 32 bytes.</param>
    /// <param name="Length">Of the masked content, in bytes.</param>
    public sealed record Kept(string Field, PayloadId Id, ReadOnlyMemory<byte> Commitment, int Length, DataKeyId Key) : PayloadMark
    {
        protected override AuditValue ToValue() => new AuditValue.Members(
        [
            AuditFact.Of("alg", "HS256"),
            AuditFact.Of("c", Convert.ToBase64String(Commitment.Span)),
            AuditFact.Of("cls", Key.Class),
            AuditFact.Of("f", Field),
            AuditFact.Of("id", Id.Value),
            AuditFact.Of("key", Key.Value),
            AuditFact.Of("len", Length),
        ]);
    }

    /// <summary>It is not; the entry has its ordinary commitment to the content as it came, before masking.</summary>
    public sealed record Unkept(string Field, string Class, ReadOnlyMemory<byte> Content, UnkeptReason Why) : PayloadMark
    {
        protected override AuditValue ToValue() => new AuditValue.Sealed(Content)
        {
            Beside = [AuditFact.Of("cls", Class), AuditFact.Of("f", Field), AuditFact.Of("unkept", Why.ToString().ToLowerInvariant())],
        };
    }
}

/// <summary>Why content was not kept.</summary>
public enum UnkeptReason
{
    /// <summary>It took longer than an entry waits.</summary>
    Late,

    /// <summary>The database or the key store failed.</summary>
    Failed,

    /// <summary>It is larger than what is kept.</summary>
    Large,

    /// <summary>The same content of this task was redacted not long ago, and agents send what they have again and again.</summary>
    Redacted,
}
