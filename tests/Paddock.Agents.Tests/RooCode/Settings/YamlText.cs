using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Paddock.Agents.Tests.RooCode.Settings;

/// <summary>Reads YAML as a client does (the core schema, as far as our files have it) and shows it as JSON.</summary>
internal static class YamlText
{
    public static string ToJson(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return JsonSerializer.Serialize(Value(stream.Documents.ShouldHaveSingleItem().RootNode));
    }

    private static object? Value(YamlNode node) => node switch
    {
        YamlMappingNode mapping => mapping.Children.ToDictionary(static pair => ((YamlScalarNode)pair.Key).Value!, static pair => Value(pair.Value)), // a key is a text
        YamlSequenceNode sequence => sequence.Children.Select(Value).ToArray(),
        YamlScalarNode { Style: ScalarStyle.Plain } plain => plain.Value switch { "true" => true, "false" => false, "null" or "~" or "" => null, var text => decimal.TryParse(text, out var number) ? number : text },
        YamlScalarNode scalar => scalar.Value,
        _ => throw new InvalidOperationException("Anchors are not ours."),
    };
}
