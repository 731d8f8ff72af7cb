using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NSec.Cryptography;
using Paddock.Core.Audit.Tiles;
using Paddock.Core.Audit.Witnesses;
using Paddock.Store.Audit.Tiles;
using Paddock.Store.Audit.Witnesses;

namespace Paddock.Store.Tests.Audit.Witnesses;

/// <summary>A witness signs each log only as it grows, whoever asks and in whatever order, and remembers it over a restart.</summary>
public sealed class WitnessBookTests : IDisposable
{
    private const string Origin = "log.example/audit/org_1";

    private readonly string directory = Directory.CreateTempSubdirectory("paddock-witness-").FullName;
    private readonly FakeTimeProvider time = new(new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero));
    private readonly Key key = Key.Create(SignatureAlgorithm.Ed25519);
    private readonly List<TreeHash> leaves = [.. Enumerable.Range(0, 40).Select(static i => TreeHash.OfLeaf([(byte)i]))];
    private WitnessBook? book;

    private VerifierKey LogKey => new(Origin, NoteAlgorithm.Ed25519, key.PublicKey.Export(KeyBlobFormat.RawPublicKey));

    private WitnessBook Book => book ??= WitnessBook.Open(directory, "witness.example/w", [LogKey], file: null, time, NullLogger<WitnessBook>.Instance);

    public void Dispose()
    {
        book?.Dispose();
        key.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public void A_log_that_grows_is_signed_with_the_time()
    {
        Add(0, 7).Status.ShouldBe(200);
        var answer = Add(7, 20);

        answer.Status.ShouldBe(200, answer.Body);
        var note = SignedNote.Parse(Note(20, leaves) + answer.Body)!;
        note.IsSignedBy(Book.Key, new Ed25519Verifier()).ShouldBeTrue();
        Cosignature.TimeOf(note.Signatures[^1]).ShouldBe(time.GetUtcNow());
        Add(20, 20).Status.ShouldBe(200, "what it has seen it signs again");
    }

    [Fact]
    public void What_it_has_seen_survives_it_and_so_does_its_key()
    {
        Add(0, 20);
        var vkey = Book.Key;
        Should.Throw<IOException>(() => WitnessBook.Open(directory, "witness.example/w", [LogKey], null, time, NullLogger<WitnessBook>.Instance));
        book!.Dispose();
        book = null;

        Add(0, 30).ShouldBe(new(409, "20\n", "text/x.tlog.size"));
        Book.Key.ShouldBe(vkey);
    }

    [Fact]
    public void A_log_that_was_cut_back_is_not_signed()
    {
        Add(0, 20);

        Add(20, 10).Status.ShouldBe(400);
        Add(10, 10).ShouldBe(new(409, "20\n", "text/x.tlog.size"));
        Add(0, 10).Status.ShouldBe(409);
    }

    [Fact]
    public void A_second_history_under_the_same_key_is_not_signed_and_kept_as_proof()
    {
        Add(0, 20);
        List<TreeHash> other = [.. leaves[..5], TreeHash.OfLeaf("other"u8), .. leaves[6..]];

        Add(20, 30, other).Status.ShouldBe(422);
        Add(20, 20, other).Status.ShouldBe(409);

        Directory.EnumerateFiles(Path.Combine(directory, "conflicts")).Count().ShouldBe(2);
        Add(20, 30).Status.ShouldBe(200, "the log itself goes on");
    }

    [Fact]
    public void Who_is_not_known_or_has_another_key_gets_nothing()
    {
        using var stranger = Key.Create(SignatureAlgorithm.Ed25519);
        Book.Add(new AddCheckpoint(0, [], Note(5, leaves, "other.example/log")).ToString()).Status.ShouldBe(404);
        Book.Add(new AddCheckpoint(0, [], Note(5, leaves, Origin, stranger)).ToString()).Status.ShouldBe(403);
        Book.Add(new AddCheckpoint(0, [], Note(5, leaves).Replace("\n5\n", "\n6\n", StringComparison.Ordinal)).ToString()).Status.ShouldBe(403);
        Add(0, 5).Status.ShouldBe(200);
    }

    [Fact]
    public void A_later_shard_under_the_same_key_is_known_and_a_new_beginning_is_not()
    {
        Book.Add(new AddCheckpoint(0, [], Note(5, leaves, Origin + "/2")).ToString()).Status.ShouldBe(200);
        Book.Add(new AddCheckpoint(0, [], Note(9, leaves, Origin + "/2")).ToString()).ShouldBe(new(409, "5\n", "text/x.tlog.size"));
        foreach (var origin in new[] { Origin + "/3.0a1b2c3d", Origin + "/02", Origin + "/1", Origin + "/2/2", Origin + "/x", "log.example/audit/org_2/2" })
        {
            Book.Add(new AddCheckpoint(0, [], Note(5, leaves, origin)).ToString()).Status.ShouldBe(404, origin);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("old 0\n")]
    [InlineData("old 00\n\n{note}")]
    [InlineData("old -1\n\n{note}")]
    [InlineData("old 0\nx\n\n{note}")]
    [InlineData("new 0\n\n{note}")]
    [InlineData("old 0\n\nx\n5\n")]
    [InlineData("old 6\n\n{note}")]
    public void What_is_no_request_is_refused(string body) => Book.Add(body.Replace("{note}", Note(5, leaves), StringComparison.Ordinal)).Status.ShouldBe(400);

    [Fact]
    public void A_proof_that_is_too_long_or_not_needed_is_refused()
    {
        var hashes = Enumerable.Repeat(leaves[0], 64);
        Book.Add(new AddCheckpoint(0, [.. hashes], Note(5, leaves)).ToString()).Status.ShouldBe(400);
        Book.Add(new AddCheckpoint(0, [leaves[0]], Note(5, leaves)).ToString()).Status.ShouldBe(422);
        Book.Add(new AddCheckpoint(0, [], Note(0, [])).ToString()).Status.ShouldBe(200, "an empty log has grown from nothing");
    }

    [Fact]
    public async Task Of_many_that_ask_at_once_each_answer_continues_the_one_before()
    {
        Add(0, 1);
        var answers = await Task.WhenAll(Enumerable.Range(2, 38).Select(size => Task.Run(() => (Size: size, Add(1, size).Status))));

        answers.Count(answer => answer.Status == 200).ShouldBe(1);
        answers.Count(answer => answer.Status == 409).ShouldBe(37);
        Add(0, 40).Body.ShouldBe($"{answers.Single(answer => answer.Status == 200).Size}\n");
    }

    [Fact]
    public void When_what_was_seen_is_damaged_nothing_is_signed()
    {
        Add(0, 20);
        var file = Directory.EnumerateFiles(Path.Combine(directory, "logs")).Single();
        File.WriteAllText(file, "x");

        Should.Throw<InvalidDataException>(() => Add(0, 30));
        Should.Throw<InvalidDataException>(() => Add(20, 30));
    }

    [Fact]
    public void Keys_of_logs_come_from_a_file_too_and_are_read_again()
    {
        var file = Path.Combine(directory, "known");
        File.WriteAllText(file, "# none yet\n");
        using var other = WitnessBook.Open(Path.Combine(directory, "other"), "w", [], file, time, NullLogger<WitnessBook>.Instance);
        other.Add(new AddCheckpoint(0, [], Note(5, leaves)).ToString()).Status.ShouldBe(404);
        File.WriteAllText(file, LogKey + "\n");
        File.SetLastWriteTimeUtc(file, new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        other.Add(new AddCheckpoint(0, [], Note(5, leaves)).ToString()).Status.ShouldBe(200);
    }

    private WitnessAnswer Add(int old, int size, List<TreeHash>? tree = null)
    {
        var hashes = tree ?? leaves;
        return Book.Add(new AddCheckpoint(old, [.. Proof(old, size, hashes)], Note(size, hashes)).ToString());
    }

    private static List<TreeHash> Proof(int old, int size, List<TreeHash> hashes) => old == 0 || old >= size ? [] : Part(old, hashes[..size], isWhole: true);

    /// <summary>SUBPROOF of RFC 6962, section 2.1.2.</summary>
    private static List<TreeHash> Part(int old, List<TreeHash> hashes, bool isWhole)
    {
        if (old == hashes.Count)
        {
            return isWhole ? [] : [Root(hashes)];
        }

        var left = 1;
        while (left * 2 < hashes.Count)
        {
            left *= 2;
        }

        return old <= left ? [.. Part(old, hashes[..left], isWhole), Root(hashes[left..])] : [.. Part(old - left, hashes[left..], isWhole: false), Root(hashes[..left])];
    }

    private static TreeHash Root(List<TreeHash> hashes)
    {
        var peaks = new TreePeaks();
        hashes.ForEach(hash => peaks.Add(hash));
        return peaks.Root;
    }

    private string Note(int size, List<TreeHash> hashes, string origin = Origin, Key? by = null)
    {
        var text = new LogCheckpoint(origin, size, Root(hashes[..size])).ToString();
        var own = by ?? key;
        var verifier = new VerifierKey(origin, NoteAlgorithm.Ed25519, own.PublicKey.Export(KeyBlobFormat.RawPublicKey));
        return new SignedNote(text, [new(origin, verifier.KeyId, SignatureAlgorithm.Ed25519.Sign(own, Encoding.UTF8.GetBytes(text)))]).ToString();
    }
}
