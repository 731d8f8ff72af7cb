using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;
using Paddock.Core.Audit.Tiles;
using Paddock.Store.Coordination;

namespace Paddock.Store.Audit.Witnesses;

/// <summary>A witness's own key, in its state directory (<c>witness.key</c>, 0600); made when there is none.</summary>
internal sealed class WitnessKey : IDisposable
{
    private const int SeedLength = 32;
    private readonly Key key;

    private WitnessKey(Key key, VerifierKey verifier) => (this.key, Verifier) = (key, verifier);

    public VerifierKey Verifier { get; }

    /// <param name="name">Of the key: a name without spaces and plus signs, fixed when it is made.</param>
    /// <exception cref="InvalidDataException">The file holds no key, or one of another name.</exception>
    public static WitnessKey Open(string directory, string name)
    {
        var file = Path.Combine(directory, "witness.key");
        if (!File.Exists(file))
        {
            DurableFile.Replace(file, Encoding.UTF8.GetBytes($"{name}\n{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SeedLength))}\n"));
        }

        if (File.ReadAllLines(file) is not [var made, { Length: 2 * SeedLength } seed] || !seed.All(char.IsAsciiHexDigit))
        {
            throw new InvalidDataException($"{file} holds no key.");
        }

        if (made != name)
        {
            throw new InvalidDataException($"The witness's key was made for the name {made}, not {name}; a name says whose signatures these are, and stays.");
        }

        var read = Key.Import(SignatureAlgorithm.Ed25519, Convert.FromHexString(seed), KeyBlobFormat.RawPrivateKey);
        return new(read, new(name, NoteAlgorithm.Cosignature, read.PublicKey.Export(KeyBlobFormat.RawPublicKey)));
    }

    /// <summary>Signs that a checkpoint was seen at this time.</summary>
    public NoteSignature Cosign(string text, DateTimeOffset at) => Cosignature.Of(Verifier, at, SignatureAlgorithm.Ed25519.Sign(key, Cosignature.Message(text, at)));

    public void Dispose() => key.Dispose();
}
