using System.Security.Cryptography;
using System.Text;
using Paddock.Core.Audit.Payloads;
using Paddock.Store.Dialects;

namespace Paddock.Store.Audit.Payloads;

/// <summary>Kept content as a row.</summary>
internal sealed class PayloadRow
{
    public string Id { get; init; } = "";

    public byte[] Hash { get; init; } = [];

    public string KeyId { get; init; } = "";

    public long KeptAt { get; init; }

    public string? Cls { get; init; }

    public string? TaskId { get; init; }

    public string? PrincipalId { get; init; }

    public long? Length { get; init; }

    public byte[]? Commitment { get; init; }

    public byte[]? Salt { get; init; }

    public byte[]? Nonce { get; init; }

    public byte[]? Content { get; init; }

    public long? RedactedAt { get; init; }

    /// <summary>0 or 1; only where it was asked for.</summary>
    public long Held { get; init; }

    /// <summary>Seals masked content.</summary>
    public static PayloadRow Of(PayloadCapture what, ReadOnlySpan<byte> masked, byte[] hash, DataKey key, DateTimeOffset now)
    {
        var id = PayloadId.Create(Guid.CreateVersion7(now));
        var (salt, nonce) = (RandomNumberGenerator.GetBytes(DataKey.Length), RandomNumberGenerator.GetBytes(DataKey.NonceLength));
        return new()
        {
            Id = id.Value,
            Hash = hash,
            KeyId = key.Id.Value,
            KeptAt = now.ToMicros(),
            Cls = key.Id.Class,
            TaskId = what.Task,
            PrincipalId = what.Principal,
            Length = masked.Length,
            Commitment = Disclosure.Commit(salt, masked),
            Salt = salt,
            Nonce = nonce,
            Content = key.Seal(salt, nonce, masked, Associated(id)),
        };
    }

    /// <returns>Null when the row is not as it was.</returns>
    public byte[]? Open(DataKey key) => Salt is { Length: DataKey.Length } && Nonce is not null && Content is not null ? key.Open(Salt, Nonce, Content, Associated(PayloadId.Parse(Id))) : null;

    public PayloadMark.Kept ToMark(string field) => new(field, PayloadId.Parse(Id), Commitment, (int)(Length ?? 0), DataKeyId.Parse(KeyId));

    public PayloadInfo ToInfo() => new(PayloadId.Parse(Id), DataKeyId.Parse(KeyId), KeptAt.ToTime(), TaskId, PrincipalId, (int)(Length ?? 0), RedactedAt?.ToTime(), Held != 0);

    private static byte[] Associated(PayloadId id) => Encoding.ASCII.GetBytes("paddock/payload/v1\0" + id.Value);
}
