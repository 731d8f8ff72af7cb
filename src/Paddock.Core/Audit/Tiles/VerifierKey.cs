using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Paddock.Core.Audit.Tiles;

/// <summary>What a signature is checked with: a name and an Ed25519 public key. Written <c>name+hex8(key id)+base64(type || key)</c> (the "vkey" of c2sp.org/signed-note).</summary>
public sealed class VerifierKey : IEquatable<VerifierKey>
{
    private const int KeyLength = 32;
    private readonly byte[] key;

    /// <param name="name">See <see cref="IsName"/>.</param>
    /// <param name="publicKey">32 bytes.</param>
    public VerifierKey(string name, NoteAlgorithm algorithm, ReadOnlySpan<byte> publicKey)
    {
        if (!IsName(name) || publicKey.Length != KeyLength)
        {
            throw new ArgumentException("A verifier key has a name without spaces and plus signs, and a public key of 32 bytes.", nameof(name));
        }

        (Name, Algorithm, key) = (name, algorithm, publicKey.ToArray());
        KeyId = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', .. Typed]));
    }

    public string Name { get; }

    public NoteAlgorithm Algorithm { get; }

    /// <summary>32 bytes.</summary>
    public ReadOnlyMemory<byte> PublicKey => key;

    /// <summary>First four bytes of SHA-256(name || 0x0A || type || key).</summary>
    public uint KeyId { get; }

    private byte[] Typed => [(byte)Algorithm, .. key];

    /// <summary>Whether a text can name a key: one word without a plus sign.</summary>
    public static bool IsName(string text) => text.Length > 0 && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || char.IsSurrogate(c) || c == '+');

    /// <returns>Null when it is no key of a kind that is known here, or its id is not its own.</returns>
    public static VerifierKey? Parse(string text)
    {
        // Base64 has plus signs of its own.
        if (text.Trim().Split('+', 3) is not [var name, { Length: 8 } id, var typed]
            || !IsName(name)
            || !uint.TryParse(id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var keyId)
            || StrictBase64.Decode(typed) is not { Length: KeyLength + 1 } bytes
            || !Enum.IsDefined((NoteAlgorithm)bytes[0]))
        {
            return null;
        }

        var read = new VerifierKey(name, (NoteAlgorithm)bytes[0], bytes.AsSpan(1));
        return read.KeyId == keyId ? read : null;
    }

    public bool Equals(VerifierKey? other) => other is not null && ToString() == other.ToString();

    public override bool Equals(object? obj) => Equals(obj as VerifierKey);

    public override int GetHashCode() => (int)KeyId;

    public override string ToString() => $"{Name}+{KeyId.ToString("x8", CultureInfo.InvariantCulture)}+{Convert.ToBase64String(Typed)}";
}
