using System.Text.Json.Serialization;

namespace Paddock.Store.Backups;

/// <summary>The first file of a backup: what is in it, and the hash of each part.</summary>
internal sealed record BackupManifest
{
    public const string FileName = "manifest.json";
    public const int CurrentFormat = 1;

    public required int Format { get; init; }

    /// <summary>Schema version of the database it was made from.</summary>
    public required int Schema { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Where it was made: <c>sqlite</c> or <c>postgres</c>. Either can take it.</summary>
    public required string Dialect { get; init; }

    public required BackupPart[] Tables { get; init; }
}

/// <param name="Sha256">Of the part's bytes, lower-case hexadecimal.</param>
internal sealed record BackupPart(string Table, long Rows, string Sha256, BackupColumn[] Columns)
{
    public string FileName => $"tables/{Table}.jsonl";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true)]
[JsonSerializable(typeof(BackupManifest))]
internal sealed partial class BackupJson : JsonSerializerContext;
