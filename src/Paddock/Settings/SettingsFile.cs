using Paddock.Core.Releases;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Paddock.Settings;

/// <summary>Reads a settings file: YAML whose nested keys are the dotted keys of <see cref="KnownSettings"/>.</summary>
internal static class SettingsFile
{
    /// <summary>The values in it; whatever is wrong with it is added to the faults.</summary>
    public static IReadOnlyList<SettingValue> Read(string path, string text, List<SettingFault> faults)
    {
        var values = new List<SettingValue>();
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            foreach (var document in stream.Documents)
            {
                ReadNode(path, "", document.RootNode, values, faults);
            }
        }
        catch (YamlException fault)
        {
            faults.Add(new($"{path}:{fault.Start.Line}", $"This is no YAML that settings can be read from: {fault.Message}"));
        }

        return values;
    }

    private static void ReadNode(string path, string key, YamlNode node, List<SettingValue> values, List<SettingFault> faults)
    {
        var source = $"{path}:{node.Start.Line}";
        if (KnownSettings.All.FirstOrDefault(setting => setting.Key == key) is { } known)
        {
            values.Add(new(known, Texts(node, source, faults), source) { BaseDirectory = Path.GetDirectoryName(Path.GetFullPath(path)) });
        }
        else if (node is YamlMappingNode mapping && (key.Length == 0 || KnownSettings.All.Any(setting => setting.Key.StartsWith(key + ".", StringComparison.Ordinal))))
        {
            foreach (var (name, value) in mapping.Children)
            {
                ReadNode(path, key.Length == 0 ? name.ToString() : $"{key}.{name}", value, values, faults);
            }
        }
        else if (key.Length > 0)
        {
            faults.Add(new(source, $"There is no setting '{key}'.", Suggestion.For(key, KnownSettings.All.Select(setting => setting.Key))));
        }
        else if (node is not YamlScalarNode { Value: null or "" })
        {
            faults.Add(new(source, "A settings file is a mapping of keys to values."));
        }
    }

    private static IReadOnlyList<string> Texts(YamlNode node, string source, List<SettingFault> faults)
    {
        switch (node)
        {
            case YamlScalarNode scalar:
                return [scalar.Value ?? ""];
            case YamlSequenceNode sequence when sequence.Children.All(child => child is YamlScalarNode):
                return [.. sequence.Children.Cast<YamlScalarNode>().Select(child => child.Value ?? "")];
            default:
                faults.Add(new(source, "Expected a text or a list of texts."));
                return [];
        }
    }
}
