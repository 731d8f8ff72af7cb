namespace Paddock.Core.Identity;

/// <summary>
/// Secret bytes of the installation, at least 32: keys are stored as HMACs under it, and fingerprints of prompts and tools are keyed by it.
/// It lives in <c>DIR/keys</c> (0600) or the environment, never in the database.
/// </summary>
public sealed class Pepper
{
    private readonly byte[] bytes;

    public Pepper(ReadOnlySpan<byte> bytes) =>
        this.bytes = bytes.Length >= 32 ? bytes.ToArray() : throw new ArgumentException("A pepper has at least 32 bytes.", nameof(bytes));

    public ReadOnlySpan<byte> Bytes => bytes;

    public override string ToString() => "[secret]";
}
