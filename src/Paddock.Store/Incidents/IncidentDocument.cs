using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Paddock.Core.Incidents;

namespace Paddock.Store.Incidents;

/// <summary>What of an incident nothing is looked for by, as one JSON text.</summary>
internal sealed record IncidentDocument
{
    public ImmutableArray<string> Subjects { get; init; } = [];

    public ImmutableArray<string> Scopes { get; init; } = [];

    public ImmutableArray<string> Alerts { get; init; } = [];

    public ImmutableArray<string> Releases { get; init; } = [];

    public string? Notice { get; init; }

    public Postmortem? Postmortem { get; init; }

    public string? LoweredBy { get; init; }

    public static string Of(Incident incident) => JsonSerializer.Serialize(
        new IncidentDocument
        {
            Subjects = incident.Subjects,
            Scopes = incident.Scopes,
            Alerts = incident.Alerts,
            Releases = incident.Releases,
            Notice = incident.Notice,
            Postmortem = incident.Postmortem,
            LoweredBy = incident.LoweredBy,
        },
        IncidentJson.Default.IncidentDocument);

    public static IncidentDocument Read(string json) => JsonSerializer.Deserialize(json, IncidentJson.Default.IncidentDocument) ?? throw new InvalidOperationException("An incident has no document.");

    public static string Of(ImmutableArray<KeyValuePair<string, string>> facts) => JsonSerializer.Serialize(facts, IncidentJson.Default.ImmutableArrayKeyValuePairStringString);

    public static ImmutableArray<KeyValuePair<string, string>> Facts(string json) => JsonSerializer.Deserialize(json, IncidentJson.Default.ImmutableArrayKeyValuePairStringString);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(IncidentDocument))]
[JsonSerializable(typeof(ImmutableArray<KeyValuePair<string, string>>))]
internal sealed partial class IncidentJson : JsonSerializerContext;
