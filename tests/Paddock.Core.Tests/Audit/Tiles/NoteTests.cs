using System.Text;
using Paddock.Core.Audit.Tiles;

namespace Paddock.Core.Tests.Audit.Tiles;

/// <summary>Notes, checkpoints and proofs as texts. Their signatures are checked where there is a library for them, in the store's tests.</summary>
public sealed class NoteTests
{
    private const string Text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    private const string Line = "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=";
    private const string Witness = "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==";

    [Fact]
    public void The_checkpoint_in_the_specification_reads_and_writes()
    {
        var note = SignedNote.Parse($"{Text}\n{Line}\n{Witness}\n")!;

        note.ToString().ShouldBe($"{Text}\n{Line}\n{Witness}\n");
        note.Text.ShouldBe(Text);
        note.Signatures.Select(signature => signature.Name).ShouldBe(["example.com/behind-the-sofa", "witness.example.com/w1"]);
        Cosignature.TimeOf(note.Signatures[1]).ShouldBe(DateTimeOffset.FromUnixTimeSeconds(1_679_315_147));
        var checkpoint = LogCheckpoint.Parse(note.Text)!;
        checkpoint.ShouldBe(new("example.com/behind-the-sofa", 20_852_163, TreeHash.Parse("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=")!.Value));
        checkpoint.ToString().ShouldBe(Text);
    }

    [Fact]
    public void What_a_witness_signs_is_the_time_and_the_text() =>
        Encoding.UTF8.GetString(Cosignature.Message(Text, DateTimeOffset.FromUnixTimeSeconds(1_679_315_147))).ShouldBe("cosignature/v1\ntime 1679315147\n" + Text);

    [Theory]
    [InlineData("")]
    [InlineData("text\n")]
    [InlineData("text\n\n")]
    [InlineData("text\n\n— name AAAAAAA=")] // no newline
    [InlineData("text\n\n— name AAAAAAA=\nmore\n")]
    [InlineData("text\n\n— name\n")]
    [InlineData("text\n\n— na+me AAAAAAA=\n")]
    [InlineData("text\n\n— name AAAAAA==\n")] // four bytes: an id, and no signature
    [InlineData("text\n\n— name AAAAAAB=\n")] // stray bits
    [InlineData("text\n\n— name AAAA AAA=\n")]
    [InlineData("text\n\n- name AAAAAAA=\n")]
    [InlineData("te\txt\n\n— name AAAAAAA=\n")]
    [InlineData("text\r\n\n— name AAAAAAA=\n")]
    [InlineData("\n\n— name AAAAAAA=\n")]
    public void Anything_else_is_no_note(string note) => SignedNote.Parse(note).ShouldBeNull();

    [Fact]
    public void A_text_may_hold_empty_lines_and_the_last_one_ends_it() => SignedNote.Parse("a\n\nb\n\n— name AAAAAAA=\n")!.Text.ShouldBe("a\n\nb\n");

    [Fact]
    public void More_signatures_than_anyone_needs_are_not_read() =>
        SignedNote.Parse("a\n\n" + string.Concat(Enumerable.Repeat("— name AAAAAAA=\n", 65))).ShouldBeNull();

    [Theory]
    [InlineData("log\n01\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("log\n-1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("log\n9223372036854775808\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("log\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I\n")]
    [InlineData("log\n1\nAAAA\n")]
    [InlineData("\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("log\n1\n")]
    [InlineData("log\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=")]
    [InlineData("log\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\nmore\n")]
    public void Anything_else_is_no_checkpoint(string text) => LogCheckpoint.Parse(text).ShouldBeNull();

    [Fact]
    public void Lines_after_the_third_are_read_over() =>
        LogCheckpoint.Parse("log\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\nextension\n")!.Size.ShouldBe(1);

    /// <summary>The key of the Go documentation's example.</summary>
    [Fact]
    public void A_verifier_key_reads_and_writes_and_knows_its_id()
    {
        const string text = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

        var key = VerifierKey.Parse(text)!;

        (key.Name, key.Algorithm, key.KeyId).ShouldBe(("PeterNeumann", NoteAlgorithm.Ed25519, 0xc74f20a3));
        key.ToString().ShouldBe(text);
        new VerifierKey("PeterNeumann", NoteAlgorithm.Ed25519, key.PublicKey.Span).ShouldBe(key);
        new VerifierKey("PeterNeumann", NoteAlgorithm.Cosignature, key.PublicKey.Span).KeyId.ShouldNotBe(key.KeyId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeuman+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+c74f20a3+ABpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq")]
    [InlineData("PeterNeumann+c74f20a3")]
    [InlineData("Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    public void Anything_else_is_no_verifier_key(string text) => VerifierKey.Parse(text).ShouldBeNull();

    [Fact]
    public void A_proof_reads_and_writes_with_and_without_extra_data()
    {
        var note = $"{Text}\n{Line}\n";
        var proof = new LogProof(73_894, [TileBox.Leaf(1), TileBox.Leaf(2)], note);
        var text = proof.ToString();

        text.ShouldBe($"c2sp.org/tlog-proof@v1\nindex 73894\n{TileBox.Leaf(1)}\n{TileBox.Leaf(2)}\n\n{note}");
        foreach (var read in new[] { LogProof.Parse(text)!, LogProof.Parse(text.Replace("index", "extra YWdl\nindex", StringComparison.Ordinal))! })
        {
            (read.Index, read.Checkpoint).ShouldBe((73_894, note));
            read.Hashes.ShouldBe(proof.Hashes);
        }

        new LogProof(0, [], note).ToString().ShouldBe($"c2sp.org/tlog-proof@v1\nindex 0\n\n{note}");
        LogProof.Parse(new LogProof(0, [], note).ToString())!.Hashes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("c2sp.org/tlog-proof@v1\n")]
    [InlineData("c2sp.org/tlog-proof@v1\n\nnote")]
    [InlineData("c2sp.org/tlog-proof@v1\nextra YWdl\n\nnote")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 01\n\nnote")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n\nnote")]
    [InlineData("c2sp.org/tlog-proof@v2\nindex 1\n\nnote")]
    public void Anything_else_is_no_proof(string text) => LogProof.Parse(text).ShouldBeNull();
}
