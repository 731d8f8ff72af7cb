using System.Text;
using Paddock.Core.Audit.Tiles;

namespace Paddock.Core.Tests.Audit.Tiles;

/// <summary>Which shards are believed, given the key of one of them or a checkpoint of it.</summary>
public sealed class ShardTrustTests
{
    [Fact]
    public void Given_the_same_key_an_archived_shard_is_followed_by_those_that_come_after() =>
        Should.NotThrow(() => Check([Shard(1, 'a', isArchived: true), Shard(2, 'a', isArchived: true), Shard(3, 'a')], expected: 1));

    [Fact]
    public void Given_a_trusted_shard_that_names_the_next_key_the_next_is_trusted_and_so_is_a_restart_under_that_key() =>
        Should.NotThrow(() => Check([Shard(1, 'a', names: Key(2, 'b')), Shard(2, 'b'), Shard(3, 'b', isRestarted: true)], expected: 1));

    [Fact]
    public void Given_another_key_after_an_archive_it_must_be_given() =>
        Refused([Shard(1, 'a', isArchived: true), Shard(2, 'b', names: Key(3, 'c')), Shard(3, 'c')], expected: 1)
            .ShouldBe("The key of shard 2 is named only in the archive of shard 1; give --vkey of shard 2.");

    [Fact]
    public void Given_a_restart_under_another_key_it_must_be_given() =>
        Refused([Shard(1, 'a', names: Key(2, 'c')), Shard(2, 'b', isRestarted: true)], expected: 1).ShouldContain("give --vkey of shard 2");

    [Fact]
    public void Given_a_checkpoint_that_was_kept_of_an_archived_shard_another_key_after_it_is_not_trusted() =>
        Refused([Shard(1, 'a', isArchived: true), Shard(2, 'b')], expected: null, kept: "log/1").ShouldContain("give --vkey of shard 2");

    [Fact]
    public void Given_the_key_of_a_later_shard_those_whose_ends_it_holds_need_none() =>
        Should.NotThrow(() => Check([Shard(1, 'a', isArchived: true), Shard(2, 'b', names: Key(3, 'c')), Shard(3, 'c')], expected: 3, kept: "log/1"));

    [Fact]
    public void Given_the_key_of_a_restarted_shard_it_does_not_vouch_for_one_that_nobody_named() =>
        Refused([Shard(1, 'a', isArchived: true), Shard(2, 'b'), Shard(3, 'c', isRestarted: true)], expected: 3, kept: "log/1").ShouldContain("give --vkey of shard 2");

    [Fact]
    public void Given_neither_key_nor_checkpoint_all_keys_are_the_logs_own_word() =>
        Should.NotThrow(() => Check([Shard(1, 'a', isArchived: true), Shard(2, 'b'), Shard(3, 'c', isRestarted: true)], expected: null));

    [Fact]
    public void An_archived_shard_after_one_that_is_not_is_refused() =>
        Should.Throw<LogDamagedException>(() => ShardLinks.Check(Shard(1, 'a'), Shard(2, 'a', isArchived: true))).Message.ShouldBe("Shard 2 is said to be archived, and shard 1 before it is not.");

    private static string Refused(IReadOnlyList<VerifiedShard> shards, int? expected, string? kept = null) =>
        Should.Throw<LogDamagedException>(() => Check(shards, expected, kept)).Message;

    private static void Check(IReadOnlyList<VerifiedShard> shards, int? expected, string? kept = null) =>
        ShardTrust.Check(shards, expected is { } number ? shards[number - 1].Key : null, kept);

    private static VerifierKey Key(int number, char key) => new($"log/{number}", NoteAlgorithm.Ed25519, Encoding.ASCII.GetBytes(new string(key, 32)));

    private static VerifiedShard Shard(int number, char letter, VerifierKey? names = null, bool isArchived = false, bool isRestarted = false)
    {
        var (key, head) = (Key(number, letter), new LogCheckpoint($"log/{number}", 1, TreeHash.OfLeaf("{}"u8)));
        var signed = new SignedCheckpoint(head, new SignedNote(head.ToString(), []));
        var last = Encoding.UTF8.GetBytes(names is null ? "{}" : $$$"""{"act":"audit.shard_closed","next":{"vkey":"{{{names}}}"}}""");
        return new(new(number, head.Origin, key.ToString(), 1, head.Root.ToString(), default, null, isArchived ? DateTimeOffset.UnixEpoch : null, isRestarted), signed, key, isArchived ? null : new(signed, key, 0, last, last));
    }
}
