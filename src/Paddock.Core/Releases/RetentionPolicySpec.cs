using System.Collections.Frozen;
using System.Globalization;
using Paddock.Core.Audit.Payloads;

namespace Paddock.Core.Releases;

/// <summary>Reads the <c>spec</c> of a <c>RetentionPolicy</c>.</summary>
internal static class RetentionPolicySpec
{
    private const string Forever = "forever";
    private const int MostDays = 36_500;

    public static RetentionRules Read(Fields spec)
    {
        if (spec.Object("content", required: true) is not { } content)
        {
            return RetentionRules.None;
        }

        if (!content.Has("keep") && !content.Has("classes"))
        {
            spec.Fault("content", "Say how long content stays: 'keep' for all, 'classes' for some, or both.");
        }

        var others = content.Text("keep") is { } text ? Days(content.Place, text, content.LineOf("keep"), DottedKey.Below(content.Path, "keep")) : null;
        var classes = new Dictionary<string, TimeSpan?>(StringComparer.Ordinal);
        foreach (var (cls, keep, line, path) in content.Pairs("classes"))
        {
            if (!KeyClasses.IsName(cls) || cls == KeyClasses.Names)
            {
                content.Place.Fault(line, path, $"A class of content has lower-case letters, digits and '-', begins with a letter, has at most {DataKeyId.LongestClass} characters, and is not '{KeyClasses.Names}'.");
            }

            classes[cls] = Days(content.Place, keep, line, path);
        }

        content.Close();
        return new() { Others = others, Classes = classes.ToFrozenDictionary(StringComparer.Ordinal) };
    }

    /// <returns>Null for <c>forever</c>, and after a fault.</returns>
    private static TimeSpan? Days(DocumentPlace place, string text, int line, string path)
    {
        if (text is [.. var digits, 'd'] && digits.Length is > 0 and < 6 && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 0 and <= MostDays)
        {
            return TimeSpan.FromDays(days);
        }

        if (text != Forever)
        {
            place.Fault(line, path, $"{SecretText.Show(text)} is no time to keep content; write days, from 1d to {MostDays}d, or '{Forever}': until somebody erases it.");
        }

        return null;
    }
}
