using System.Globalization;
using Paddock.Core.Policies.Facts;
using Paddock.Core.Releases;
using Paddock.Core.Tools;
using Paddock.Core.Tools.Shell;

namespace Paddock.Core.Policies;

/// <summary>Makes the call that a test in a rule, or anybody else, describes.</summary>
internal static class RuleTestSubject
{
    /// <summary>Facts that are read from a command line and nowhere else.</summary>
    private static readonly FactMask fromLine = FactMask.Of(
        Fact.CallArgv, Fact.CallOpaque, Fact.CallHasExpansion, Fact.CallRunsInput, Fact.CallWritesTo, Fact.CallEnv);

    /// <summary>What a test says of the agent stands for a key that says so too: tests are about the rule, not about who may be believed.</summary>
    /// <param name="fault">Told of each fact that cannot be: the fact, why, and the nearest name.</param>
    /// <returns>Null when there was such a fact.</returns>
    public static PolicySubject? Of(RuleTest test, Action<TestFact, string, string?> fault) => Of(test, KeyPins.All, null, fault);

    /// <param name="principal">The id of who calls, when that is known.</param>
    public static PolicySubject? Of(RuleTest test, KeyPins pins, string? principal, Action<TestFact, string, string?> fault)
    {
        var facts = new FactValues();
        var call = new CallArguments(test.Command is null ? ToolClass.Other : ToolClass.Command) { Line = test.Command is { } line ? ShellReader.Read(line, test.Dialect) : null };
        var good = true;
        foreach (var stated in test.Facts)
        {
            if (FactTable.Find(stated.Name) is not { } info)
            {
                fault(stated, "There is no fact of this name; docs/policies.md lists them.", Suggestion.For(stated.Name, FactTable.Names));
                good = false;
            }
            else if (Refusal(test, stated, info) is { } refusal)
            {
                fault(stated, refusal, null);
                good = false;
            }
            else
            {
                call = Set(facts, call, stated, info);
            }
        }

        return good ? new(facts, call, pins) { PrincipalId = principal } : null;
    }

    private static string? Refusal(RuleTest test, TestFact stated, FactInfo info) => info switch
    {
        _ when fromLine.Has(info.Fact) => "This is read from a command line: give the line itself.",
        { Fact: Fact.CallClass } when test.Command is not null => "A call with a command line has the class command.",
        { Fact: Fact.CallClass } when stated.IsList || !ToolClassNames.All.Contains(stated.Texts[0]) => $"Expected one of {string.Join(", ", ToolClassNames.All)}.",
        { Fact: Fact.CallClass } when stated.Texts[0] == ToolClassNames.Of(ToolClass.Command) => "Give the command line itself.",
        { Type: FactType.Texts } when !stated.IsList => "Expected a list of texts.",
        { Type: not FactType.Texts } when stated.IsList => $"Expected a {info.Type.ToString().ToLowerInvariant()}, not a list.",
        { Type: FactType.Text } when !stated.Quoted && (stated.Texts[0] is "true" or "false" || Numbers.IsNumber(stated.Texts[0])) => "Expected a text; quotes make one of it.",
        { Type: FactType.Number } when stated.Quoted || !Numbers.TryDecimal(stated.Texts[0], out _) => "Expected a number, without quotes.",
        { Type: FactType.Flag } when stated.Quoted || stated.Texts[0] is not ("true" or "false") => "Expected true or false, without quotes.",
        _ => null,
    };

    private static CallArguments Set(FactValues facts, CallArguments call, TestFact stated, FactInfo info)
    {
        switch (info.Fact)
        {
            case Fact.CallClass:
                return call with { Class = (ToolClass)ToolClassNames.All.IndexOf(stated.Texts[0]) };
            case Fact.CallPaths:
                return call with { Paths = stated.Texts };
            case Fact.CallHosts:
                return call with { Hosts = stated.Texts };
        }

        switch (info.Type)
        {
            case FactType.Number:
                facts.Set(info.Fact, double.Parse(stated.Texts[0], CultureInfo.InvariantCulture));
                break;
            case FactType.Flag:
                facts.Set(info.Fact, stated.Texts[0] == "true");
                break;
            case FactType.Texts:
                facts.Set(info.Fact, [.. stated.Texts]);
                break;
            default:
                facts.Set(info.Fact, stated.Texts[0]);
                break;
        }

        return call;
    }
}
