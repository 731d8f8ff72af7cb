using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Paddock.Core.Agents;

namespace Paddock.Hook;

/// <param name="Body">For the agent; empty = nothing to say.</param>
/// <param name="Fault">Why Paddock could not be asked, for people; null = it was.</param>
internal readonly record struct HookAnswer(byte[] Body, string? Fault);

/// <summary>Passes an agent's question on to Paddock, which knows the agent's shape. What is no answer of Paddock's is a refusal.</summary>
internal sealed class HookQuestion(HookSettings settings)
{
    /// <summary>Paddock's answers are a few hundred bytes.</summary>
    private const int MostBytes = 1 << 20;

    public async Task<HookAnswer> AskAsync(byte[] question)
    {
        using var patience = new CancellationTokenSource(settings.Timeout);
        using var client = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(settings.Url, $"/hooks/v1/{settings.Agent}")) { Content = new ByteArrayContent(question) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.Key);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (settings.Tells)
        {
            request.Headers.Add("X-Paddock-Hook", "tells");
        }

        try
        {
            using var answer = await client.SendAsync(request, patience.Token);
            await answer.Content.LoadIntoBufferAsync(MostBytes, patience.Token);
            var body = await answer.Content.ReadAsByteArrayAsync(patience.Token);
            return answer.StatusCode switch
            {
                HttpStatusCode.OK or HttpStatusCode.Forbidden when IsObject(body) => new(body, null),
                HttpStatusCode.Unauthorized => NotAsked("its key is not known to Paddock"),
                HttpStatusCode.NotFound => NotAsked("there are no hooks at this address; is it Paddock's?"),
                var status => NotAsked($"Paddock answered {(int)status} and nothing to go by"),
            };
        }
        catch (OperationCanceledException)
        {
            return NotAsked($"Paddock did not answer within {settings.Timeout.TotalSeconds} s");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or FormatException)
        {
            return NotAsked("Paddock cannot be reached");
        }
    }

    private HookAnswer NotAsked(string because) => settings.Tells ? new([], because) : settings.AllowsOnError
        ? new([], $"{because}; the tool runs all the same (--on-error allow)")
        : new(HookDenial.Of(settings.Agent, $"Paddock: Refused, not evaluated. The hook could not ask: {because}.")!, because); // the settings' agent is one of those

    private static bool IsObject(byte[] body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            return reader.Read() && reader.TokenType is JsonTokenType.StartObject && reader.TrySkip() && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
