namespace Paddock.Core.Policies.Import;

/// <summary>One rule, made of one entry of the settings.</summary>
/// <param name="Entry">As the settings have it.</param>
/// <param name="Match">The lines of <c>match</c>, in YAML's flow form; empty = everything.</param>
/// <param name="Tests">In YAML's flow form.</param>
internal sealed record ImportedRule(string Entry, Effect Effect, string Match, string? When, IReadOnlyList<string> Tests);

/// <summary>What was made of the settings so far.</summary>
/// <param name="name">Of the policy.</param>
internal sealed class ImportDraft(string name, string owner)
{
    public string Name => name;

    public string Owner => owner;

    public List<ImportedRule> Rules { get; } = [];

    public List<ImportGap> Gaps { get; } = [];

    public void Gap(string entry, string because) => Gaps.Add(new(entry, because));

    /// <param name="key">Such as <c>spec.rules[3].tests[0]</c>.</param>
    public ImportedRule? RuleAt(string key)
    {
        const string begin = "spec.rules[";
        var end = key.IndexOf(']', StringComparison.Ordinal);
        return key.StartsWith(begin, StringComparison.Ordinal) && end > 0 && int.TryParse(key.AsSpan(begin.Length, end - begin.Length), out var at) && at < Rules.Count ? Rules[at] : null;
    }
}
