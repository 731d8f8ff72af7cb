using System.Text.Json;
using System.Text.Json.Serialization;
using Paddock.Core.Approvals;
using Paddock.Core.Identity;
using Paddock.Store.Identity;

namespace Paddock.Store.Approvals;

/// <summary>What never changes of an approval, as one JSON text.</summary>
internal sealed record ApprovalDocument
{
    public string? Key { get; init; }

    public string? KeyOwner { get; init; }

    public Dictionary<ApprovalParty, string> Parties { get; init; } = [];

    public required ApprovalChain Chain { get; init; }

    public bool SelfAcknowledgement { get; init; }

    public GrantOffer? Offer { get; init; }

    public required ApprovalBrief Brief { get; init; }

    public static string Of(Approval approval) =>
        new ApprovalDocument()
        {
            Key = approval.Requester.Key?.Value,
            KeyOwner = approval.Requester.KeyOwner?.Value,
            Parties = approval.Requester.Parties.ToDictionary(party => party.Key, party => party.Value.Value),
            Chain = approval.Chain,
            SelfAcknowledgement = approval.SelfAcknowledgement,
            Offer = approval.Offer,
            Brief = approval.Brief,
        }.ToJson();

    public string ToJson() => JsonSerializer.Serialize(this, ApprovalJson.Default.ApprovalDocument);

    public static ApprovalDocument Read(string json) =>
        JsonSerializer.Deserialize(json, ApprovalJson.Default.ApprovalDocument) ?? throw new InvalidOperationException("An approval has no document.");

    /// <summary>Roles by their names: one that a newer version wrote stands for nobody here.</summary>
    internal sealed class RolesConverter : JsonConverter<ControlRoles>
    {
        public override ControlRoles Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => RoleNames.Parse(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, ControlRoles value, JsonSerializerOptions options) => writer.WriteStringValue(RoleNames.Format(value));
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true,
    Converters = [typeof(ApprovalDocument.RolesConverter)])]
[JsonSerializable(typeof(ApprovalDocument))]
internal sealed partial class ApprovalJson : JsonSerializerContext;
