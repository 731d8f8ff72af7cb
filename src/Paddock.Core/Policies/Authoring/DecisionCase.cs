using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Paddock.Core.Releases;

namespace Paddock.Core.Policies.Authoring;

/// <summary>
/// One line of a file of cases: a call and how the release as a whole must decide it, with all rules, bindings and defaults together.
/// <c>key.environment=prod git push origin main => require_approval git-writes/git-push</c>.
/// </summary>
/// <param name="Expected">Such as <c>deny</c>, maybe followed by the rule that decides, or by <c>defaults</c>.</param>
public sealed partial record DecisionCase(string File, int Line, string Text, DescribedCall Call, string Expected)
{
    private const string Arrow = "=>", Defaults = "defaults", Pins = "key.pins";
    private static readonly string[] effects = ["allow", "require_approval", "soft_deny", "deny"];

    /// <returns>The cases of one file; a line that is none is a fault.</returns>
    public static ImmutableArray<DecisionCase> Read(SourceFile file, Action<ReleaseFault> fault)
    {
        var cases = ImmutableArray.CreateBuilder<DecisionCase>();
        foreach (var (i, written) in file.Text.Split('\n').Index())
        {
            var line = written.Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (ReadLine(line, out var message) is { } read)
            {
                cases.Add(new(file.Path, i + 1, line, read.Call, read.Expected));
            }
            else
            {
                fault(new(file.Path, i + 1, "", message));
            }
        }

        return cases.ToImmutable();
    }

    /// <returns>What came instead; null when the case holds.</returns>
    public string? Failure(PolicySet policies)
    {
        if (Call.Read() is not DescribedOutcome.Described { Subject: var subject })
        {
            return string.Join(' ', ((DescribedOutcome.Faulty)Call.Read()).Faults);
        }

        var verdict = new PolicyVerdict();
        policies.Judge(subject, ref verdict);
        var effect = verdict.Soft ? "soft_deny" : effects[verdict.Effect switch { Effect.Allow => 0, Effect.RequireApproval => 1, _ => 3 }];
        var came = $"{effect} {(verdict.Rule < 0 ? Defaults : policies.Rules[verdict.Rule].Name)}";
        return came == Expected || effect == Expected ? null : came;
    }

    private static (DescribedCall Call, string Expected)? ReadLine(string line, out string message)
    {
        var arrow = line.LastIndexOf(Arrow, StringComparison.Ordinal);
        var expected = arrow < 0 ? [] : line[(arrow + Arrow.Length)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        message = expected.Length is 1 or 2 && effects.Contains(expected[0], StringComparer.Ordinal) ? ""
            : $"Expected 'facts and command line {Arrow} decision', the decision being one of {string.Join(", ", effects)}, then maybe policy/rule or {Defaults}.";
        return message.Length > 0 ? null : (Described(line[..arrow].Trim()), string.Join(' ', expected));
    }

    /// <summary>First <c>fact=value</c>, as many as there are, then a command line. No shell takes a name with a dot for an assignment.</summary>
    private static DescribedCall Described(string text)
    {
        var call = new DescribedCall();
        for (var match = Stated().Match(text); match.Success; match = Stated().Match(text))
        {
            var (name, value) = (match.Groups["name"].Value, match.Groups["value"].Value);
            value = value is ['"', .., '"'] ? value[1..^1] : value;
            call = name == Pins && Enum.TryParse<KeyPins>(value, ignoreCase: true, out var pins) ? call with { Pins = pins } : call.With(name, value);
            text = text[match.Length..];
        }

        return call with { Command = text.Length == 0 ? null : text };
    }

    [GeneratedRegex(@"\A(?<name>[a-z]+\.[A-Za-z0-9]+)=(?<value>""[^""]*""|\S*)\s*", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Stated();
}
