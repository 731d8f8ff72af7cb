using System.Collections.Immutable;
using System.Text;

namespace Paddock.Core.Audit.Tiles;

/// <summary>A text and who signed it (c2sp.org/signed-note).</summary>
/// <param name="Text">Ends in a newline.</param>
public sealed record SignedNote(string Text, ImmutableArray<NoteSignature> Signatures)
{
    /// <summary>Longer ones are not read. Notes of logs have some hundred characters.</summary>
    private const int LongestNote = 1 << 16;

    /// <summary>More are not read; 16 must be (c2sp.org/signed-note).</summary>
    private const int MostSignatures = 64;

    /// <summary>Reads a note. Who signed it is not checked here.</summary>
    /// <returns>Null when it is none.</returns>
    public static SignedNote? Parse(string note)
    {
        if (note.Length > LongestNote || note.Any(c => c < ' ' && c != '\n') || note.LastIndexOf("\n\n", StringComparison.Ordinal) is not (> 0 and var split) || !note.EndsWith('\n'))
        {
            return null;
        }

        var lines = note[(split + 2)..];
        if (lines.Length == 0 || lines.Count(c => c == '\n') > MostSignatures)
        {
            return null;
        }

        var signatures = lines[..^1].Split('\n').Select(NoteSignature.Parse).ToList();
        return signatures.Exists(static signature => signature is null) ? null : new(note[..(split + 1)], [.. signatures.OfType<NoteSignature>()]);
    }

    /// <summary>Whether a key signed it: there is a signature of that key, and all such hold.</summary>
    public bool IsSignedBy(VerifierKey key, ISignatureVerifier verifier)
    {
        var claimed = Signatures.Where(signature => signature.IsOf(key)).ToList();
        return claimed.Count > 0 && claimed.TrueForAll(signature => Holds(signature, key, verifier));
    }

    /// <summary>The whole note.</summary>
    public override string ToString() => $"{Text}\n{string.Concat(Signatures.Select(signature => signature + "\n"))}";

    private bool Holds(NoteSignature signature, VerifierKey key, ISignatureVerifier verifier) => key.Algorithm switch
    {
        NoteAlgorithm.Ed25519 => verifier.Verify(key.PublicKey.Span, Encoding.UTF8.GetBytes(Text), signature.Signature.Span),
        NoteAlgorithm.Cosignature => Cosignature.Holds(this, signature, key, verifier),
        _ => false,
    };
}
