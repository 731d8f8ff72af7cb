using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Paddock.Core.Models;
using Paddock.Gateway.Execute;

namespace Paddock.Gateway.Catalog;

/// <summary>What providers list at their own <c>/models</c>, remembered for five minutes. A provider that fails is asked again after one.</summary>
internal sealed class ProviderModels(Upstreams upstreams, Credentials credentials, TimeProvider time, ILogger<ProviderModels> logger)
{
    /// <summary>Less than the three seconds that Claude Code waits for the whole list.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private const int MaxBytes = 4 << 20;

    private readonly ConcurrentDictionary<Provider, Listing> known = new();

    /// <summary>Model ids in the provider's own order; null when it cannot be asked.</summary>
    public async ValueTask<IReadOnlyList<string>?> ListAsync(Provider provider, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (known.TryGetValue(provider, out var listing) && now < listing.AskAgainAt)
        {
            return listing.Models;
        }

        var models = await AskAsync(provider, cancellationToken);
        known[provider] = new(models, now + (models is null ? TimeSpan.FromMinutes(1) : TimeSpan.FromMinutes(5)));
        return models;
    }

    private async Task<IReadOnlyList<string>?> AskAsync(Provider provider, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var request = BuildRequest(provider);
            using var answer = await upstreams.For(provider).SendAsync(request, both.Token);
            if (!answer.IsSuccessStatusCode)
            {
                Log.ModelListFailed(logger, provider.Name, (int)answer.StatusCode);
                return null;
            }

            await answer.Content.LoadIntoBufferAsync(MaxBytes, both.Token); // what is longer throws
            await using var body = await answer.Content.ReadAsStreamAsync(both.Token);
            using var json = await JsonDocument.ParseAsync(body, cancellationToken: both.Token);
            return ReadIds(json.RootElement);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException or InvalidOperationException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            Log.ModelListFailed(logger, provider.Name, 0);
            return null;
        }
    }

    private HttpRequestMessage BuildRequest(Provider provider)
    {
        var anthropic = provider.Wires is [Wire.AnthropicMessages];
        var request = new HttpRequestMessage(HttpMethod.Get, UpstreamAddresses.Of(provider, anthropic ? "/v1/models" : "/models", anthropic ? "?limit=1000" : null));
        if (anthropic)
        {
            request.Headers.TryAddWithoutValidation("anthropic-version", "2023-06-01");
        }

        UpstreamRequest.Authenticate(request, provider.Auth, credentials.For(provider).FirstOrDefault());
        foreach (var (name, value) in provider.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private static List<string>? ReadIds(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var ids = new List<string>();
        foreach (var entry in data.EnumerateArray())
        {
            if (entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String && id.GetString() is { Length: > 0 and <= 256 } name)
            {
                ids.Add(name);
            }
        }

        return ids;
    }

    private sealed record Listing(IReadOnlyList<string>? Models, DateTimeOffset AskAgainAt);
}
