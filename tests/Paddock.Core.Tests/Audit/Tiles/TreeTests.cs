using System.Text;
using CsCheck;
using Paddock.Core.Audit.Tiles;

namespace Paddock.Core.Tests.Audit.Tiles;

/// <summary>Roots, tiles and proofs against RFC 6962 as it is written.</summary>
public sealed class TreeTests
{
    private static readonly int[] edges = [1, 2, 3, 255, 256, 257, 300, 511, 512, 513, 1000];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>The eight leaves that implementations of Certificate Transparency test with.</summary>
    [Fact]
    public void Roots_are_those_that_other_implementations_know()
    {
        string[] entries = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
        string[] roots =
        [
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        var leaves = entries.Select(entry => TreeHash.OfLeaf(Convert.FromHexString(entry))).ToArray();

        var ours = Enumerable.Range(0, roots.Length).Select(size => Convert.ToHexStringLower(TileBox.Of(leaves[..size]).Edge.Root.ToArray()));

        ours.ShouldBe(roots);
    }

    [Fact]
    public void A_long_entry_is_hashed_like_a_short_one()
    {
        var entry = Enumerable.Range(0, EntryBundle.LongestEntry).Select(i => (byte)i).ToArray();

        TreeHash.OfLeaf(entry).ToArray().ShouldBe(System.Security.Cryptography.SHA256.HashData([0, .. entry]));
    }

    [Fact]
    public async Task A_tree_of_any_size_grown_in_any_steps_has_the_root_and_the_proofs_of_the_RFC()
    {
        var leaves = TileBox.Leaves(1_100);
        var naive = new NaiveTree(leaves);
        await Gen.Select(Gen.OneOf(Gen.Int[1, 1_100], Gen.OneOfConst(edges)), Gen.Int[1, 400], Gen.Int[0, 1_099], Gen.Int[0, 1_100]).SampleAsync(
            async (size, step, number, before) =>
            {
                var (index, earlier) = (number % size, before % (size + 1));
                var box = TileBox.Of(leaves[..size], step);
                var tree = new TileTree(box, size);

                box.Edge.Root.ShouldBe(naive.Hash(0, size));
                (await tree.RootAsync(Cancelled)).ShouldBe(naive.Hash(0, size));
                (await tree.RootAsync(earlier, Cancelled)).ShouldBe(naive.Hash(0, earlier));
                (await TreeEdge.ReadAsync(box, size, Cancelled)).Root.ShouldBe(naive.Hash(0, size));
                (await tree.InclusionAsync(index, Cancelled)).ShouldBe(naive.Path(index, 0, size));
                (await tree.ConsistencyAsync(earlier, Cancelled)).ShouldBe(naive.Proof(earlier, size));
            },
            iter: 300);
    }

    [Fact]
    public async Task An_earlier_size_is_proven_from_the_tiles_of_a_later_one()
    {
        var leaves = TileBox.Leaves(800);
        var (box, naive) = (TileBox.Of(leaves, 7), new NaiveTree(leaves));
        foreach (var size in edges.Where(size => size <= 800))
        {
            var tree = new TileTree(box, size);

            (await tree.RootAsync(Cancelled)).ShouldBe(naive.Hash(0, size));
            (await tree.InclusionAsync(size - 1, Cancelled)).ShouldBe(naive.Path(size - 1, 0, size));
            (await TreeEdge.ReadAsync(box, size, Cancelled)).Root.ShouldBe(naive.Hash(0, size));
        }
    }

    [Fact]
    public async Task A_tree_over_the_third_level_has_the_right_root_tiles_and_proofs()
    {
        var leaves = TileBox.Leaves(70_000);
        var (box, naive) = (TileBox.Of(leaves, 1_000), new NaiveTree(leaves));
        foreach (var size in new[] { 65_535, 65_536, 65_537, 70_000 })
        {
            var tree = new TileTree(box, size);

            (await tree.RootAsync(Cancelled)).ShouldBe(naive.Hash(0, size));
            (await tree.InclusionAsync(65_534, Cancelled)).ShouldBe(naive.Path(65_534, 0, size));
            (await tree.ConsistencyAsync(65_535, Cancelled)).ShouldBe(naive.Proof(65_535, size));
        }

        // The numbers that c2sp.org/tlog-tiles gives for this size.
        box.All.Count(tile => tile is { Level: 0, Width: 256 }).ShouldBe(273);
        box.All.Where(tile => tile.Width < 256).Order().ShouldBe([(0, 273, 112), (1, 1, 17), (2, 0, 1)]);
        box.All.Count(tile => tile.Level == 1).ShouldBe(2);
        TileId.All(70_000).Select(tile => (tile.Level, tile.Index, tile.Width)).Order().ShouldBe(box.All.Order());
    }

    [Fact]
    public void A_proof_of_inclusion_holds_for_its_leaf_place_size_and_root_only()
    {
        var leaves = TileBox.Leaves(300);
        var naive = new NaiveTree(leaves);
        Gen.Select(Gen.Int[1, 300], Gen.Int[0, 299], Gen.Int[0, 20]).Sample(
            (size, number, at) =>
            {
                var index = number % size;
                TreeHash[] proof = [.. naive.Path(index, 0, size)];
                var root = naive.Hash(0, size);

                TreeProof.Includes(index, leaves[index], size, root, proof).ShouldBeTrue();
                TreeProof.Includes(index, TileBox.Leaf(-1), size, root, proof).ShouldBeFalse();
                TreeProof.Includes(index, leaves[index], size, TileBox.Leaf(-1), proof).ShouldBeFalse();
                TreeProof.Includes(index, leaves[index], size, root, [.. proof, TileBox.Leaf(-1)]).ShouldBeFalse();
                TreeProof.Includes(size, leaves[index], size, root, proof).ShouldBeFalse();
                TreeProof.Includes(-1, leaves[index], size, root, proof).ShouldBeFalse();
                if (size > 1)
                {
                    TreeProof.Includes((index + 1) % size, leaves[index], size, root, proof).ShouldBeFalse();
                    TreeProof.Includes(index, leaves[index], size, root, proof[1..]).ShouldBeFalse();
                    proof[at % proof.Length] = TileBox.Leaf(-1);
                    TreeProof.Includes(index, leaves[index], size, root, proof).ShouldBeFalse();
                }
            },
            iter: 1_000);
    }

    [Fact]
    public void A_proof_of_growth_holds_for_its_two_trees_only()
    {
        var leaves = TileBox.Leaves(300);
        var (naive, forked) = (new NaiveTree(leaves), new NaiveTree([TileBox.Leaf(-1), .. leaves[1..]]));
        Gen.Select(Gen.Int[1, 300], Gen.Int[0, 299], Gen.Int[0, 20]).Sample(
            (size, number, at) =>
            {
                var before = (number % size) + 1;
                TreeHash[] proof = [.. naive.Proof(before, size)];
                var (old, root) = (naive.Hash(0, before), naive.Hash(0, size));

                TreeProof.Grew(before, old, size, root, proof).ShouldBeTrue();
                TreeProof.Grew(before, forked.Hash(0, before), size, root, proof).ShouldBeFalse();
                TreeProof.Grew(before, old, size, forked.Hash(0, size), proof).ShouldBeFalse();
                TreeProof.Grew(before, old, size, forked.Hash(0, size), [.. forked.Proof(before, size)]).ShouldBeFalse();
                TreeProof.Grew(before, old, size, root, [.. proof, TileBox.Leaf(-1)]).ShouldBeFalse();
                if (proof.Length > 0)
                {
                    TreeProof.Grew(before, old, size, root, proof[1..]).ShouldBeFalse();
                    proof[at % proof.Length] = TileBox.Leaf(-1);
                    TreeProof.Grew(before, old, size, root, proof).ShouldBeFalse();
                }
            },
            iter: 1_000);
    }

    [Fact]
    public void Nothing_shrinks_and_everything_grows_from_nothing()
    {
        var (small, large) = (TileBox.Leaf(1), TileBox.Leaf(2));

        TreeProof.Grew(0, TreeHash.OfNothing, 5, large, []).ShouldBeTrue();
        TreeProof.Grew(0, TreeHash.OfNothing, 5, large, [small]).ShouldBeFalse();
        TreeProof.Grew(5, small, 5, small, []).ShouldBeTrue();
        TreeProof.Grew(5, small, 5, large, []).ShouldBeFalse();
        TreeProof.Grew(5, small, 4, large, []).ShouldBeFalse();
        TreeProof.Grew(-1, small, -1, small, []).ShouldBeFalse();
    }

    [Fact]
    public async Task A_tile_that_is_missing_is_a_damaged_log()
    {
        var tree = new TileTree(TileBox.Of(TileBox.Leaves(10)), 20);

        await Should.ThrowAsync<LogDamagedException>(async () => await tree.RootAsync(Cancelled));
    }

    [Fact]
    public void A_bundle_of_entries_reads_back_and_a_cut_one_is_none()
    {
        ReadOnlyMemory<byte>[] entries = [Encoding.UTF8.GetBytes("{}"), Array.Empty<byte>(), new byte[EntryBundle.LongestEntry]];

        var bundle = EntryBundle.Write(entries);

        bundle.AsSpan(0, 6).ToArray().ShouldBe(new byte[] { 0, 2, (byte)'{', (byte)'}', 0, 0 });
        EntryBundle.Read(bundle)!.Select(entry => entry.ToArray()).ShouldBe(entries.Select(entry => entry.ToArray()));
        EntryBundle.Read(bundle.AsMemory(0, bundle.Length - 1)).ShouldBeNull();
        EntryBundle.Read(bundle.AsMemory(0, 5)).ShouldBeNull();
        EntryBundle.Read(default)!.ShouldBeEmpty();
    }
}
