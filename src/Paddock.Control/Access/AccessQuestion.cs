using System.Text.Json;

namespace Paddock.Control.Access;

/// <summary>One question: may this subject do this to that. Members that AuthZEN does not name are ignored, as it asks for.</summary>
/// <param name="Subject">With <c>type</c> and <c>id</c>.</param>
/// <param name="Action">With <c>name</c>.</param>
/// <param name="Resource">With <c>type</c> and <c>id</c>.</param>
/// <param name="Context">Undefined when there is none.</param>
internal sealed record AccessQuestion(AccessEntity Subject, AccessEntity Action, AccessEntity Resource, JsonElement Context)
{
    /// <param name="defaults">What stands beside the questions; undefined when there is only the one.</param>
    /// <param name="fault">What is wrong with it, for people.</param>
    /// <returns>Null when it is at fault.</returns>
    public static AccessQuestion? Read(JsonElement question, JsonElement defaults, out string fault)
    {
        var context = Member(question, "context") ?? Member(defaults, "context") ?? default;
        fault = context.ValueKind is JsonValueKind.Undefined or JsonValueKind.Object ? "" : "context is no object.";
        var subject = AccessEntity.Read("subject", ["type", "id"], question, defaults, ref fault);
        var action = AccessEntity.Read("action", ["name"], question, defaults, ref fault);
        var resource = AccessEntity.Read("resource", ["type", "id"], question, defaults, ref fault);
        return fault.Length == 0 ? new(subject!, action!, resource!, context) : null; // without a fault all three were read
    }

    internal static JsonElement? Member(JsonElement from, string name) =>
        from.ValueKind is JsonValueKind.Object && from.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;
}

/// <summary>A subject, an action or a resource.</summary>
/// <param name="Type">Empty for an action.</param>
/// <param name="Id">The id, or an action's name.</param>
/// <param name="Properties">Undefined when there are none.</param>
internal sealed record AccessEntity(string Type, string Id, JsonElement Properties)
{
    /// <summary>What the question says replaces what stands beside it, as a whole; only a required member that it lacks is taken from there.</summary>
    /// <param name="required">Its required members, the one that identifies it last.</param>
    public static AccessEntity? Read(string name, ReadOnlySpan<string> required, JsonElement question, JsonElement defaults, ref string fault)
    {
        var (own, beside) = (AccessQuestion.Member(question, name), AccessQuestion.Member(defaults, name));
        var entity = own ?? beside;
        if (entity is not { ValueKind: JsonValueKind.Object } found)
        {
            fault = fault.Length > 0 ? fault : entity is null ? $"{name} is missing." : $"{name} is no object.";
            return null;
        }

        var texts = new string[required.Length];
        for (var i = 0; i < required.Length; i++)
        {
            var value = AccessQuestion.Member(found, required[i]) ?? AccessQuestion.Member(beside ?? default, required[i]);
            if (value is not { ValueKind: JsonValueKind.String } text || text.GetString() is not { Length: > 0 } said)
            {
                fault = fault.Length > 0 ? fault : value is null ? $"{name}.{required[i]} is missing." : $"{name}.{required[i]} is no text.";
                return null;
            }

            texts[i] = said;
        }

        var properties = AccessQuestion.Member(found, "properties") ?? default;
        if (properties.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Object))
        {
            fault = fault.Length > 0 ? fault : $"{name}.properties is no object.";
            return null;
        }

        return new(required.Length > 1 ? texts[0] : "", texts[^1], properties);
    }
}
