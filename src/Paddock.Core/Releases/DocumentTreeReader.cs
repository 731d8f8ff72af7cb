using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Paddock.Core.Releases;

/// <summary>
/// Turns YAML text into nodes that know their lines. Strict: no anchors, aliases or tags (they hide what a document says, and
/// aliases multiply), no key twice, no deep nesting. All faults are collected; only broken syntax ends the reading of a file.
/// </summary>
internal sealed class DocumentTreeReader(string file, FaultList faults)
{
    private const int DeepestLevel = 20;

    /// <summary>The roots of the file's documents; a document that could not be read is left out.</summary>
    public List<DocumentNode> Read(string text)
    {
        var roots = new List<DocumentNode>();
        using var reader = new StringReader(text);
        var parser = new Parser(reader);
        try
        {
            while (parser.MoveNext())
            {
                if (parser.Current is DocumentStart)
                {
                    parser.MoveNext();
                    roots.Add(ReadNode(parser, "", 1));
                }
            }
        }
        catch (TooDeepException deep)
        {
            faults.Add(file, deep.Line, deep.Key, $"Nested more than {DeepestLevel} levels deep.");
        }
        catch (YamlException broken)
        {
            // The parser's message describes its own state ("did not find expected ','"), never the text it read.
            faults.Add(file, (int)broken.Start.Line, "", "This is not valid YAML: " + broken.Message.TrimEnd('.') + ".");
        }
        catch (InvalidOperationException)
        {
            // YamlDotNet 18 gives up so, instead of with a fault of its own, where a flow mapping has lost its opening brace.
            faults.Add(file, (int)(parser.Current?.End.Line ?? 0), "", "This is not valid YAML: from here on it cannot be read; is a bracket or quote missing?");
        }

        return roots;
    }

    private DocumentNode ReadNode(Parser parser, string path, int level)
    {
        var current = parser.Current ?? throw new InvalidOperationException("A YAML event was expected.");
        var line = (int)current.Start.Line;
        if (level > DeepestLevel)
        {
            throw new TooDeepException(line, path);
        }

        if (current is AnchorAlias)
        {
            faults.Add(file, line, path, "Aliases (*name) are not supported: write the value out, so that a document says what it means where it means it.");
            return new RefusedNode(line);
        }

        RefuseAnchorAndTag(current, line, path);
        return current switch
        {
            Scalar scalar => new ScalarNode(line, scalar.Value, scalar.Style is ScalarStyle.Plain),
            SequenceStart => ReadSequence(parser, line, path, level),
            MappingStart => ReadMapping(parser, line, path, level),
            _ => new RefusedNode(line),
        };
    }

    private void RefuseAnchorAndTag(ParsingEvent current, int line, string path)
    {
        if (current is NodeEvent { Anchor.IsEmpty: false })
        {
            faults.Add(file, line, path, "Anchors (&name) are not supported: write the value out.");
        }

        if (current is NodeEvent { Tag: { IsEmpty: false, IsNonSpecific: false } })
        {
            faults.Add(file, line, path, "Tags (!name) are not supported: quotes make a text, their absence a number.");
        }
    }

    private SequenceNode ReadSequence(Parser parser, int line, string path, int level)
    {
        var items = new List<DocumentNode>();
        while (parser.MoveNext() && parser.Current is not SequenceEnd)
        {
            items.Add(ReadNode(parser, $"{path}[{items.Count}]", level + 1));
        }

        return new(line, items);
    }

    private MappingNode ReadMapping(Parser parser, int line, string path, int level)
    {
        var entries = new List<MappingEntry>();
        var keys = new Dictionary<string, int>(StringComparer.Ordinal);
        while (parser.MoveNext() && parser.Current is not MappingEnd)
        {
            var key = ReadNode(parser, path, level + 1);
            var name = (key as ScalarNode)?.Text;
            var below = DottedKey.Below(path, name ?? "?");
            parser.MoveNext();
            var value = ReadNode(parser, below, level + 1);
            if (name is null)
            {
                faults.Add(file, key.Line, path, "A key is a single word.");
            }
            else if (keys.TryAdd(name, key.Line))
            {
                entries.Add(new(name, key.Line, value));
            }
            else
            {
                faults.Add(file, key.Line, below, $"This key stands here twice; the first is on line {keys[name]}.");
            }
        }

        return new(line, entries);
    }

    /// <summary>Leaves the recursion at once: what is below is not worth reading.</summary>
    private sealed class TooDeepException(int line, string key) : Exception
    {
        public int Line => line;

        public string Key => key;
    }
}
