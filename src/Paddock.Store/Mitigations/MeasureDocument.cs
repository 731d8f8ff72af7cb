using System.Text.Json;
using System.Text.Json.Nodes;
using Paddock.Core.Mitigations;
using Paddock.Core.Tools;

namespace Paddock.Store.Mitigations;

/// <summary>A measure as it is kept: an object whose <c>kind</c> says which it is.</summary>
internal static class MeasureDocument
{
    public static string Write(Measure measure) => (measure switch
    {
        Measure.AvoidProvider one => Of(measure, ("provider", one.Provider)),
        Measure.PreferProvider one => Of(measure, ("route", one.Route), ("provider", one.Provider)),
        Measure.Shed one => Of(measure, ("calls", one.Calls.ToString()), ("retryAfter", one.RetryAfter.TotalSeconds)),
        Measure.SmallerTasks one => Of(measure, ("mostTokens", one.MostTokens)),
        Measure.ReadOnly => Of(measure),
        Measure.Ask one => Of(measure, ("classes", new JsonArray([.. one.Classes.Select(static name => JsonValue.Create(name.ToString()))])), ("chain", one.Chain)),
        Measure.Tighten one => Of(measure, ("policy", one.Policy)),
        Measure.RestCredential one => Of(measure, ("provider", one.Provider), ("source", one.Source)),
        _ => throw new InvalidOperationException($"No document is known for {measure.GetType().Name}."),
    }).ToJsonString();

    /// <exception cref="FormatException">It is no measure of this version.</exception>
    public static Measure Read(string document)
    {
        using var json = JsonDocument.Parse(document);
        var root = json.RootElement;
        string Text(string name) => root.GetProperty(name).GetString() ?? throw new FormatException($"A measure's {name} is null.");
        return Text("kind") switch
        {
            "avoid_provider" => new Measure.AvoidProvider(Text("provider")),
            "prefer_provider" => new Measure.PreferProvider(Text("route"), Text("provider")),
            "shed" => new Measure.Shed(Enum.Parse<CallKind>(Text("calls")), TimeSpan.FromSeconds(root.GetProperty("retryAfter").GetDouble())),
            "smaller_tasks" => new Measure.SmallerTasks(root.GetProperty("mostTokens").GetInt64()),
            "read_only" => new Measure.ReadOnly(),
            "ask" => new Measure.Ask([.. root.GetProperty("classes").EnumerateArray().Select(static name => Enum.Parse<ToolClass>(name.GetString() ?? ""))], Text("chain")),
            "tighten" => new Measure.Tighten(Text("policy")),
            "rest_credential" => new Measure.RestCredential(Text("provider"), Text("source")),
            var other => throw new FormatException($"'{other}' is no measure that this version knows."),
        };
    }

    private static JsonObject Of(Measure measure, params ReadOnlySpan<(string Name, JsonNode? Value)> members)
    {
        var document = new JsonObject { ["kind"] = MeasureNames.Of(measure) };
        foreach (var (name, value) in members)
        {
            document[name] = value;
        }

        return document;
    }
}
