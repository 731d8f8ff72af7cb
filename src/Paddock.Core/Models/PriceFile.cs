using System.Collections.Frozen;
using System.Text.Json;

namespace Paddock.Core.Models;

/// <summary>The parsed price file (its schema is what dev/prices.cs writes). USD per million tokens.</summary>
internal sealed class PriceFile
{
    private readonly FrozenDictionary<string, PriceFileProvider> byId;
    private readonly IReadOnlyList<PriceFileProvider> providers;

    private PriceFile(string version, IReadOnlyList<PriceFileProvider> providers)
    {
        (Version, this.providers) = (version, providers);
        byId = providers.ToFrozenDictionary(provider => provider.Id, StringComparer.Ordinal);
    }

    public string Version { get; }

    public IReadOnlyCollection<string> ProviderIds => byId.Keys;

    public static PriceFile ReadEmbedded()
    {
        using var stream = typeof(PriceFile).Assembly.GetManifestResourceStream("Paddock.prices.json") ?? throw new InvalidOperationException("The price file is not in the assembly.");
        using var json = JsonDocument.Parse(stream);
        var root = json.RootElement;
        return new(root.GetProperty("version").GetString()!, [.. root.GetProperty("providers").EnumerateArray().Select(PriceFileProvider.Read)]); // written by dev/prices.cs
    }

    public PriceFileProvider? ById(string id) => byId.GetValueOrDefault(id);

    public PriceFileProvider? ByAddress(Uri address) => providers.FirstOrDefault(provider => provider.IsAt(address));
}

/// <summary>One provider of the price file.</summary>
internal sealed record PriceFileProvider(string Id, IReadOnlyList<string> Hosts, IReadOnlyList<string> Fallback, IReadOnlyList<PriceFileModel> Models)
{
    public static PriceFileProvider Read(JsonElement json) => new(
        json.GetProperty("id").GetString()!, // written by dev/prices.cs
        Texts(json, "hosts"),
        Texts(json, "fallback"),
        [.. json.GetProperty("models").EnumerateArray().Select(PriceFileModel.Read)]);

    /// <summary>Whether an address is one of this provider's: host patterns, some with a path; a trailing dot stands for any top-level domain.</summary>
    public bool IsAt(Uri address) => Hosts.Any(pattern =>
    {
        var slash = pattern.IndexOf('/', StringComparison.Ordinal);
        var host = slash < 0 ? pattern : pattern[..slash];
        return Glob.Matches(host.EndsWith('.') ? host + "*" : host, address.Host)
            && (slash < 0 || address.AbsolutePath.StartsWith(pattern[slash..], StringComparison.OrdinalIgnoreCase));
    });

    /// <summary>The exact name first, then the patterns in the file's order.</summary>
    public PriceFileModel? Find(string model) => Models.FirstOrDefault(known => known.Id == model) ?? Models.FirstOrDefault(known => known.Matches(model));

    internal static IReadOnlyList<string> Texts(JsonElement json, string name) =>
        json.TryGetProperty(name, out var array) ? [.. array.EnumerateArray().Select(item => item.GetString()!)] : []; // written by dev/prices.cs
}

/// <summary>Text patterns with <c>*</c> for anything; case is ignored.</summary>
internal static class Glob
{
    public static bool Matches(string pattern, string text) => Matches(pattern.AsSpan(), text.AsSpan());

    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        var star = pattern.IndexOf('*');
        if (star < 0)
        {
            return pattern.Equals(text, StringComparison.OrdinalIgnoreCase);
        }

        if (!text.StartsWith(pattern[..star], StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var rest = pattern[(star + 1)..];
        for (var at = star; at <= text.Length; at++)
        {
            if (Matches(rest, text[at..]))
            {
                return true;
            }
        }

        return false;
    }
}
