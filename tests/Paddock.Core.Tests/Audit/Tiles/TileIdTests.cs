using CsCheck;
using Paddock.Core.Audit.Tiles;

namespace Paddock.Core.Tests.Audit.Tiles;

/// <summary>Paths of tiles, as c2sp.org/tlog-tiles writes them.</summary>
public sealed class TileIdTests
{
    [Theory]
    [InlineData(0, 1_234_067, 256, "tile/0/x001/x234/067")]
    [InlineData(0, 0, 256, "tile/0/000")]
    [InlineData(2, 0, 1, "tile/2/000.p/1")]
    [InlineData(TileId.Entries, 1_000, 255, "tile/entries/x001/000.p/255")]
    [InlineData(7, 999, 256, "tile/7/999")]
    public void A_tile_has_one_path(int level, long index, int width, string path)
    {
        new TileId(level, index, width).ToString().ShouldBe(path);
        TileId.Parse(path).ShouldBe(new TileId(level, index, width));
    }

    [Theory]
    [InlineData("tile/0/67")]
    [InlineData("tile/0/0067")]
    [InlineData("tile/0/001/067")]
    [InlineData("tile/0/x000/067")]
    [InlineData("tile/0/x001/x067")]
    [InlineData("tile/00/067")]
    [InlineData("tile/8/067")]
    [InlineData("tile/-1/067")]
    [InlineData("tile/0/067.p/0")]
    [InlineData("tile/0/067.p/256")]
    [InlineData("tile/0/067.p/01")]
    [InlineData("tile/0/067.p")]
    [InlineData("tile/0/067/")]
    [InlineData("tile/0/x001/067.p/3/4")]
    [InlineData("tile/0/")]
    [InlineData("tile/0")]
    [InlineData("tiles/0/067")]
    [InlineData("tile/0/x999/x999/x999/x999/x999/x999/999")]
    [InlineData("tile/0/٠٦٧")]
    public void Any_other_path_names_none(string path) => TileId.Parse(path).ShouldBeNull();

    [Fact]
    public void Every_tile_of_any_log_reads_back_from_its_path() =>
        Gen.Select(Gen.Int[-1, 7], Gen.Long[0, 999_999_999_999_999_999], Gen.Int[1, 256]).Sample((level, index, width) =>
            TileId.Parse(new TileId(level, index, width).ToString()).ShouldBe(new TileId(level, index, width)));

    [Fact]
    public void A_tree_has_a_partial_tile_only_where_a_level_is_not_full()
    {
        TileId.At(0, 0, 256).ShouldBe(new(0, 0, 256));
        TileId.At(1, 0, 256).ShouldBe(new(1, 0, 1));
        TileId.At(0, 1, 256).ShouldBeNull();
        TileId.At(1, 0, 255).ShouldBeNull();
        TileId.At(TileId.Entries, 1, 300).ShouldBe(new(TileId.Entries, 1, 44));
        TileId.All(0).ShouldBeEmpty();
    }
}
