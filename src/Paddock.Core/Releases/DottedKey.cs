namespace Paddock.Core.Releases;

/// <summary>Paths of keys as faults show them: <c>spec.targets[1].provider</c>.</summary>
internal static class DottedKey
{
    public static string Below(string path, string name)
    {
        var shown = SecretText.IsKey(name) ? "?" : name.Length <= 40 ? name : name[..37] + "…";
        return path.Length == 0 ? shown : path + "." + shown;
    }
}
