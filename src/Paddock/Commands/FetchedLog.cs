using System.Globalization;
using System.Text.Json;
using Paddock.Control;
using Paddock.Core.Audit.Tiles;

namespace Paddock.Commands;

/// <summary>A log that somebody fetched: files by the paths it has on a server; its shards, if it has several, below <c>shards/</c> with <c>shards.json</c> beside it.</summary>
internal sealed class FetchedLog(string directory) : ILogSource, ILogShards
{
    /// <summary>Which shards there are, as a server says it at <c>/audit/shards</c>.</summary>
    public const string ShardsFile = "shards.json";

    public static bool IsOne(string directory) => File.Exists(Path.Combine(directory, "checkpoint")) || File.Exists(Path.Combine(directory, ShardsFile));

    public static string DirectoryOf(string directory, long shard) => Path.Combine(directory, "shards", shard.ToString(CultureInfo.InvariantCulture));

    public async ValueTask<IReadOnlyList<LogShard>?> ShardsAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await TextAsync(ShardsFile, cancellationToken) is { } text && JsonSerializer.Deserialize(text, ControlJson.Default.ShardList) is { Shards: { } shards } ? [.. shards.Select(static shard => shard.ToShard())] : null;
        }
        catch (JsonException)
        {
            throw new LogDamagedException($"{ShardsFile} is no list of shards.");
        }
    }

    public ILogSource Open(long? shard) => shard is { } number ? new FetchedLog(DirectoryOf(directory, number)) : this;

    public async ValueTask<string?> VerifierKeyAsync(CancellationToken cancellationToken) => await TextAsync("vkey", cancellationToken);

    public async ValueTask<string?> CheckpointAsync(CancellationToken cancellationToken) => await TextAsync("checkpoint", cancellationToken);

    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(TileId tile, CancellationToken cancellationToken) =>
        Path.Combine(directory, tile.ToString()) is var file && File.Exists(file) ? await File.ReadAllBytesAsync(file, cancellationToken) : null;

    private async Task<string?> TextAsync(string name, CancellationToken cancellationToken) =>
        Path.Combine(directory, name) is var file && File.Exists(file) ? await File.ReadAllTextAsync(file, cancellationToken) : null;
}
