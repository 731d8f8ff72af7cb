using System.Text.Json;
using Paddock.Core.Identity;
using Paddock.Core.Policies.Decisions;

namespace Paddock.Control.Policies;

/// <summary>A decision on a tool call as it is shown.</summary>
/// <param name="Effect">allow, require_approval, deny or not_evaluated.</param>
/// <param name="Rule">Policy and rule; null = the release's defaults.</param>
/// <param name="ShadowEffect">What would have happened if every binding were enforced.</param>
/// <param name="Outcome">released, refused, held, approved, expired, not_approved or overridden.</param>
/// <param name="Result">success, failure, timeout, denied or unknown; null while nothing was heard of it.</param>
/// <param name="Text">The arguments as they are kept: secrets masked; null when they are not.</param>
/// <param name="Altered">Facts that are not kept as they were.</param>
public sealed record DecisionView(
    string Id, DateTimeOffset At, string Call, string? ToolCall, string User, string Key, IReadOnlyList<string> Teams, string Agent, string? Task, string? Session, string? Mode, string? Repository,
    string Tool, string Class, bool Mutating, string Effect, bool Soft, string? Rule, string? Enforcement, string ShadowEffect, string? ShadowRule, string? Warning, int Errors, bool Opaque,
    string? NotEvaluated, string Release, string Outcome, DateTimeOffset OutcomeAt, string? Result, int? ExitCode, DateTimeOffset? ResultAt,
    string? Text, IReadOnlyList<IReadOnlyList<string>> Argv, IReadOnlyList<string> Paths, IReadOnlyList<string> WritesTo, IReadOnlyList<string> Hosts, IReadOnlyList<string> Env,
    IReadOnlyDictionary<string, string> Facts, IReadOnlyList<string> Altered)
{
    public static DecisionView Of(StoredDecision one, IdentityDirectory directory)
    {
        var caller = directory.Find(KeyId.Parse(one.Key));
        var (inputs, line) = (one.Inputs, one.Inputs?.Line);
        return new(
            one.Id, one.At, one.Call.ToString(), one.ToolCall, caller?.Principal.Name ?? one.Principal, caller?.Key.Name ?? one.Key, one.Teams, one.Agent, one.Task, one.NativeTask, one.Mode, one.Repository,
            one.Tool, Name(one.Class), one.Mutating, one.NotEvaluated is null ? Name(one.Effect) : "not_evaluated", one.Soft, one.Rule, one.Enforcement is { } enforcement ? Name(enforcement) : null,
            Name(one.ShadowEffect), one.ShadowRule, one.Warning, one.Errors, one.Opaque, one.NotEvaluated, one.ReleaseDigest,
            Name(one.Outcome), one.OutcomeAt, one.Result is { } result ? Name(result.End) : null, one.Result?.ExitCode, one.ResultAt,
            inputs?.Texts.GetValueOrDefault("call.text"), [.. line?.Commands.Select(command => command.Argv) ?? []], [.. inputs?.Paths ?? [], .. line?.Paths ?? []], line?.WritesTo ?? [],
            [.. inputs?.Hosts ?? [], .. line?.Hosts ?? []], [.. line?.Env.Select(pair => $"{pair.Key}={pair.Value}") ?? []], inputs is null ? new Dictionary<string, string>() : KeptFacts(inputs), inputs?.Altered ?? []);
    }

    /// <summary>What was known of the task at that moment.</summary>
    private static Dictionary<string, string> KeptFacts(DecisionInputs inputs)
    {
        var facts = inputs.Numbers.ToDictionary(fact => fact.Key, fact => fact.Value.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (inputs.Lists.TryGetValue("task.taint", out var taint) && taint.Length > 0)
        {
            facts["task.taint"] = string.Join(", ", taint);
        }

        return facts;
    }

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
