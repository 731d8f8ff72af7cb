using System.Globalization;
using System.Text;

namespace Paddock.Core.Policies.Import;

/// <summary>Writes imported rules as documents.</summary>
internal static class DocumentWriter
{
    private static readonly string[] effects = ["allow", "require_approval", "deny"];

    public static string Write(ImportDraft draft)
    {
        var text = new StringBuilder();
        text.Append("# Imported from settings of ").Append(draft.Name).Append(". What neither list named was asked in the editor; here the defaults of your Release decide.\n");
        foreach (var gap in draft.Gaps)
        {
            text.Append("# Not carried over: ").Append(OneLine(gap.Entry)).Append(": ").Append(OneLine(gap.Because)).Append('\n');
        }

        if (draft.Rules.Count == 0)
        {
            return text.ToString();
        }

        if (draft.Rules.Exists(rule => rule.Effect == Effect.RequireApproval))
        {
            text.Append(CultureInfo.InvariantCulture, $"apiVersion: paddock/v1alpha1\nkind: ApprovalChain\nmetadata: {{name: {draft.Name}-reviewers, owner: {Quoted(draft.Owner)}}}\nspec: {{steps: [{{anyOf: {{roles: [approver]}}}}]}}\n---\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"apiVersion: paddock/v1alpha1\nkind: Policy\nmetadata: {{name: {draft.Name}, owner: {Quoted(draft.Owner)}}}\nspec:\n  rules:\n");
        foreach (var (i, rule) in draft.Rules.Index())
        {
            Append(text, draft, rule, i);
        }

        return text.Append(CultureInfo.InvariantCulture, $"---\napiVersion: paddock/v1alpha1\nkind: PolicyBinding\nmetadata: {{name: {draft.Name}, owner: {Quoted(draft.Owner)}}}\nspec: {{policy: {draft.Name}, enforcement: enforce}}\n").ToString();
    }

    /// <summary>A double-quoted text of YAML, whatever stands in it.</summary>
    public static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' or '\\' => quoted.Append('\\').Append(c),
                < ' ' or (>= '\u007f' and <= '\u00a0') or '\u2028' or '\u2029' or (>= '\u200b' and <= '\u200f') or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\ufeff' or '\ufffd' or (>= '\ud800' and <= '\udfff')
                    => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }

    public static string List(IEnumerable<string> items) => $"[{string.Join(", ", items.Select(Quoted))}]";

    private static void Append(StringBuilder text, ImportDraft draft, ImportedRule rule, int number)
    {
        text.Append(CultureInfo.InvariantCulture, $"  - id: {effects[(int)rule.Effect].Replace('_', '-')}-{number + 1}\n    # {OneLine(rule.Entry)}\n");
        if (rule.Match.Length > 0)
        {
            text.Append("    match: ").Append(rule.Match).Append('\n');
        }

        if (rule.When is not null)
        {
            text.Append("    when: ").Append(Quoted(rule.When)).Append('\n');
        }

        text.Append("    effect: ").Append(effects[(int)rule.Effect]).Append('\n');
        if (rule.Effect == Effect.RequireApproval)
        {
            text.Append(CultureInfo.InvariantCulture, $"    approval: {{chain: {draft.Name}-reviewers}}\n");
        }

        if (rule.Effect != Effect.Allow)
        {
            text.Append("    because: ").Append(Quoted($"The settings of {draft.Name} {(rule.Effect == Effect.Deny ? "deny" : "ask for")} this")).Append('\n');
        }

        text.Append("    tests:\n");
        foreach (var test in rule.Tests)
        {
            text.Append("    - ").Append(test).Append('\n');
        }
    }

    private static string OneLine(string text) => string.Concat(text.Select(c => c is (>= ' ' and <= '~') or (>= '\u00a1' and < '\u2000') ? c : ' '));
}
