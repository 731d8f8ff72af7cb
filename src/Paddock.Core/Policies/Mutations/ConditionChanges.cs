using System.Globalization;
using System.Text;
using Paddock.Core.Policies.Expressions;

namespace Paddock.Core.Policies.Mutations;

/// <summary>Changes every literal of a rule's <c>when</c>.</summary>
internal static class ConditionChanges
{
    public static IEnumerable<RuleChange> Of(PolicyRule rule) =>
        from token in Tokens(rule.When ?? "")
        from changed in Changes(token)
        let text = string.Concat(rule.When.AsSpan(0, token.Token.At), changed, rule.When.AsSpan(token.Token.End))
        select new RuleChange("when", token.Token.At, rule.When![token.Token.At..token.Token.End], changed, Rule(rule, text)); // it has tokens

    private static PolicyRule? Rule(PolicyRule rule, string text) =>
        ExpressionCompiler.Compile(text) is ExpressionOutcome.Compiled { Expression: var expression } ? rule with { When = text, Condition = expression } : null;

    /// <returns>What stands in the literal's place in the expression; nothing for what is no literal.</returns>
    private static IEnumerable<string> Changes((CelToken Token, bool IsPattern) literal) => literal.Token switch
    {
        { Kind: CelTokenKind.Text, Text: var text } => (literal.IsPattern ? ChangedText.OfPattern(text) : ChangedText.Of(text)).Select(Quoted),
        { Kind: CelTokenKind.Int, Text: var digits } => Whole(digits),
        { Kind: CelTokenKind.Double, Text: var digits } => Fraction(digits),
        { Kind: CelTokenKind.Name, Text: "true" } => ["false"],
        { Kind: CelTokenKind.Name, Text: "false" } => ["true"],
        _ => [],
    };

    /// <summary>One more and one less: a limit is right only when both sides of it are.</summary>
    private static IEnumerable<string> Whole(string digits)
    {
        var hex = digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        // Wider than an integer of the language: its smallest one is written as a '-' and more than its greatest.
        var value = hex ? Int128.Parse(digits.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : Int128.Parse(digits, CultureInfo.InvariantCulture);
        yield return (value + 1).ToString(CultureInfo.InvariantCulture);
        if (value > 0)
        {
            yield return (value - 1).ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>The same for the last digit that is written.</summary>
    private static IEnumerable<string> Fraction(string digits)
    {
        if (!decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
        {
            return [(double.Parse(digits, CultureInfo.InvariantCulture) * 2).ToString("E", CultureInfo.InvariantCulture)];
        }

        var step = new decimal(1, 0, 0, false, value.Scale);
        return ((decimal[])[value + step, value - step]).Where(changed => changed >= 0).Select(changed => changed.ToString("0.0###########################", CultureInfo.InvariantCulture));
    }

    private static List<(CelToken Token, bool IsPattern)> Tokens(string text)
    {
        var tokens = new List<(CelToken Token, bool IsPattern)>();
        var lexer = new CelLexer(text);
        for (var token = lexer.Next(); token.Kind is not CelTokenKind.End; token = lexer.Next())
        {
            tokens.Add((token, tokens is [.., ({ Kind: CelTokenKind.Name, Text: "matches" }, _), ({ Kind: CelTokenKind.Mark, Text: "(" }, _)]));
        }

        return tokens;
    }

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' or '\\' => quoted.Append('\\').Append(c),
                < ' ' => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }
}
