using System.Collections.Immutable;
using Paddock.Core.Modes;

namespace Paddock.Core.Releases;

/// <summary>Reads the <c>models</c> of a <c>TeamProfile</c>.</summary>
internal static class ProfileModelsSpec
{
    private const int MostClasses = 20, MostModels = 20;

    public static ProfileModels? Read(Fields spec)
    {
        if (spec.Object("models") is not { } models)
        {
            return null;
        }

        var classes = Classes(models);
        var read = new ProfileModels
        {
            Classes = classes,
            Default = models.Text("default", required: true) ?? "",
            AllowsOthers = models.Choice("others", ["deny", "allow"]) == 1,
        };
        models.Close();
        if (models.Has("default") && read.Default.Length > 0 && !classes.Any(each => each.Key == read.Default))
        {
            models.Fault("default", $"There is no class {SecretText.Show(read.Default)} here.", Suggestion.For(read.Default, classes.Select(static each => each.Key)));
        }

        return read;
    }

    private static ImmutableArray<KeyValuePair<string, ImmutableArray<string>>> Classes(Fields models)
    {
        if (models.Take("classes", required: true) is not { } node)
        {
            return [];
        }

        if (node is not MappingNode { Entries.Count: > 0 and <= MostClasses } mapping)
        {
            models.Fault("classes", $"Expected 1 to {MostClasses} classes of models, each 'name: [model, …]'.");
            return [];
        }

        var below = new Fields(models.Place, mapping, DottedKey.Below(models.Path, "classes"));
        var classes = mapping.Entries.Select(entry => KeyValuePair.Create(entry.Key, Class(below, entry.Key))).OrderBy(static each => each.Key, StringComparer.Ordinal);
        return [.. classes];
    }

    private static ImmutableArray<string> Class(Fields classes, string name)
    {
        if (name.Length is 0 or > ModeSpec.LongestSlug || !name.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-'))
        {
            classes.Fault(name, $"A class of models has a name of small letters, digits and '-', at most {ModeSpec.LongestSlug} in all.");
        }

        var models = classes.Texts(name, required: true);
        if (models.Count > MostModels)
        {
            classes.Fault(name, $"A class names at most {MostModels} models.");
        }

        foreach (var (text, line, path) in models)
        {
            classes.Place.Refer(DocumentKinds.ModelOrRoute, text, line, path);
        }

        return [.. models.Select(static item => item.Text)];
    }
}
