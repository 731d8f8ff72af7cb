using Paddock.Core.Audit.Tiles;

namespace Paddock.EndToEnd.Tests.Audit;

/// <summary>A log as files, by the paths it has on a server: fetched, copied, tampered with.</summary>
internal sealed class LogTree(string directory)
{
    public string Directory => directory;

    public string CheckpointFile => At("checkpoint");

    public string Vkey => File.ReadAllText(At("vkey")).Trim();

    public LogCheckpoint Checkpoint => LogCheckpoint.Parse(SignedNote.Parse(File.ReadAllText(CheckpointFile))!.Text)!; // written by a log

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Fetches all there is, as anybody could.</summary>
    public static async Task<LogTree> FetchAsync(HttpClient http, string directory)
    {
        var tree = new LogTree(directory);
        tree.Write("vkey", await http.GetByteArrayAsync("/audit/vkey", Cancelled));
        tree.Write("checkpoint", await http.GetByteArrayAsync("/audit/checkpoint", Cancelled));
        foreach (var tile in tree.Tiles())
        {
            tree.Write(tile.ToString(), await http.GetByteArrayAsync($"/audit/{tile}", Cancelled));
        }

        return tree;
    }

    /// <summary>A log with other entries, or fewer: whole in itself, and signed with the log's own key.</summary>
    public static async Task<LogTree> ForgeAsync(LogTree like, IReadOnlyList<ReadOnlyMemory<byte>> entries, ILogSigner signer, string directory)
    {
        var tree = new LogTree(directory);
        tree.Write("vkey", await File.ReadAllBytesAsync(like.At("vkey"), Cancelled));
        tree.Rebuild(entries);
        var edge = TreeEdge.Empty.Append(entries.Select(static entry => TreeHash.OfLeaf(entry.Span)), []);
        var key = VerifierKey.Parse(like.Vkey)!; // served by a log
        var text = new LogCheckpoint(key.Name, edge.Size, edge.Root).ToString();
        var signature = await signer.SignAsync(key.PublicKey, System.Text.Encoding.UTF8.GetBytes(text), Cancelled);
        await File.WriteAllTextAsync(tree.CheckpointFile, new SignedNote(text, [new(key.Name, key.KeyId, signature)]).ToString(), Cancelled);
        return tree;
    }

    public LogTree Copy(string target)
    {
        foreach (var file in System.IO.Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(directory, file));
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(copy)!); // below the target
            File.Copy(file, copy);
        }

        return new(target);
    }

    public string At(string path) => Path.Combine(directory, path);

    public List<ReadOnlyMemory<byte>> Entries() =>
        [.. Tiles().Where(static tile => tile.Level == TileId.Entries).SelectMany(tile => EntryBundle.Read(File.ReadAllBytes(At(tile.ToString())))!)]; // written by a log

    /// <summary>Flips a bit of one byte.</summary>
    public void Flip(string path, int at)
    {
        var bytes = File.ReadAllBytes(At(path));
        bytes[at] ^= 1;
        File.WriteAllBytes(At(path), bytes);
    }

    /// <summary>Writes bundles and all tiles anew; the checkpoint stays.</summary>
    public void Rebuild(IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        var tiles = new Dictionary<TileId, ReadOnlyMemory<byte>>();
        var edge = TreeEdge.Empty;
        foreach (var chunk in entries.Chunk(TileId.Full))
        {
            var changed = new List<Tile>();
            Write(new TileId(TileId.Entries, edge.Size / TileId.Full, chunk.Length).ToString(), EntryBundle.Write(chunk));
            edge = edge.Append(chunk.Select(static entry => TreeHash.OfLeaf(entry.Span)), changed);
            changed.ForEach(tile => tiles[tile.Id] = tile.Hashes);
        }

        foreach (var tile in TileId.All(entries.Count))
        {
            Write(tile.ToString(), tiles[tile].ToArray());
        }
    }

    private IEnumerable<TileId> Tiles()
    {
        var size = Checkpoint.Size;
        for (var index = 0L; TileId.At(TileId.Entries, index, size) is { } bundle; index++)
        {
            yield return bundle;
        }

        foreach (var tile in TileId.All(size))
        {
            yield return tile;
        }
    }

    private void Write(string path, byte[] bytes)
    {
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(At(path))!); // below the directory
        File.WriteAllBytes(At(path), bytes);
    }
}
