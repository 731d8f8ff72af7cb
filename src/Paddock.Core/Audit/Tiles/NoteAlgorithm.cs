namespace Paddock.Core.Audit.Tiles;

/// <summary>How a note was signed: the type byte of c2sp.org/signed-note.</summary>
public enum NoteAlgorithm : byte
{
    /// <summary>Ed25519 over the note's text.</summary>
    Ed25519 = 0x01,

    /// <summary>A witness's: Ed25519 over a time and the note's text (c2sp.org/tlog-cosignature).</summary>
    Cosignature = 0x04,
}
