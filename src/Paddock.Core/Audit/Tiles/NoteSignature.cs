using System.Buffers.Binary;

namespace Paddock.Core.Audit.Tiles;

/// <summary>One signature line of a note: <c>— name base64(key id || signature)</c>.</summary>
/// <param name="Name">Of the key.</param>
public sealed record NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Signature)
{
    private const string Start = "— ";
    private const int IdLength = 4;

    /// <param name="line">Without its newline.</param>
    /// <returns>Null when it is no such line.</returns>
    public static NoteSignature? Parse(string line)
    {
        if (!line.StartsWith(Start, StringComparison.Ordinal)
            || line[Start.Length..].Split(' ') is not [var name, var text]
            || !VerifierKey.IsName(name)
            || StrictBase64.Decode(text) is not { Length: > IdLength } bytes)
        {
            return null;
        }

        return new(name, BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes.AsMemory(IdLength));
    }

    public bool IsOf(VerifierKey key) => KeyId == key.KeyId && Name == key.Name;

    /// <summary>The line, without its newline.</summary>
    public override string ToString()
    {
        var bytes = new byte[IdLength + Signature.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
        Signature.CopyTo(bytes.AsMemory(IdLength));
        return $"{Start}{Name} {Convert.ToBase64String(bytes)}";
    }
}
