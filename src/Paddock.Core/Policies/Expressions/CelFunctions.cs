using System.Globalization;
using System.Text.RegularExpressions;
using Paddock.Core.Releases;

namespace Paddock.Core.Policies.Expressions;

/// <summary>The functions and methods of the language.</summary>
internal static class CelFunctions
{
    private static readonly string[] functions = ["size", "timestamp", "duration", "has"];
    private static readonly string[] methods = ["size", "startsWith", "endsWith", "contains", "matches", "glob", "inDomain", "inCidr", "exists", "all", "exists_one", "filter"];

    public static CelNode Function(CelToken name, List<(CelNode Node, CelToken At)> arguments)
    {
        switch (name.Text)
        {
            case "size":
                return Size(One(name, arguments).Node, name);
            case "timestamp":
                return Literal(name, arguments, CelType.Timestamp, TryTimestamp, "a moment such as 2026-12-31T00:00:00Z");
            case "duration":
                return Literal(name, arguments, CelType.Duration, TryDuration, "a duration such as 1h30m or 300ms");
            default:
                throw new ExpressionException(name.At, name.End, $"There is no function '{name.Text}'; there are {string.Join(", ", functions)}.", Suggestion.For(name.Text, functions));
        }
    }

    public static CelNode Method(CelToken name, CelNode subject, List<(CelNode Node, CelToken At)> arguments)
    {
        switch (name.Text)
        {
            case "size" when arguments.Count == 0:
                return Size(subject, name);
            case "startsWith":
                return Text(name, subject, arguments, static (text, part) => text.StartsWith(part, StringComparison.Ordinal));
            case "endsWith":
                return Text(name, subject, arguments, static (text, part) => text.EndsWith(part, StringComparison.Ordinal));
            case "contains":
                return Text(name, subject, arguments, static (text, part) => text.Contains(part, StringComparison.Ordinal));
            case "matches":
                return Matches(name, subject, arguments);
            case "glob":
                return Text(name, subject, arguments, TextTests.Glob, literal: true);
            case "inDomain":
                return Text(name, subject, arguments, TextTests.InDomain);
            case "inCidr":
                return Cidr(name, subject, arguments);
            default:
                throw new ExpressionException(name.At, name.End, $"There is no method '{name.Text}'; there are {string.Join(", ", methods)}.", Suggestion.For(name.Text, methods));
        }
    }

    private static SizeNode Size(CelNode operand, CelToken name) => operand.Type.Kind is CelKind.Text or CelKind.List
        ? new(operand)
        : throw new ExpressionException(name.At, name.End, $"A {operand.Type} has no size; texts and lists have.");

    private static (CelNode Node, CelToken At) One(CelToken name, List<(CelNode Node, CelToken At)> arguments) => arguments.Count == 1
        ? arguments[0]
        : throw new ExpressionException(name.At, name.End, $"'{name.Text}' takes one argument, not {arguments.Count}.");

    private static TextNode Text(CelToken name, CelNode subject, List<(CelNode Node, CelToken At)> arguments, Func<string, string, bool> test, bool literal = false)
    {
        var argument = One(name, arguments);
        if (subject.Type != CelType.Text || argument.Node.Type != CelType.Text)
        {
            throw new ExpressionException(name.At, name.End, $"'{name.Text}' asks a string about a string; this is a {subject.Type} and a {argument.Node.Type}.");
        }

        return literal && argument.Node is not ConstantNode
            ? throw new ExpressionException(argument.At.At, argument.At.End, $"The pattern of '{name.Text}' must be written out, so that it can be checked.")
            : new(subject, argument.Node, test, literal ? CelLimits.RegexCost : 1);
    }

    private static TextNode Cidr(CelToken name, CelNode subject, List<(CelNode Node, CelToken At)> arguments)
    {
        var node = Text(name, subject, arguments, TextTests.InCidr, literal: true);
        return TextTests.IsNetwork(((ConstantNode)arguments[0].Node).Value.Text) // checked: literal
            ? node
            : throw new ExpressionException(arguments[0].At.At, arguments[0].At.End, "This is no network; write it as 10.0.0.0/8 or fd00::/8, without bits behind the prefix.");
    }

    private static MatchesNode Matches(CelToken name, CelNode subject, List<(CelNode Node, CelToken At)> arguments)
    {
        var argument = One(name, arguments);
        if (subject.Type != CelType.Text || argument.Node is not ConstantNode { Type.Kind: CelKind.Text, Value: var pattern })
        {
            throw new ExpressionException(argument.At.At, argument.At.End, "'matches' asks a string about a pattern that is written out.");
        }

        if (pattern.Text.Length > CelLimits.RegexLength)
        {
            throw new ExpressionException(argument.At.At, argument.At.End, $"A pattern has at most {CelLimits.RegexLength} characters.");
        }

        try
        {
            return new(subject, new(pattern.Text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw new ExpressionException(argument.At.At, argument.At.End, "This pattern cannot be read: " + exception.Message);
        }
    }

    private delegate bool TryRead(string text, out long nanoseconds);

    private static ConstantNode Literal(CelToken name, List<(CelNode Node, CelToken At)> arguments, CelType type, TryRead read, string expected)
    {
        var argument = One(name, arguments);
        return argument.Node is ConstantNode { Type.Kind: CelKind.Text, Value: var text } && read(text.Text, out var nanoseconds)
            ? new(type, CelValue.Of(nanoseconds, type.Kind))
            : throw new ExpressionException(argument.At.At, argument.At.End, $"'{name.Text}' takes {expected}, written out.");
    }

    private static bool TryTimestamp(string text, out long nanoseconds)
    {
        var good = DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            && (text[^1] == 'Z' || text[^6] is '+' or '-') && moment.Year is >= 1678 and <= 2261;
        nanoseconds = good ? (moment.UtcTicks - DateTime.UnixEpoch.Ticks) * 100 : 0;
        return good;
    }

    /// <summary>Numbers with units h, m, s, ms, us, ns, as Go writes durations.</summary>
    private static bool TryDuration(string text, out long nanoseconds)
    {
        nanoseconds = 0;
        var negative = text.StartsWith('-');
        var rest = text.AsSpan(negative ? 1 : 0);
        var total = 0m;
        if (rest.IsEmpty)
        {
            return false;
        }

        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept("0123456789.");
            if (digits <= 0 || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                return false;
            }

            rest = rest[digits..];
            var end = rest.IndexOfAny("0123456789.");
            var unit = end < 0 ? rest : rest[..end];
            var size = unit switch { "h" => 3_600_000_000_000m, "m" => 60_000_000_000m, "s" => 1_000_000_000m, "ms" => 1_000_000m, "us" => 1_000m, "ns" => 1m, _ => 0m };
            if (size == 0 || number > 1_000_000_000_000_000m || (total += number * size) > long.MaxValue)
            {
                return false;
            }

            rest = rest[unit.Length..];
        }

        nanoseconds = (long)(negative ? -total : total);
        return true;
    }
}
