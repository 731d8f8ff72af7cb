using System.Collections;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Paddock.Core.Identity;
using Paddock.Core.Releases;

namespace Paddock.Settings;

/// <summary>Tells settings apart: equal digests, equal settings. Of a secret it only counts whether there is one.</summary>
internal static class SettingsDigest
{
    /// <summary>SHA-256, in lower-case hexadecimal, of one line per setting, in the order of their names.</summary>
    public static string Of(ServeSettings settings) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text(settings))));

    private static string Text(object value) => value switch
    {
        Secret => "[secret]",
        string text => text,
        IReadOnlyList<SourceFile> documents => ReleaseManifest.Digest(documents).Value,
        IEnumerable many => $"[{string.Join(',', many.Cast<object>().Select(Text))}]",
        _ when value.GetType() is { Namespace: var space, IsEnum: false } && space == typeof(SettingsDigest).Namespace => Members(value),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Members(object value) => string.Join('\n', value.GetType().GetProperties()
        .Where(member => member.GetIndexParameters().Length == 0)
        .OrderBy(member => member.Name, StringComparer.Ordinal)
        .Select(member => $"{member.Name}={(member.GetValue(value) is { } own ? Text(own) : "")}"));
}
