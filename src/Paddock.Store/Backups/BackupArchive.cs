using System.Buffers;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace Paddock.Store.Backups;

/// <summary>Takes a backup apart, and believes nothing in it that was not checked.</summary>
internal static class BackupArchive
{
    private static readonly SearchValues<char> plainCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_");

    /// <summary>Extracts the tables into a directory, one file each, and checks every hash on the way.</summary>
    /// <exception cref="BackupException">It is not a whole backup that this version knows.</exception>
    public static async Task<BackupManifest> ExtractAsync(string path, string directory, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            await using var zip = new GZipStream(file, CompressionMode.Decompress);
            await using var tar = new TarReader(zip);
            var manifest = await ReadManifestAsync(tar, path, cancellationToken);
            var expected = manifest.Tables.ToDictionary(t => t.FileName, StringComparer.Ordinal);
            while (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
            {
                if (!expected.Remove(entry.Name, out var part))
                {
                    throw new BackupException($"{path} holds {entry.Name}, which its manifest does not name.");
                }

                await ExtractAsync(entry.DataStream ?? Stream.Null, part, Path.Combine(directory, part.Table), cancellationToken);
            }

            return expected.Count == 0 ? manifest : throw new BackupException($"{path} lacks {string.Join(", ", expected.Keys)}.");
        }
        catch (Exception fault) when (fault is InvalidDataException or JsonException or EndOfStreamException or FormatException or ArgumentException)
        {
            throw new BackupException($"{path} is no whole backup of Paddock: {fault.Message}", fault);
        }
    }

    private static async Task<BackupManifest> ReadManifestAsync(TarReader tar, string path, CancellationToken cancellationToken)
    {
        var first = await tar.GetNextEntryAsync(copyData: false, cancellationToken);
        if (first is not { Name: BackupManifest.FileName, DataStream: { } data }
            || await JsonSerializer.DeserializeAsync(data, BackupJson.Default.BackupManifest, cancellationToken) is not { } manifest)
        {
            throw new BackupException($"{path} is no backup of Paddock: it does not begin with {BackupManifest.FileName}.");
        }

        if (manifest.Format != BackupManifest.CurrentFormat)
        {
            throw new BackupException($"{path} has format {manifest.Format}; this version of Paddock knows {BackupManifest.CurrentFormat}.");
        }

        // The names become part of statements and of file names.
        var names = manifest.Tables.SelectMany(t => t.Columns.Select(c => c.Name));
        return manifest.Tables.All(t => BackupTables.All.Any(known => known.Name == t.Table)) && names.All(n => n.Length > 0 && !n.AsSpan().ContainsAnyExcept(plainCharacters))
            ? manifest
            : throw new BackupException($"{path} names tables or columns that Paddock does not have.");
    }

    private static async Task ExtractAsync(Stream data, BackupPart part, string path, CancellationToken cancellationToken)
    {
        using var hash = SHA256.Create();
        await using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write))
        await using (var hashed = new CryptoStream(file, hash, CryptoStreamMode.Write))
        {
            await data.CopyToAsync(hashed, cancellationToken);
        }

        if (Convert.ToHexStringLower(hash.Hash!) != part.Sha256)
        {
            throw new BackupException($"{part.FileName} is not what the manifest says: the backup is damaged.");
        }
    }
}
