using System.Text.Json.Serialization;
using Paddock.Control.Identity;
using Paddock.Control.Ledger;

namespace Paddock.Control;

/// <summary>JSON of the control API. Unknown and duplicate members are refused: what an operator meant and mistyped must not pass silently.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CreateKeyInput))]
[JsonSerializable(typeof(RotateKeyInput))]
[JsonSerializable(typeof(NewKey))]
[JsonSerializable(typeof(KeyView))]
[JsonSerializable(typeof(IReadOnlyList<KeyView>))]
[JsonSerializable(typeof(IReadOnlyList<CallView>))]
[JsonSerializable(typeof(CallView))]
[JsonSerializable(typeof(Problem))]
public sealed partial class ControlJson : JsonSerializerContext;

/// <summary>An error of the control API (RFC 9457).</summary>
/// <param name="Type">Stable, such as <c>paddock:forbidden</c>.</param>
/// <param name="Field">The input at fault.</param>
public sealed record Problem(string Type, string Title, int Status, string Detail, string? Field = null);
