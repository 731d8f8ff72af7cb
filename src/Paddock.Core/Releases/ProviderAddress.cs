using System.Net;
using Paddock.Core.Models;

namespace Paddock.Core.Releases;

/// <summary>Addresses in documents: http or https, nothing hidden in them, never one where machines keep their own secrets.</summary>
internal static class ProviderAddress
{
    /// <summary>Stands in for an address that was refused; a release that holds it is rejected.</summary>
    public static readonly Uri Nowhere = new("http://invalid.invalid");

    /// <summary>An absolute address without a trailing slash.</summary>
    public static Uri? Url(this Fields fields, string name, bool required = false)
    {
        if (fields.Text(name, required) is not { } text)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0 || text.Any(c => c is <= ' ' or > '~' or '\\'))
        {
            fields.Fault(name, "Expected an address that begins with http:// or https://, such as https://api.openai.com/v1.");
            return null;
        }

        if (Refusal(url) is { } refusal)
        {
            fields.Fault(name, refusal);
            return null;
        }

        return new(url.AbsoluteUri.TrimEnd('/'));
    }

    private static string? Refusal(Uri url)
    {
        if (url.UserInfo.Length > 0)
        {
            return "An address holds no user and password. " + SecretText.Remedy;
        }

        if (url.Query.Length > 0 || url.Fragment.Length > 0)
        {
            return "A base address has no query and no fragment; 'paths' may have a query.";
        }

        var literal = IPAddress.TryParse(url.DnsSafeHost, out var address);
        return (literal && EgressRule.IsForbidden(address!)) || EgressRule.IsForbidden(url.DnsSafeHost)
            ? "This is an address of a metadata service or of no machine at all; a provider is never there."
            : null;
    }
}
