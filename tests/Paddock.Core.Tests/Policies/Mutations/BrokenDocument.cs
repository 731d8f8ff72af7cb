using System.Text;
using System.Text.Json;
using Paddock.Core.Policies.Expressions;
using Paddock.Core.Releases;

namespace Paddock.Core.Tests.Policies.Mutations;

/// <summary>A release in which one thing of a rule or its binding is broken, so that it means nothing any more.</summary>
/// <param name="What">Which thing, and how.</param>
internal sealed record BrokenDocument(string What, string Text)
{
    private static readonly string[] words = ["apiVersion", "kind", "effect", "enforcement", "policy", "chain", "shell"];

    /// <summary>Everything in the policies and bindings of a release that can be broken, each by itself.</summary>
    public static IEnumerable<BrokenDocument> Of(string release)
    {
        var faults = new FaultList();
        var roots = new DocumentTreeReader("release.yaml", faults).Read(release);
        for (var i = 0; i < roots.Count; i++)
        {
            if (roots[i] is not MappingNode root || root.Find("kind")?.Value is not ScalarNode { Text: "Policy" or "PolicyBinding" })
            {
                continue;
            }

            foreach (var (what, node) in Broken(root, ""))
            {
                yield return new(what, string.Join("\n---\n", roots.Select((other, at) => Written(at == i ? node : other))));
            }
        }
    }

    public static string Rewritten(string release) => string.Join("\n---\n", new DocumentTreeReader("release.yaml", new()).Read(release).Select(Written));

    private static IEnumerable<(string What, DocumentNode Node)> Broken(DocumentNode node, string path)
    {
        switch (node)
        {
            case MappingNode mapping:
                foreach (var (i, entry) in mapping.Entries.Index())
                {
                    foreach (var typo in Typos(entry.Key))
                    {
                        yield return ($"key {path}.{entry.Key} -> {typo}", With(mapping, i, entry with { Key = typo }));
                    }

                    foreach (var (what, value) in Values(entry.Key, entry.Value, $"{path}.{entry.Key}"))
                    {
                        yield return (what, With(mapping, i, entry with { Value = value }));
                    }
                }

                break;
            case SequenceNode sequence:
                foreach (var (i, item) in sequence.Items.Index())
                {
                    foreach (var (what, value) in Values(path.EndsWith(".classes", StringComparison.Ordinal) ? "effect" : "", item, $"{path}[{i}]"))
                    {
                        yield return (what, new SequenceNode(0, [.. sequence.Items.Take(i), value, .. sequence.Items.Skip(i + 1)]));
                    }
                }

                break;
        }
    }

    private static IEnumerable<(string What, DocumentNode Node)> Values(string key, DocumentNode value, string path)
    {
        var names = value is ScalarNode word && words.Contains(key) ? Typos(word.Text).Select(typo => ($"name {path} -> {typo}", (DocumentNode)new ScalarNode(0, typo, false))) : [];
        var expressions = value is ScalarNode text && key == "when" ? Expressions(text.Text).Select(broken => ($"{broken.What} in {path}", (DocumentNode)new ScalarNode(0, broken.Text, false))) : [];
        var types = Types(value, path).Select(other => ($"type {path} -> {Written(other)}", other));
        return [.. names, .. expressions, .. types, .. Broken(value, path)];
    }

