using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Paddock.Core.Runbooks;

namespace Paddock.Store.Runbooks;

/// <summary>The parts of a run and of a drill that are kept as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(ImmutableArray<StepRun>))]
[JsonSerializable(typeof(ImmutableArray<DrillLine>))]
[JsonSerializable(typeof(ImmutableDictionary<string, string>))]
internal sealed partial class RunDocuments : JsonSerializerContext;
