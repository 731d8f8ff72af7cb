using Paddock.Core.Audit.Tiles;
using Paddock.Store.Audit.Tiles;

namespace Paddock.Commands;

/// <summary>Copies a shard into a directory, file by file as a server has them, and verifies the copy. What is there already is not fetched again.</summary>
internal sealed class ArchivedShard(string directory)
{
    public long Files { get; private set; }

    public long Bytes { get; private set; }

    /// <exception cref="CommandException">Something of it is missing.</exception>
    /// <exception cref="LogDamagedException">The copy does not hold.</exception>
    public async Task<VerifiedLog> FillAsync(ILogSource source, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        var note = await source.CheckpointAsync(cancellationToken) ?? throw new CommandException("Nothing of this shard is published.");
        var vkey = await source.VerifierKeyAsync(cancellationToken) ?? throw new CommandException("The shard does not say its key.");
        if (VerifierKey.Parse(vkey) is not { } key)
        {
            throw new CommandException("The shard's key is none.");
        }

        var size = SignedCheckpoint.Open(note, key, new Ed25519Verifier()).Checkpoint.Size;
        foreach (var tile in TileId.All(size).Concat(Bundles(size)))
        {
            await FetchAsync(source, tile, cancellationToken);
        }

        await File.WriteAllTextAsync(Path.Combine(directory, "vkey"), vkey.TrimEnd('\n') + "\n", cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(directory, "checkpoint"), note, cancellationToken);
        return await new LogVerification(new FetchedLog(directory), new Ed25519Verifier()).RunAsync(key, note, cancellationToken);
    }

    /// <summary>Only the shard's end: its last checkpoint and its key.</summary>
    public async Task<LogCheckpoint> FillEndAsync(ILogSource source, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        var (note, vkey) = (await source.CheckpointAsync(cancellationToken) ?? "", await source.VerifierKeyAsync(cancellationToken) ?? "");
        var end = SignedCheckpoint.Open(note, VerifierKey.Parse(vkey) ?? throw new CommandException("The shard's key is none."), new Ed25519Verifier()).Checkpoint;
        await File.WriteAllTextAsync(Path.Combine(directory, "vkey"), vkey.TrimEnd('\n') + "\n", cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(directory, "checkpoint"), note, cancellationToken);
        return end;
    }

    private static IEnumerable<TileId> Bundles(long size)
    {
        for (var index = 0L; TileId.At(TileId.Entries, index, size) is { } bundle; index++)
        {
            yield return bundle;
        }
    }

    private async Task FetchAsync(ILogSource source, TileId tile, CancellationToken cancellationToken)
    {
        var file = Path.Combine(directory, tile.ToString());
        Files++;
        if (File.Exists(file))
        {
            Bytes += new FileInfo(file).Length;
            return;
        }

        var bytes = await source.ReadAsync(tile, cancellationToken) ?? throw new CommandException($"{tile} is not there; was the shard archived before?");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!); // below the directory
        await File.WriteAllBytesAsync(file + ".part", bytes.ToArray(), cancellationToken);
        File.Move(file + ".part", file);
        Bytes += bytes.Length;
    }
}
