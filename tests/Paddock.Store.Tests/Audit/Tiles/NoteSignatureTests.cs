using System.Text;
using NSec.Cryptography;
using Paddock.Core.Audit.Tiles;
using Paddock.Core.Identity;
using Paddock.Store.Audit.Tiles;

namespace Paddock.Store.Tests.Audit.Tiles;

/// <summary>Signatures of notes, with the library that makes and checks them.</summary>
public sealed class NoteSignatureTests
{
    /// <summary>The example of the Go documentation of golang.org/x/mod/sumdb/note.</summary>
    private const string Neumann =
        "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    private static readonly Ed25519Verifier verifier = new();
    private static readonly VerifierKey peter = VerifierKey.Parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void A_note_that_another_implementation_signed_holds_and_no_other_text_does()
    {
        SignedNote.Parse(Neumann)!.IsSignedBy(peter, verifier).ShouldBeTrue();
        SignedNote.Parse(Neumann.Replace("answer", "question", StringComparison.Ordinal))!.IsSignedBy(peter, verifier).ShouldBeFalse();
        SignedNote.Parse(Neumann)!.IsSignedBy(new("Peter", NoteAlgorithm.Ed25519, peter.PublicKey.Span), verifier).ShouldBeFalse();
    }

    [Fact]
    public void A_signature_of_a_known_key_that_fails_spoils_the_note_and_an_unknown_one_does_not()
    {
        var note = SignedNote.Parse(Neumann)!;
        var wrong = note.Signatures[0] with { Signature = new byte[64] };

        (note with { Signatures = [note.Signatures[0], wrong] }).IsSignedBy(peter, verifier).ShouldBeFalse();
        (note with { Signatures = [note.Signatures[0], wrong with { Signature = new byte[3] }] }).IsSignedBy(peter, verifier).ShouldBeFalse();
        (note with { Signatures = [wrong with { KeyId = 1 }, note.Signatures[0]] }).IsSignedBy(peter, verifier).ShouldBeTrue();
    }

    [Fact]
    public async Task A_signer_signs_as_the_key_file_says_and_so_does_the_environments()
    {
        var seed = new string('a', 64);
        foreach (var text in new[] { seed, $"{seed},{new string('b', 64)}", $"{seed}\n{new string('b', 64)}\n" })
        {
            var signer = new KeyFileSigner(new() { DataDirectory = "/nowhere", AuditKeys = new Secret(text) });
            var key = new VerifierKey("log", NoteAlgorithm.Ed25519, (await signer.CurrentAsync(Cancelled)).Span);

            var signed = await new LogSigning(signer, verifier).SignAsync(new("log", 3, TreeHash.OfNothing), key, Cancelled);

            SignedCheckpoint.Open(signed.ToString(), key, verifier).Checkpoint.Size.ShouldBe(3);
        }
    }

    [Fact]
    public async Task An_earlier_key_still_signs_and_a_strange_one_does_not()
    {
        var old = new KeyFileSigner(new() { DataDirectory = "/nowhere", AuditKeys = new Secret(new string('b', 64)) });
        var signer = new KeyFileSigner(new() { DataDirectory = "/nowhere", AuditKeys = new Secret($"{new string('a', 64)},{new string('b', 64)}") });
        var key = new VerifierKey("log", NoteAlgorithm.Ed25519, (await old.CurrentAsync(Cancelled)).Span);

        (await new LogSigning(signer, verifier).SignAsync(new("log", 3, TreeHash.OfNothing), key, Cancelled)).Note.IsSignedBy(key, verifier).ShouldBeTrue();
        await Should.ThrowAsync<SignerUnavailableException>(async () => await signer.SignAsync(new byte[32], "text"u8.ToArray(), Cancelled));
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")]
    public async Task What_is_no_key_is_said_to_be_none(string text)
    {
        var signer = new KeyFileSigner(new() { DataDirectory = "/nowhere", AuditKeys = new Secret(text) });

        (await Should.ThrowAsync<SignerUnavailableException>(async () => await signer.CurrentAsync(Cancelled))).Message.ShouldContain("PADDOCK_AUDIT_KEY holds no key");
    }

    [Fact]
    public void A_cosignature_holds_for_its_time_and_text_only()
    {
        using var secret = Key.Import(SignatureAlgorithm.Ed25519, new byte[32], KeyBlobFormat.RawPrivateKey);
        var key = new VerifierKey("witness.example", NoteAlgorithm.Cosignature, secret.PublicKey.Export(KeyBlobFormat.RawPublicKey));
        var checkpoint = new LogCheckpoint("log", 3, TreeHash.OfNothing);
        var at = DateTimeOffset.FromUnixTimeSeconds(1_679_315_147);
        var cosigned = Cosignature.Of(key, at, SignatureAlgorithm.Ed25519.Sign(secret, Cosignature.Message(checkpoint.ToString(), at)));
        var later = Cosignature.Of(key, at.AddSeconds(1), cosigned.Signature.Span[8..]);

        new SignedNote(checkpoint.ToString(), [cosigned]).IsSignedBy(key, verifier).ShouldBeTrue();
        new SignedNote(checkpoint.ToString(), [later]).IsSignedBy(key, verifier).ShouldBeFalse();
        new SignedNote(checkpoint.ToString().Replace("3", "4", StringComparison.Ordinal), [cosigned]).IsSignedBy(key, verifier).ShouldBeFalse();
        Cosignature.TimeOf(cosigned).ShouldBe(at);
    }

    [Fact]
    public void A_proof_holds_for_its_entry_under_its_logs_key_only()
    {
        using var secret = Key.Import(SignatureAlgorithm.Ed25519, new byte[32], KeyBlobFormat.RawPrivateKey);
        var key = new VerifierKey("log", NoteAlgorithm.Ed25519, secret.PublicKey.Export(KeyBlobFormat.RawPublicKey));
        byte[][] entries = [[1], [2]];
        var root = TreeHash.OfNode(TreeHash.OfLeaf(entries[0]), TreeHash.OfLeaf(entries[1]));
        var text = new LogCheckpoint("log", 2, root).ToString();
        var note = new SignedNote(text, [new("log", key.KeyId, SignatureAlgorithm.Ed25519.Sign(secret, Encoding.UTF8.GetBytes(text)))]);
        var proof = LogProof.Parse(new LogProof(1, [TreeHash.OfLeaf(entries[0])], note.ToString()).ToString())!;

        proof.Check(entries[1], key, verifier).Size.ShouldBe(2);
        Should.Throw<LogDamagedException>(() => proof.Check(entries[0], key, verifier));
        Should.Throw<LogDamagedException>(() => (proof with { Index = 0 }).Check(entries[1], key, verifier));
        Should.Throw<LogDamagedException>(() => proof.Check(entries[1], new("log", NoteAlgorithm.Ed25519, new byte[32]), verifier));
        Should.Throw<LogDamagedException>(() => proof.Check(entries[1], new("other", NoteAlgorithm.Ed25519, key.PublicKey.Span), verifier));
    }
}
