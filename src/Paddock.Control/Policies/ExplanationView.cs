using System.Text.Json;
using Paddock.Core.Policies;
using Paddock.Core.Policies.Authoring;
using Paddock.Core.Policies.Matching;
using Paddock.Core.Releases;
using Paddock.Core.Tools.Shell;

namespace Paddock.Control.Policies;

/// <summary>Why a call is judged as it is.</summary>
/// <param name="Decision">What happens.</param>
/// <param name="Shadow">What would happen if every shadow, warn and soft binding were enforced.</param>
/// <param name="LeftToDefaults">What no enforced rule spoke of, when the release's defaults decide.</param>
/// <param name="Errors">Conditions that could not be evaluated: a refusal counts as matching, an allow does not.</param>
/// <param name="Line">What the command line would do; null for another tool.</param>
/// <param name="Rules">The deciding one, the others that match, then the nearest misses first.</param>
public sealed record ExplanationView(
    string Release, RuleOutcomeView Decision, RuleOutcomeView Shadow, string? Warning, IReadOnlyList<string> LeftToDefaults, int Errors, LineView? Line, IReadOnlyList<RuleExplanationView> Rules)
{
    /// <summary>Facts of a remembered decision that are not kept as they were: what looks at them may have been otherwise then.</summary>
    public IReadOnlyList<string> Altered { get; init; } = [];

    public static ExplanationView Of(ReleaseDigest release, PolicySet policies, PolicySubject subject)
    {
        var told = policies.Explain(subject);
        var verdict = told.Verdict;
        return new(
            release.Value, RuleOutcomeView.Of(verdict.Enforced, policies), RuleOutcomeView.Of(verdict.Shadow, policies), verdict.Warning < 0 ? null : policies.Rules[verdict.Warning].Name,
            told.LeftToDefaults, verdict.Errors, subject.Line is { } line ? LineView.Of(line) : null, [.. told.Rules.Select(RuleExplanationView.Of)]);
    }
}

/// <param name="Effect">allow, require_approval or deny.</param>
/// <param name="Soft">A deny that whoever asked may override with a reason.</param>
/// <param name="Rule">Such as <c>policy/rule</c>; null when the release's defaults decide.</param>
/// <param name="Binding">Where it is bound.</param>
public sealed record RuleOutcomeView(string Effect, bool Soft, string? Rule, string? Binding, string? Because, string? Fix)
{
    internal static RuleOutcomeView Of(RuleOutcome outcome, PolicySet policies)
    {
        var bound = outcome.Rule < 0 ? null : policies.Rules[outcome.Rule];
        return new(PolicyWords.Of(outcome.Effect), outcome.Soft, bound?.Name, bound?.Binding.Name, bound?.Rule.Because, bound?.Rule.Fix);
    }
}

/// <summary>What a command line would do, as far as its text tells.</summary>
/// <param name="Legibility">plain, read or opaque.</param>
public sealed record LineView(
    string Legibility, string? OpaqueBecause, IReadOnlyList<CommandView> Commands, IReadOnlyList<string> WritesTo, IReadOnlyList<string> ReadsFrom, IReadOnlyList<string> Env, IReadOnlyList<string> Hosts,
    IReadOnlyList<string> Paths, bool HasExpansion, bool RunsInput)
{
    internal static LineView Of(ShellLine line) => new(
        PolicyWords.Of(line.Legibility), line.OpaqueBecause, [.. line.Commands.Select(command => new CommandView(command.Argv, PolicyWords.Of(command.Role)))], line.WritesTo, line.ReadsFrom,
        [.. line.Env.Select(pair => $"{pair.Key}={pair.Value}")], line.Hosts, line.Paths, line.HasExpansion, line.RunsInput);
}

/// <param name="Role">direct, inner or wrapper: a refusal looks at all, an allow must cover the first two.</param>
public sealed record CommandView(IReadOnlyList<string> Argv, string Role);

/// <param name="Stage"><c>matched</c>, or where the rule stopped: classes, tools, …, when.</param>
/// <param name="Wants">What it asks for there, and what the call has.</param>
/// <param name="SpeaksOf">The pieces of the call it speaks of; empty = all of it.</param>
/// <param name="Overridden">It matches, and an allow of a narrower scope wins over it.</param>
public sealed record RuleExplanationView(
    string Rule, string Binding, string Enforcement, string Effect, string Stage, string? Wants, string? Has, IReadOnlyList<OperandView> Operands, IReadOnlyList<string> SpeaksOf, bool Overridden)
{
    internal static RuleExplanationView Of(RuleExplanation told) => new(
        told.Rule.Name, told.Rule.Binding.Name, PolicyWords.Of(told.Rule.Binding.Enforcement), PolicyWords.Of(told.Rule.Rule.Effect), PolicyWords.Of(told.Stage), told.Wants, told.Has,
        [.. told.Operands.Select(operand => new OperandView(operand.Text, PolicyWords.Of(operand.Truth), operand.Facts))], told.SpeaksOf, told.Overridden);
}

/// <param name="Value">true, false or error.</param>
/// <param name="Facts">What the facts it names are.</param>
public sealed record OperandView(string Text, string Value, IReadOnlyList<string> Facts);

/// <summary>Closed sets as the API writes them.</summary>
internal static class PolicyWords
{
    public static string Of<T>(T word)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(word.ToString());
}
