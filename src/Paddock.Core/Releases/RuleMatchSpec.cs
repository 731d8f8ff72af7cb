using System.Collections.Immutable;
using Paddock.Core.Policies;
using Paddock.Core.Policies.Matching;
using Paddock.Core.Tools;

namespace Paddock.Core.Releases;

/// <summary>Reads the <c>match</c> of a rule.</summary>
internal static class RuleMatchSpec
{
    private const int MostWords = 20;

    public static RuleMatch Read(Fields match)
    {
        var (paths, notPaths) = Paths(match);
        var read = new RuleMatch
        {
            Modes = Names(match, "modes"),
            Tools = Names(match, "tools"),
            Classes = ClassesOf(match),
            Commands = Commands(match),
            Paths = paths,
            NotPaths = notPaths,
            Mcp = Mcp(match),
            Providers = Names(match, "providers"),
            Models = Names(match, "models"),
            Agents = Names(match, "agents"),
            Principals = Names(match, "principals"),
            Teams = Names(match, "teams"),
            Repositories = Patterns(match, "repositories"),
        };
        match.Close();
        if (new CompiledMatch(read).IsImpossible)
        {
            match.Place.Fault(match.Line, match.Path, "Nothing can ever match this: 'commands' is about the class command, 'mcp' about the class mcp.");
        }

        return read;
    }

    /// <summary>A list that, once written, holds something: an empty one would read as "nothing" and mean "anything".</summary>
    public static ImmutableArray<string> Names(Fields fields, string name) => [.. fields.Texts(name, required: fields.Has(name)).Select(item => item.Text)];

    public static ImmutableArray<string> Patterns(Fields fields, string name)
    {
        var patterns = ImmutableArray.CreateBuilder<string>();
        foreach (var (text, line, path) in fields.Texts(name, required: fields.Has(name)))
        {
            if (PathPattern.Refusal(text) is { } refusal)
            {
                fields.Place.Fault(line, path, refusal);
            }

            patterns.Add(text);
        }

        return patterns.ToImmutable();
    }

    private static ImmutableArray<ToolClass> ClassesOf(Fields match)
    {
        var classes = ImmutableArray.CreateBuilder<ToolClass>();
        foreach (var (text, line, path) in match.Texts("classes", required: match.Has("classes")))
        {
            if (FieldValues.ChoiceOf(match.Place, line, path, text, ToolClassNames.All) is { } index)
            {
                classes.Add((ToolClass)index);
            }
        }

        return classes.ToImmutable();
    }

    private static (ImmutableArray<string> Any, ImmutableArray<string> None) Paths(Fields match)
    {
        if (match.Object("paths") is not { } paths)
        {
            return ([], []);
        }

        var any = Patterns(paths, "any");
        var none = Patterns(paths, "none");
        paths.Close();
        if (!paths.Has("any"))
        {
            match.Fault("paths", "Say with 'any' which paths this rule is about ('**' is every path); 'none' takes some away.");
        }

        return (any, none);
    }

    private static McpMatch? Mcp(Fields match)
    {
        if (match.Object("mcp") is not { } mcp)
        {
            return null;
        }

        var annotations = mcp.Object("annotations");
        var read = new McpMatch
        {
            Servers = Names(mcp, "servers"),
            Tools = Names(mcp, "tools"),
            ReadOnly = annotations?.Flag("readOnly"),
            Destructive = annotations?.Flag("destructive"),
        };
        annotations?.Close();
        mcp.Close();
        if (!mcp.Has("servers") && !mcp.Has("tools") && !mcp.Has("annotations"))
        {
            match.Fault("mcp", "Name 'servers', 'tools' or 'annotations'; every MCP tool is 'classes: [mcp]'.");
        }

        return read;
    }

    private static ImmutableArray<ImmutableArray<ImmutableArray<string>>> Commands(Fields match)
    {
        var commands = ImmutableArray.CreateBuilder<ImmutableArray<ImmutableArray<string>>>();
        foreach (var (node, path) in match.Items("commands", required: match.Has("commands")))
        {
            if (node is not SequenceNode { Items.Count: > 0 and <= MostWords } words)
            {
                match.Place.Fault(node.Line, path, $"Expected a command as a list of 1 to {MostWords} words, such as [git, push]; a list in a word's place holds alternatives.");
                continue;
            }

            commands.Add([.. words.Items.Select((word, i) => Word(match, word, $"{path}[{i}]"))]);
        }

        return commands.ToImmutable();
    }

    private static ImmutableArray<string> Word(Fields match, DocumentNode node, string path)
    {
        if (node is not SequenceNode alternatives)
        {
            return match.TextOf(node, path) is { } text ? [text] : [];
        }

        if (alternatives.Items.Count == 0)
        {
            match.Place.Fault(node.Line, path, "A list of alternatives holds at least one word.");
        }

        return [.. alternatives.Items.Select((item, i) => match.TextOf(item, $"{path}[{i}]")).OfType<string>()];
    }
}
