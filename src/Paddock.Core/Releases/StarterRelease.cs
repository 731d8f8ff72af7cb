using System.Text;

namespace Paddock.Core.Releases;

/// <summary>
/// What serves when nobody has given a release: the providers that the environment names, and the shipped rules in shadow. Both are
/// documents and go the way of every other document, checked, digested and stored. They hold the names of variables, never their values.
/// </summary>
public static class StarterRelease
{
    /// <summary>No release directory can hold a file of this path's folder and be mistaken for it: the loader refuses two files with one path.</summary>
    public const string Path = "@environment/providers.yaml";

    private static readonly Entry[] entries =
    [
        new("openai", "OPENAI_API_KEY", "OPENAI_BASE_URL", "https://api.openai.com/v1", "openai-chat, openai-responses", "bearer"),
        new("anthropic", "ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL", "https://api.anthropic.com", "anthropic-messages", "api-key"),
        new("openrouter", "OPENROUTER_API_KEY", null, "https://openrouter.ai/api/v1", "openai-chat", "bearer"),
    ];

    /// <summary>The documents of <c>examples/starter</c>: everything passes, and what the shipped rules would have said is recorded. A release that somebody wrote holds what its owner wrote and gets none of them.</summary>
    public static IReadOnlyList<SourceFile> Shipped { get; } = SourceFile.Embedded("starter/");

    /// <summary>The environment variables that <see cref="From"/> looks at.</summary>
    public static IReadOnlyList<string> Variables { get; } = [.. entries.SelectMany(entry => new[] { entry.Key, entry.Address }).OfType<string>()];

    /// <param name="environment">Variables and values; those that are unset or blank count as absent.</param>
    /// <returns>One file, or none when no variable names a provider: then there is nothing to ask, which is a valid release.</returns>
    public static IReadOnlyList<SourceFile> From(IReadOnlyDictionary<string, string> environment)
    {
        var text = new StringBuilder();
        foreach (var entry in entries)
        {
            var hasKey = Value(environment, entry.Key) is not null;
            var address = Value(environment, entry.Address);
            if (hasKey || address is not null)
            {
                Append(text, entry, address ?? entry.Usual, hasKey);
            }
        }

        return text.Length == 0 ? [] : [new(Path, text.ToString())];
    }

    private static void Append(StringBuilder text, Entry entry, string address, bool hasKey) => text.Append(
        $"""
        ---
        apiVersion: paddock/v1alpha1
        kind: Provider
        metadata:
          name: {entry.Name}
          owner: environment
        spec:
          wires: [{entry.Wires}]
          baseUrl: {Quoted(address)}
          auth:
            scheme: {(hasKey ? entry.Scheme : "none")}
        {(hasKey ? "  credential: {env: " + entry.Key + "}" : "  # No " + entry.Key + " is set: nothing is sent.")}

        """);

    private static string? Value(IReadOnlyDictionary<string, string> environment, string? name) =>
        name is not null && environment.TryGetValue(name, out var value) && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    /// <summary>A YAML double-quoted text: whatever stands in the variable stays one text.</summary>
    private static string Quoted(string text) =>
        "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal) + "\"";

    private sealed record Entry(string Name, string Key, string? Address, string Usual, string Wires, string Scheme);
}
