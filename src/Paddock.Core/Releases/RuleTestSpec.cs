using System.Collections.Immutable;
using Paddock.Core.Policies;
using Paddock.Core.Tools.Shell;

namespace Paddock.Core.Releases;

/// <summary>Reads the <c>tests</c> of a rule.</summary>
internal static class RuleTestSpec
{
    private const int MostTests = 100;
    private static readonly string[] shells = ["posix", "powershell", "cmd", "windows"];

    public static ImmutableArray<RuleTest> Read(Fields rule)
    {
        var tests = rule.Objects("tests", required: rule.Has("tests")).Select(Test).OfType<RuleTest>().ToImmutableArray();
        if (tests.Length > MostTests)
        {
            rule.Fault("tests", $"A rule has at most {MostTests} tests.");
        }

        return tests;
    }

    private static RuleTest? Test(Fields fields)
    {
        var match = fields.Take("match");
        var notMatch = fields.Take("notMatch");
        var with = Facts(fields, fields.Take("with"), "with");
        var shell = fields.Choice("shell", shells);
        fields.Close();
        if (fields.Has("match") == fields.Has("notMatch"))
        {
            fields.Place.Fault(fields.Line, fields.Path, "A test has one of 'match' and 'notMatch': a command line, or a map of facts.");
            return null;
        }

        var name = fields.Has("match") ? "match" : "notMatch";
        if ((match ?? notMatch) is not { } node)
        {
            return null;
        }

        var test = new RuleTest(name == "match", fields.Line) { Dialect = (ShellDialect)(shell ?? 0) };
        if (node is MappingNode)
        {
            if (shell is not null)
            {
                fields.Fault("shell", "A shell reads a command line; this test has none.");
            }

            return test with { Facts = [.. Facts(fields, node, name), .. with] };
        }

        return fields.TextOf(node, DottedKey.Below(fields.Path, name)) is { } line ? test with { Command = line, Facts = [.. with] } : null;
    }

    private static List<TestFact> Facts(Fields fields, DocumentNode? node, string name)
    {
        var facts = new List<TestFact>();
        if (node is null)
        {
            return facts;
        }

        if (node is not MappingNode mapping)
        {
            fields.Fault(name, "Expected facts, each 'name: value', such as 'task.mode: code'.");
            return facts;
        }

        foreach (var entry in mapping.Entries)
        {
            if (Fact(fields, entry, DottedKey.Below(DottedKey.Below(fields.Path, name), entry.Key)) is { } fact)
            {
                facts.Add(fact);
            }
        }

        return facts;
    }

    private static TestFact? Fact(Fields fields, MappingEntry entry, string path)
    {
        switch (entry.Value)
        {
            case ScalarNode { IsNull: false } scalar:
                return new(entry.Key, [scalar.Text], false, entry.Line) { Quoted = !scalar.Plain };
            case SequenceNode list:
                return new(entry.Key, [.. list.Items.Select((item, i) => fields.TextOf(item, $"{path}[{i}]")).OfType<string>()], true, entry.Line);
            case RefusedNode:
                return null;
            default:
                fields.Place.Fault(entry.Line, path, "Expected a text, a number, true, false or a list of texts.");
                return null;
        }
    }
}
