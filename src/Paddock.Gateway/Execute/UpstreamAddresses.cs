using System.Runtime.CompilerServices;
using Paddock.Core.Models;

namespace Paddock.Gateway.Execute;

/// <summary>Addresses below a provider's base, remembered per provider: parsing one costs more than many of the steps around it.</summary>
internal static class UpstreamAddresses
{
    private static readonly ConditionalWeakTable<Provider, System.Collections.Concurrent.ConcurrentDictionary<string, Uri>> Known = new();

    /// <param name="path">Begins with a slash; may hold a query of its own (Azure's <c>api-version</c>).</param>
    /// <param name="query">The client's own query with its question mark, or null. It passes, as <c>?beta=true</c> must.</param>
    public static Uri Of(Provider provider, string path, string? query)
    {
        if (string.IsNullOrEmpty(query))
        {
            return Known.GetOrCreateValue(provider).GetOrAdd(path, static (p, at) => new(at.BaseUrl.AbsoluteUri.TrimEnd('/') + p), provider);
        }

        var separator = path.Contains('?', StringComparison.Ordinal) ? "&" : "?";
        return new(provider.BaseUrl.AbsoluteUri.TrimEnd('/') + path + separator + query[1..]);
    }
}
