using Paddock.Core.Audit.Tiles;

namespace Paddock.Commands;

/// <summary>A log that somebody fetched: files by the paths it has on a server.</summary>
internal sealed class FetchedLog(string directory) : ILogSource
{
    public async ValueTask<string?> VerifierKeyAsync(CancellationToken cancellationToken) => await TextAsync("vkey", cancellationToken);

    public async ValueTask<string?> CheckpointAsync(CancellationToken cancellationToken) => await TextAsync("checkpoint", cancellationToken);

    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(TileId tile, CancellationToken cancellationToken) =>
        Path.Combine(directory, tile.ToString()) is var file && File.Exists(file) ? await File.ReadAllBytesAsync(file, cancellationToken) : null;

    private async Task<string?> TextAsync(string name, CancellationToken cancellationToken) =>
        Path.Combine(directory, name) is var file && File.Exists(file) ? await File.ReadAllTextAsync(file, cancellationToken) : null;
}
