namespace Paddock.Core.Audit.Tiles;

/// <summary>A log checkpoint with its signatures.</summary>
public sealed record SignedCheckpoint(LogCheckpoint Checkpoint, SignedNote Note)
{
    /// <summary>Reads one and checks that the log signed it.</summary>
    /// <param name="key">The log's. Its name is the origin that is expected.</param>
    /// <exception cref="LogDamagedException">It is no checkpoint, of another log, or not signed with this key.</exception>
    public static SignedCheckpoint Open(string note, VerifierKey key, ISignatureVerifier verifier)
    {
        if (SignedNote.Parse(note) is not { } parsed || LogCheckpoint.Parse(parsed.Text) is not { } checkpoint)
        {
            throw new LogDamagedException("That is no log checkpoint.");
        }

        if (checkpoint.Origin != key.Name)
        {
            throw new LogDamagedException($"The log checkpoint is of {checkpoint.Origin}, expected {key.Name}.");
        }

        return parsed.IsSignedBy(key, verifier) ? new(checkpoint, parsed) : throw new LogDamagedException($"The log checkpoint of size {checkpoint.Size} is not signed with the key {key}.");
    }

    public override string ToString() => Note.ToString();
}
