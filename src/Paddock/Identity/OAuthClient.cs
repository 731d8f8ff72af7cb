using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Paddock.Commands;
using Paddock.Core.Identity;

namespace Paddock.Identity;

/// <summary>The other side of <c>/oauth/*</c>: how a command signs its machine in (RFC 8628) and asks for tokens.</summary>
internal sealed class OAuthClient(HttpClient http, Uri server, TimeProvider time)
{
    private const string DeviceGrant = "urn:ietf:params:oauth:grant-type:device_code", Late = "Nobody said yes in time. Run paddock login again.";

    private static readonly TimeSpan longest = TimeSpan.FromMinutes(30);

    public Task<DeviceAnswerJson> BeginAsync(string name, CancellationToken cancellationToken) =>
        AskAsync("oauth/device_authorization", new() { ["client_id"] = "paddock", ["device_name"] = name }, OAuthJson.Default.DeviceAnswerJson, cancellationToken);

    /// <summary>Asks until somebody has said yes or no, or the code is too old; no more often than it was told to.</summary>
    /// <exception cref="CommandException">Nobody said yes.</exception>
    public async Task<TokenAnswerJson> WaitAsync(DeviceAnswerJson device, CancellationToken cancellationToken)
    {
        var interval = TimeSpan.FromSeconds(Math.Clamp(device.Interval, 1, 60));
        var began = time.GetTimestamp();
        while (time.GetElapsedTime(began) < longest)
        {
            await Task.Delay(interval, time, cancellationToken);
            var answer = await TokenAsync(new() { ["grant_type"] = DeviceGrant, ["device_code"] = device.DeviceCode, ["client_id"] = "paddock" }, cancellationToken);
            switch (answer.Error)
            {
                case null:
                    return answer;
                case "authorization_pending":
                    break;
                case "slow_down":
                    interval += TimeSpan.FromSeconds(5); // RFC 8628 §3.5
                    break;
                case "access_denied":
                    throw new CommandException("Somebody said no.");
                default:
                    throw new CommandException(Late);
            }
        }

        throw new CommandException(Late);
    }

    public Task<TokenAnswerJson> RefreshAsync(Secret secret, CancellationToken cancellationToken) =>
        TokenAsync(new() { ["grant_type"] = "refresh_token", ["refresh_token"] = secret.Reveal(), ["client_id"] = "paddock" }, cancellationToken);

    /// <returns>Whether the session is over there.</returns>
    public async Task<bool> RevokeAsync(Secret secret, CancellationToken cancellationToken)
    {
        using var answer = await PostAsync("oauth/revoke", new() { ["token"] = secret.Reveal() }, cancellationToken);
        return answer.IsSuccessStatusCode;
    }

    private Task<TokenAnswerJson> TokenAsync(Dictionary<string, string> form, CancellationToken cancellationToken) => AskAsync("oauth/token", form, OAuthJson.Default.TokenAnswerJson, cancellationToken);

    private async Task<T> AskAsync<T>(string path, Dictionary<string, string> form, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var answer = await PostAsync(path, form, cancellationToken);
        try
        {
            return await answer.Content.ReadFromJsonAsync(type, cancellationToken) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new CommandException($"The server at {server} answered {(int)answer.StatusCode}, but not as Paddock does. Is this the agents' address of a Paddock?");
        }
    }

    private async Task<HttpResponseMessage> PostAsync(string path, Dictionary<string, string> form, CancellationToken cancellationToken)
    {
        try
        {
            using var content = new FormUrlEncodedContent(form);
            return await http.PostAsync(new Uri(server, path), content, cancellationToken);
        }
        catch (HttpRequestException fault)
        {
            throw new CommandException($"The server at {server} cannot be reached: {fault.Message}");
        }
    }
}

internal sealed record DeviceAnswerJson(string DeviceCode, string UserCode, string VerificationUri, string? VerificationUriComplete, int ExpiresIn, int Interval);

internal sealed record TokenAnswerJson(string? AccessToken, int? ExpiresIn, string? RefreshToken, string? Error);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = false)]
[JsonSerializable(typeof(DeviceAnswerJson))]
[JsonSerializable(typeof(TokenAnswerJson))]
internal sealed partial class OAuthJson : JsonSerializerContext;
