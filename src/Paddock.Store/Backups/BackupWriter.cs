using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Paddock.Store.Dialects;
using Paddock.Store.Migrations;

namespace Paddock.Store.Backups;

/// <summary>Copies every table, as of one moment, into one compressed tar file. The server may run.</summary>
internal sealed class BackupWriter(IDatabase database, Migrator migrator, TimeProvider time)
{
    /// <summary>Writes a backup. The file appears whole or not at all; it is for its owner only (0600).</summary>
    /// <exception cref="IOException">It cannot be written, or is there already.</exception>
    public async Task<BackupSummary> WriteAsync(string path, CancellationToken cancellationToken)
    {
        if (File.Exists(path))
        {
            throw new IOException($"{path} is there already; a backup is never written over another.");
        }

        var schema = (await migrator.FactsAsync(cancellationToken)).Version;
        var work = Directory.CreateDirectory(path + ".partial");
        try
        {
            var at = time.GetUtcNow();
            var parts = await database.ReadAsync(session => ExportAsync(session, schema, work.FullName), cancellationToken);
            var manifest = new BackupManifest { Format = BackupManifest.CurrentFormat, Schema = schema, CreatedAt = at, Dialect = database.Dialect.Name, Tables = parts };
            var packed = Path.Combine(work.FullName, "packed");
            await PackAsync(packed, work.FullName, manifest, cancellationToken);
            File.Move(packed, path);
            return new(path, new FileInfo(path).Length, schema, at, parts.Sum(p => p.Rows));
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    private static async Task<BackupPart[]> ExportAsync(Session session, int schema, string directory)
    {
        var parts = new List<BackupPart>();
        foreach (var table in schema > 0 ? BackupTables.All : [])
        {
            // Before a migration the database has not yet the columns of this version.
            var there = await session.ColumnsAsync(table.Name);
            if (there.Count > 0)
            {
                parts.Add(await ExportAsync(session, table with { Columns = [.. table.Columns.Where(c => there.Contains(c.Name))] }, Path.Combine(directory, table.Name)));
            }
        }

        return [.. parts];
    }

    private static async Task<BackupPart> ExportAsync(Session session, BackupTable table, string path)
    {
        using var hash = SHA256.Create();
        long rows;
        using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write))
        using (var hashed = new CryptoStream(file, hash, CryptoStreamMode.Write))
        using (var buffered = new BufferedStream(hashed, 1 << 16))
        using (var writer = RowCodec.Writer(buffered))
        {
            rows = await session.ForEachRowAsync(
                $"SELECT {string.Join(", ", table.Columns.Select(c => c.Name))} FROM {table.Name} ORDER BY {table.Order}",
                row => RowCodec.Write(writer, buffered, row, table.Columns, session.Dialect));
        }

        return new(table.Name, rows, Convert.ToHexStringLower(hash.Hash!), table.Columns);
    }

    private static async Task PackAsync(string path, string directory, BackupManifest manifest, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var file = new FileStream(path, options);
        await using (var zip = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true))
        await using (var tar = new TarWriter(zip, TarEntryFormat.Pax, leaveOpen: true))
        {
            using var head = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(manifest, BackupJson.Default.BackupManifest));
            await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, BackupManifest.FileName) { DataStream = head }, cancellationToken);
            foreach (var part in manifest.Tables)
            {
                await using var data = File.OpenRead(Path.Combine(directory, part.Table));
                await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, part.FileName) { DataStream = data }, cancellationToken);
            }
        }

        file.Flush(flushToDisk: true);
    }
}
