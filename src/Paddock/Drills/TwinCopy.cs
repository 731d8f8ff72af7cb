using System.Text.Json.Nodes;
using Paddock.Core.Alerts;
using Paddock.Core.Releases;
using Paddock.Core.Runbooks;
using Paddock.Core.Snapshot;

namespace Paddock.Drills;

/// <summary>
/// A runbook as a twin has it: where it names a provider, route, chain, policy, tool or person of the installation, it names the twin's. With
/// it come the alert rules that it answers, and their objectives, as they are in force.
/// </summary>
internal static class TwinCopy
{
    public static Runbook Of(Runbook runbook, string credential)
    {
        var document = JsonNode.Parse(runbook.Source)!; // it was read
        var words = TwinRelease.Parameters(credential);
        foreach (var step in document["spec"]!["steps"]!.AsArray())
        {
            Rename(step!["with"] as JsonObject, words);
            if (step["verify"] is JsonObject verify && verify["of"] is JsonValue of && IsLiteral(of) && SubjectOf((string?)verify["measure"], words) is { } subject)
            {
                verify["of"] = subject;
            }
        }

        return ShippedRunbooks.Read(document.ToJsonString());
    }

    /// <summary>What a parameter is there: what the step that uses it takes, whatever the parameter is called.</summary>
    public static string ParameterOf(Runbook runbook, string name, string credential)
    {
        var words = TwinRelease.Parameters(credential);
        var argument = runbook.Steps.SelectMany(static step => step.With).FirstOrDefault(one => one.Value == $"${{{name}}}").Key ?? name;
        return words.GetValueOrDefault(argument) ?? words.GetValueOrDefault(name) ?? runbook.Parameters.First(one => one.Name == name).Usual ?? "drill";
    }

    /// <summary>The rules that it answers, where they are not the shipped ones.</summary>
    public static IEnumerable<SourceFile> Watch(Runbook runbook, GovernanceSnapshot inForce)
    {
        var rules = inForce.AlertRules.Where(rule => runbook.Alerts.Contains(rule.Name) && rule.Source.Length > 0 && rule.Condition is not (AlertCondition.Overspend or AlertCondition.Projection)).ToList();
        var objectives = rules.Select(static rule => rule.Condition).OfType<AlertCondition.Burn>().Select(static burn => burn.Slo).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. rules.Select(static rule => new SourceFile($"rule-{rule.Name}.yaml", WithoutOthers(rule.Source))),
            .. inForce.Slos.Where(slo => objectives.Contains(slo.Name) && slo.Source.Length > 0).Select(static slo => new SourceFile($"slo-{slo.Name}.yaml", slo.Source)),
        ];
    }

    /// <summary>What a rule inhibits may be a rule that is not there.</summary>
    private static string WithoutOthers(string source)
    {
        var document = JsonNode.Parse(source)!; // it was read
        document["spec"]!.AsObject().Remove("inhibits");
        return document.ToJsonString();
    }

    private static void Rename(JsonObject? with, IReadOnlyDictionary<string, string> words)
    {
        foreach (var name in with?.Select(static one => one.Key).ToList() ?? [])
        {
            var argument = name == "user" ? "person" : name;
            if (with![name] is JsonValue value && IsLiteral(value) && words.TryGetValue(argument, out var there))
            {
                with[name] = there;
            }
        }
    }

    private static string? SubjectOf(string? measure, IReadOnlyDictionary<string, string> words) => measure switch
    {
        "provider_success" => words["provider"],
        "route_success" => words["route"],
        "commands_in_time" => words["agent"],
        _ => null,
    };

    private static bool IsLiteral(JsonValue value) => value.TryGetValue<string>(out var text) && StepOrders.NamesIn(text).IsEmpty;
}
