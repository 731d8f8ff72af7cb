using System.Text;
using Paddock.Core.Audit.Tiles;

namespace Paddock.Store.Audit.Tiles;

/// <summary>Signs checkpoints, and trusts no signer: what it gives is checked before anyone sees it.</summary>
internal sealed class LogSigning(ILogSigner signer, ISignatureVerifier verifier)
{
    /// <exception cref="SignerUnavailableException">It cannot sign now, or what it signed does not hold.</exception>
    public async Task<SignedCheckpoint> SignAsync(LogCheckpoint checkpoint, VerifierKey key, CancellationToken cancellationToken)
    {
        var text = checkpoint.ToString();
        var signature = await AskAsync(key.PublicKey, Encoding.UTF8.GetBytes(text), cancellationToken);
        var note = new SignedNote(text, [new(key.Name, key.KeyId, signature)]);
        try
        {
            return SignedCheckpoint.Open(note.ToString(), key, verifier);
        }
        catch (LogDamagedException fault)
        {
            throw new SignerUnavailableException("The signer's signature does not hold.", fault);
        }
    }

    private async Task<ReadOnlyMemory<byte>> AskAsync(ReadOnlyMemory<byte> key, byte[] text, CancellationToken cancellationToken)
    {
        try
        {
            return await signer.SignAsync(key, text, cancellationToken);
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or SignerUnavailableException))
        {
            throw new SignerUnavailableException($"The signer failed: {fault.Message}", fault);
        }
    }
}