    private static IEnumerable<DocumentNode> Types(DocumentNode value, string path)
    {
        // A word of a command may be a list of alternatives, and a test a line or a map: there these are no other types.
        var isWord = path.Contains(".commands[", StringComparison.Ordinal) && path.Count(c => c == '[') == 3 + path[..path.IndexOf(".commands", StringComparison.Ordinal)].Count(c => c == '[') - 1;
        var isTest = path.EndsWith("].match", StringComparison.Ordinal) || path.EndsWith("].notMatch", StringComparison.Ordinal);
        var (text, list, map) = (new ScalarNode(0, "x", false), new SequenceNode(0, [new ScalarNode(0, "x", false)]), new MappingNode(0, [new("x", 0, new ScalarNode(0, "y", false))]));
        return value switch
        {
            ScalarNode { Plain: true, Text: "true" or "false" } scalar => [scalar with { Plain = false }, list, map],
            ScalarNode { Plain: true } scalar when Numbers.IsNumber(scalar.Text) => [scalar with { Plain = false }, list, map],
            ScalarNode => [new ScalarNode(0, "5", true), new ScalarNode(0, "true", true), map, .. isWord ? [] : new DocumentNode[] { list }],
            SequenceNode => [map, .. isWord ? [] : new DocumentNode[] { text }],
            _ => [list, .. isTest ? [] : new DocumentNode[] { text }],
        };
    }

    private static IEnumerable<(string What, string Text)> Expressions(string text)
    {
        var lexer = new CelLexer(text);
        for (var token = lexer.Next(); token.Kind is not CelTokenKind.End; token = lexer.Next())
        {
            var (kind, broken) = token switch
            {
                { Kind: CelTokenKind.Mark } => ("operator", Marks(token.Text)),
                { Kind: CelTokenKind.Name, Text: "true" or "false" } => ("type", ["'true'", .. Typos(token.Text)]),
                { Kind: CelTokenKind.Name, Text: "in" } => ("operator", [" contains ", " inn ", " = "]),
                { Kind: CelTokenKind.Name, Text.Length: > 1 } => ("name", Typos(token.Text).ToArray()),
                { Kind: CelTokenKind.Text } => ("type", ["5", "true"]),
                { Kind: CelTokenKind.Int or CelTokenKind.Double } => ("type", ["'5'", "true"]),
                _ => ("", []),
            };
            foreach (var other in broken)
            {
                yield return ($"{kind} {text[token.At..token.End]} -> {other}", string.Concat(text.AsSpan(0, token.At), other, text.AsSpan(token.End)));
            }
        }
    }

    private static string[] Marks(string mark) => mark switch
    {
        "&&" => ["&", " and ", "&&&"],
        "||" => ["|", " or ", "|||"],
        "==" => ["=", "===", " is "],
        "!=" => ["<>", "!==", "=!"],
        "<=" => ["=<"],
        ">=" => ["=>"],
        "!" => [" not "],
        "[" => ["[["], // without it a list of one in brackets is a value in brackets
        "(" or ")" or "]" => [mark + mark, ""],
        "-" => [], // two of them are one the other way round
        _ => [mark + mark],
    };

    /// <summary>What slips from fingers: a letter lost, doubled, taken for its neighbour, in the other case.</summary>
    private static IEnumerable<string> Typos(string word)
    {
        var last = word[^1];
        var flipped = char.IsLower(word[0]) ? char.ToUpperInvariant(word[0]) : char.ToLowerInvariant(word[0]);
        return new[] { word[..^1], word + last, word.Length > 1 ? word[1..2] + word[0] + word[2..] : word, flipped + word[1..], word[..(word.Length / 2)] + '_' + word[(word.Length / 2)..] }
            .Where(typo => typo.Length > 0 && typo != word).Distinct();
    }

    private static MappingNode With(MappingNode mapping, int at, MappingEntry entry) => new(0, [.. mapping.Entries.Take(at), entry, .. mapping.Entries.Skip(at + 1)]);

    private static string Written(DocumentNode node) => node switch
    {
        MappingNode mapping => "{" + string.Join(", ", mapping.Entries.Select(entry => $"{JsonSerializer.Serialize(entry.Key)}: {Written(entry.Value)}")) + "}",
        SequenceNode sequence => "[" + string.Join(", ", sequence.Items.Select(Written)) + "]",
        ScalarNode { Plain: true } scalar when scalar.Text is "true" or "false" || Numbers.IsNumber(scalar.Text) => scalar.Text,
        ScalarNode scalar => JsonSerializer.Serialize(scalar.Text),
        _ => throw new InvalidOperationException(),
    };
}
