namespace Paddock.Core.Audit.Tiles;

/// <summary>Checks Ed25519 signatures (RFC 8032).</summary>
public interface ISignatureVerifier
{
    /// <param name="publicKey">32 bytes.</param>
    /// <param name="signature">64 bytes.</param>
    /// <returns>False also when key or signature are none.</returns>
    bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);
}
