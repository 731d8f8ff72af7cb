using System.Text.Json.Serialization;

namespace Paddock.Commands;

/// <summary>JSON of what only commands print.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BackupResult))]
[JsonSerializable(typeof(RestoreResult))]
[JsonSerializable(typeof(VersionResult))]
[JsonSerializable(typeof(PolicyImportResult))]
[JsonSerializable(typeof(PolicyTestResult))]
[JsonSerializable(typeof(PolicyCheckResult))]
[JsonSerializable(typeof(VerifyResult))]
[JsonSerializable(typeof(ProofResult))]
[JsonSerializable(typeof(ArchiveResult))]
[JsonSerializable(typeof(DisclosureFile))]
[JsonSerializable(typeof(DisclosureResult))]
[JsonSerializable(typeof(ExportResult))]
[JsonSerializable(typeof(WrittenFiles))]
[JsonSerializable(typeof(DrillReport))]
internal sealed partial class CommandJson : JsonSerializerContext;

/// <param name="File">Full path.</param>
internal sealed record BackupResult(string File, long Bytes);

/// <param name="CreatedAt">When the backup was taken.</param>
internal sealed record RestoreResult(string File, long Bytes, DateTimeOffset CreatedAt, long Rows);

/// <param name="Prices">Version of the price file.</param>
internal sealed record VersionResult(string Version, string Runtime, string Prices);

/// <summary>What was verified; of a log in shards, size, root and key are the newest one's.</summary>
/// <param name="Root">Base64.</param>
/// <param name="Tiles">Tiles of hashes that were compared.</param>
/// <param name="NewestEntry">When it was made, by its own word.</param>
/// <param name="Pinned">Whether the log was held against a checkpoint that was kept.</param>
internal sealed record VerifyResult(string Origin, long Size, string Root, string Vkey, long Tiles, DateTimeOffset? NewestEntry, bool Pinned, double Seconds, long EntriesPerSecond, IReadOnlyList<ShardResult> Shards);

/// <summary>One shard that was verified.</summary>
/// <param name="Archived">Its entries are elsewhere; only its end was looked at.</param>
/// <param name="Restarted">It does not continue the one before.</param>
internal sealed record ShardResult(long Number, string Origin, long Size, string Root, bool Archived, bool Restarted);

/// <param name="Removed">Whether its entries were taken out of the database.</param>
internal sealed record ArchiveResult(string Directory, string Origin, long Size, string Root, long Files, long Bytes, bool Removed);

/// <param name="Index">Of the entry, from 0.</param>
internal sealed record ProofResult(string Origin, long Size, long Index);

/// <summary>Content with what proves it, for somebody who has no access to Paddock.</summary>
/// <param name="Entry">The entry that names it, exactly as it is hashed in the log.</param>
/// <param name="Payload">Base64.</param>
/// <param name="Salt">Base64.</param>
internal sealed record DisclosureFile(string Entry, string Payload, string Salt);

/// <param name="Field">What the content is of its entry.</param>
/// <param name="Length">In bytes.</param>
/// <param name="IsEntryGiven">Whether the entry came from elsewhere than the disclosure.</param>
internal sealed record DisclosureResult(string Field, int Length, bool IsEntryGiven);

/// <param name="Path">Of the file or directory.</param>
internal sealed record ExportResult(string Path, long Entries);

/// <summary>What was written.</summary>
internal sealed record WrittenFiles(IReadOnlyList<WrittenFile> Files);

/// <param name="Path">Full.</param>
/// <param name="Use">Where it belongs.</param>
internal sealed record WrittenFile(string Path, string Use);
