namespace Paddock.Core.Releases;

/// <summary>
/// The fields of one mapping, taken by name. What nobody took when <see cref="Close"/> is called is an unknown field, and the names
/// that were asked for are what a mistyped one is compared with: a reader names each field once and cannot forget to allow it.
/// </summary>
internal sealed class Fields(DocumentPlace place, MappingNode node, string path)
{
    private const int LongestText = 2_000, LongestProse = 20_000;

    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    public DocumentPlace Place => place;

    public string Path => path;

    public int Line => node.Line;

    public MappingNode Node => node;

    public bool Has(string name) => node.Find(name) is not null;

    public int LineOf(string name) => node.Find(name)?.Line ?? node.Line;

    /// <summary>A field that must hold something; null when it is not there or was refused.</summary>
    public DocumentNode? Take(string name, bool required = false)
    {
        asked.Add(name);
        if (node.Find(name) is not { } entry)
        {
            if (required)
            {
                place.Fault(node.Line, DottedKey.Below(path, name), "This field is required.");
            }

            return null;
        }

        if (entry.Value is ScalarNode { IsNull: true })
        {
            Fault(name, "This field has no value; give it one or leave it out.");
            return null;
        }

        return entry.Value is RefusedNode ? null : entry.Value;
    }

    public void Fault(string name, string message, string? suggestion = null) => place.Fault(LineOf(name), DottedKey.Below(path, name), message, suggestion);

    /// <summary>A text. Numbers, true and false must be quoted to be one: <c>owner: 2024</c> is as likely a slip.</summary>
    public string? Text(string name, bool required = false) => Take(name, required) is { } value ? TextOf(value, DottedKey.Below(path, name)) : null;

    /// <summary>A text that may fill pages, such as what a model is told.</summary>
    public string? Prose(string name, bool required = false) => Take(name, required) is { } value ? TextOf(value, DottedKey.Below(path, name), LongestProse) : null;

    /// <summary>A number or a word: what is written without quotes.</summary>
    public ScalarNode? Scalar(string name, string expected, bool required = false)
    {
        switch (Take(name, required))
        {
            case null:
                return null;
            case ScalarNode scalar:
                return scalar;
            default:
                Fault(name, $"Expected {expected}.");
                return null;
        }
    }

    public Fields? Object(string name, bool required = false)
    {
        switch (Take(name, required))
        {
            case null:
                return null;
            case MappingNode mapping:
                return new(place, mapping, DottedKey.Below(path, name));
            default:
                Fault(name, "Expected fields below this key, each 'name: value'.");
                return null;
        }
    }

    /// <summary>A list; its items with their own paths.</summary>
    public IReadOnlyList<(DocumentNode Node, string Path)> Items(string name, bool required = false)
    {
        switch (Take(name, required))
        {
            case null:
                return [];
            case SequenceNode sequence:
                if (required && sequence.Items.Count == 0)
                {
                    Fault(name, "This list needs at least one item.");
                }

                return [.. sequence.Items.Select((item, i) => (item, $"{DottedKey.Below(path, name)}[{i}]"))];
            default:
                Fault(name, "Expected a list: '[a, b]', or one '- item' per line.");
                return [];
        }
    }

    public IEnumerable<Fields> Objects(string name, bool required = false)
    {
        foreach (var (item, itemPath) in Items(name, required))
        {
            if (item is MappingNode mapping)
            {
                yield return new(place, mapping, itemPath);
            }
            else if (item is not RefusedNode)
            {
                place.Fault(item.Line, itemPath, "Expected fields, each 'name: value'.");
            }
        }
    }

    /// <summary>A list of texts, each with its line, none twice.</summary>
    public IReadOnlyList<(string Text, int Line, string Path)> Texts(string name, bool required = false)
    {
        var texts = new List<(string Text, int Line, string Path)>();
        foreach (var (item, itemPath) in Items(name, required))
        {
            if (TextOf(item, itemPath) is not { } text)
            {
                continue;
            }

            if (texts.Exists(other => other.Text == text))
            {
                place.Fault(item.Line, itemPath, $"{SecretText.Show(text)} stands in this list twice.");
                continue;
            }

            texts.Add((text, item.Line, itemPath));
        }

        return texts;
    }

    /// <summary>A mapping whose keys are the author's own, such as header names.</summary>
    public IReadOnlyList<(string Key, string Value, int Line, string Path)> Pairs(string name)
    {
        switch (Take(name))
        {
            case null:
                return [];
            case MappingNode mapping:
                return
                [
                    .. from entry in mapping.Entries
                       let below = DottedKey.Below(DottedKey.Below(path, name), entry.Key)
                       let text = TextOf(entry.Value, below)
                       where text is not null
                       select (entry.Key, text, entry.Line, below),
                ];
            default:
                Fault(name, "Expected fields below this key, each 'name: value'.");
                return [];
        }
    }

    /// <summary>Reports every field that nobody asked for.</summary>
    public void Close()
    {
        foreach (var entry in node.Entries.Where(entry => !asked.Contains(entry.Key)))
        {
            if (SecretText.IsFieldName(entry.Key) || SecretText.IsKey(entry.Key))
            {
                Fault(entry.Key, SecretText.Remedy);
                continue;
            }

            Fault(entry.Key, $"There is no field of this name; the fields here are {string.Join(", ", asked)}.", Suggestion.For(entry.Key, asked));
        }
    }

    /// <summary>The text that a node holds; null when it holds something else, which is a fault.</summary>
    public string? TextOf(DocumentNode value, string key) => TextOf(value, key, LongestText);

    private string? TextOf(DocumentNode value, string key, int longest)
    {
        if (value is not ScalarNode scalar)
        {
            if (value is not RefusedNode)
            {
                place.Fault(value.Line, key, "Expected a text.");
            }

            return null;
        }

        var message = scalar switch
        {
            { Text: "" } or { IsNull: true } => "This text is empty.",
            { Plain: true, Text: "true" or "false" or "True" or "False" } => "Expected a text; quotes make one of it.",
            { Plain: true } when Numbers.IsNumber(scalar.Text) => "Expected a text, but this is a number; quotes make a text of it.",
            _ when scalar.Text.Length > longest => $"This text is longer than {longest} characters.",
            _ when SecretText.IsKey(scalar.Text) => "This looks like a key. " + SecretText.Remedy,
            _ => null,
        };
        if (message is not null)
        {
            place.Fault(scalar.Line, key, message);
        }

        return message is null ? scalar.Text : null;
    }
}
