using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Paddock.Core.Audit.Tiles;

/// <summary>A witness's signature: it has seen the log grow to this checkpoint, at this time (c2sp.org/tlog-cosignature, Ed25519).</summary>
public static class Cosignature
{
    private const int TimeLength = 8;

    /// <summary>What a witness signs.</summary>
    /// <param name="text">Of the checkpoint's note.</param>
    public static byte[] Message(string text, DateTimeOffset at) => Message(text, at.ToUnixTimeSeconds());

    /// <summary>The signature as a note carries it: the time in seconds since 1970, then the 64 bytes.</summary>
    public static NoteSignature Of(VerifierKey key, DateTimeOffset at, ReadOnlySpan<byte> signature)
    {
        var timed = new byte[TimeLength + signature.Length];
        BinaryPrimitives.WriteInt64BigEndian(timed, at.ToUnixTimeSeconds());
        signature.CopyTo(timed.AsSpan(TimeLength));
        return new(key.Name, key.KeyId, timed);
    }

    /// <summary>When it says it was made.</summary>
    /// <returns>Null when it is no cosignature.</returns>
    public static DateTimeOffset? TimeOf(NoteSignature signature) =>
        signature.Signature.Length > TimeLength && BinaryPrimitives.ReadInt64BigEndian(signature.Signature.Span) is >= 0 and < 253_402_300_800 and var seconds
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    internal static bool Holds(SignedNote note, NoteSignature signature, VerifierKey key, ISignatureVerifier verifier) =>
        TimeOf(signature) is { } at && verifier.Verify(key.PublicKey.Span, Message(note.Text, at), signature.Signature.Span[TimeLength..]);

    private static byte[] Message(string text, long seconds) => Encoding.UTF8.GetBytes($"cosignature/v1\ntime {seconds.ToString(CultureInfo.InvariantCulture)}\n{text}");
}
