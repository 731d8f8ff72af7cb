using Microsoft.AspNetCore.Http;
using Paddock.Core.Identity;
using Paddock.Core.Models;
using Paddock.Core.Snapshot;
using Paddock.Gateway.Decide;

namespace Paddock.Gateway.Execute;

/// <summary>Builds what is sent upstream: the client's own headers and bytes, but for the closed list of splices.</summary>
internal static class UpstreamRequest
{
    public static HttpRequestMessage Build(Exchange exchange, UpstreamTarget target, Secret? credential)
    {
        var provider = target.Provider;
        var content = new SplicedContent(exchange.Body!, RequestSplices.Of(exchange, target.Model)); // received before
        var message = new HttpRequestMessage(HttpMethod.Post, AddressOf(exchange, provider))
        {
            Content = content,
            Version = provider.BaseUrl.Scheme == Uri.UriSchemeHttps ? System.Net.HttpVersion.Version20 : System.Net.HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        CopyHeaders(exchange.Http.Request.Headers, message, content);
        message.Headers.TryAddWithoutValidation("Accept-Encoding", "identity");
        Authenticate(message, provider.Auth, credential);
        foreach (var (name, value) in provider.Headers)
        {
            message.Headers.Remove(name);
            message.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    private static Uri AddressOf(Exchange exchange, Provider provider)
    {
        var path = provider.PathFor(exchange.Wire);
        return UpstreamAddresses.Of(provider, exchange.Entrance.CountsTokens ? CountingPath(path) : path, exchange.Http.Request.QueryString.Value);
    }

    /// <summary>Below the path of messages, before a query that it may have.</summary>
    private static string CountingPath(string messages) => messages.IndexOf('?', StringComparison.Ordinal) is >= 0 and var query
        ? messages[..query].TrimEnd('/') + "/count_tokens" + messages[query..]
        : messages + "/count_tokens";

    private static void CopyHeaders(IHeaderDictionary headers, HttpRequestMessage message, HttpContent content)
    {
        var connection = headers.Connection.ToString();
        foreach (var (name, values) in headers)
        {
            if (HopHeaders.StayHere(name) || (connection.Length > 0 && HopHeaders.IsNamed(connection, name)))
            {
                continue;
            }

            if (values.Count == 1)
            {
                Add(message, content, name, values[0]!); // a counted value is never null
            }
            else
            {
                message.Headers.TryAddWithoutValidation(name, values.ToArray());
            }
        }
    }

    private static void Add(HttpRequestMessage message, HttpContent content, string name, string value)
    {
        if (!message.Headers.TryAddWithoutValidation(name, value))
        {
            content.Headers.TryAddWithoutValidation(name, value);
        }
    }

    public static void Authenticate(HttpRequestMessage message, ProviderAuth auth, Secret? credential)
    {
        if (credential is null)
        {
            return;
        }

        switch (auth.Scheme)
        {
            case AuthScheme.Bearer:
                message.Headers.TryAddWithoutValidation("Authorization", "Bearer " + credential.Reveal());
                break;
            case AuthScheme.ApiKey:
                message.Headers.TryAddWithoutValidation("x-api-key", credential.Reveal());
                break;
            case AuthScheme.Header when auth.Header is { } header:
                message.Headers.TryAddWithoutValidation(header, credential.Reveal());
                break;
            default:
                break;
        }
    }
}
