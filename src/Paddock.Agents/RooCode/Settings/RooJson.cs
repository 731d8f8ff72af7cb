using System.Text.Json.Serialization;

namespace Paddock.Agents.RooCode.Settings;

/// <summary>JSON of Roo Code's cloud wire (extension 3.52.1). Members that we do not know are what newer and older clients say besides.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(ExtensionSettings))]
[JsonSerializable(typeof(UserSettingsChange))]
[JsonSerializable(typeof(ShareRequest))]
[JsonSerializable(typeof(ShareAnswer))]
[JsonSerializable(typeof(BackfillAnswer))]
[JsonSerializable(typeof(CreditBalance))]
[JsonSerializable(typeof(BridgeConfig))]
[JsonSerializable(typeof(RooError))]
internal sealed partial class RooJson : JsonSerializerContext;

internal sealed record RooError(RooError.Detail Error)
{
    internal sealed record Detail(string Message, string Code);
}

/// <param name="Visibility"><c>organization</c> or <c>public</c>.</param>
internal sealed record ShareRequest(string TaskId, string Visibility);

internal sealed record ShareAnswer(bool Success, string? Error);

internal sealed record BackfillAnswer(bool Success);

/// <param name="Balance">In USD.</param>
internal sealed record CreditBalance(decimal Balance);

internal sealed record BridgeConfig(string UserId, string SocketBridgeUrl, string Token);
