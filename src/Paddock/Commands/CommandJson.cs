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
internal sealed partial class CommandJson : JsonSerializerContext;

/// <param name="File">Full path.</param>
internal sealed record BackupResult(string File, long Bytes);

/// <param name="CreatedAt">When the backup was taken.</param>
internal sealed record RestoreResult(string File, long Bytes, DateTimeOffset CreatedAt, long Rows);

/// <param name="Prices">Version of the price file.</param>
internal sealed record VersionResult(string Version, string Runtime, string Prices);
