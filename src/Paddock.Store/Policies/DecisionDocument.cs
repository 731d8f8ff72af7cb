using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Tasks;

namespace Paddock.Store.Policies;

/// <summary>What has no column of its own, as JSON texts.</summary>
internal static class DecisionDocument
{
    public static string Of(DecisionInputs inputs) => JsonSerializer.Serialize(inputs, DecisionJson.Default.DecisionInputs);

    public static DecisionInputs Inputs(string json) =>
        JsonSerializer.Deserialize(json, DecisionJson.Default.DecisionInputs) ?? throw new InvalidOperationException("A decision's inputs are empty.");

    /// <summary>Null for a call that does nothing to its task.</summary>
    public static string? Of(TaskStep step) =>
        step is { Mutates: false, StartsSubtask: false, ClaimsCompletion: false, AsksPerson: false, Reverts: false, Files: [], Taint: [] } ? null : JsonSerializer.Serialize(step, DecisionJson.Default.TaskStep);

    public static TaskStep Step(string? json) =>
        json is null ? TaskStep.None : JsonSerializer.Deserialize(json, DecisionJson.Default.TaskStep) ?? TaskStep.None;

    public static string Of(ImmutableArray<string> texts) => JsonSerializer.Serialize(texts, DecisionJson.Default.ImmutableArrayString);

    public static ImmutableArray<string> Texts(string json) => JsonSerializer.Deserialize(json, DecisionJson.Default.ImmutableArrayString);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(DecisionInputs))]
[JsonSerializable(typeof(TaskStep))]
[JsonSerializable(typeof(ImmutableArray<string>))]
internal sealed partial class DecisionJson : JsonSerializerContext;
