using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <summary>
/// Sign-in of machines in the standard forms: device authorization (RFC 8628), tokens (RFC 6749), revocation (RFC 7009) and metadata (RFC 8414).
/// A refresh token is a session's secret: it is not changed with each use, because several agents of one machine ask at once, and it ends with
/// the session. There are no client secrets, and none are needed.
/// </summary>
public sealed class OAuthEndpoints(DeviceSignIn devices, IssueToken issue, EndSession end, Sessions sessions, IOrganization organization)
{
    private const string Device = "/oauth/device_authorization", Token = "/oauth/token", Revocation = "/oauth/revoke";
    private const string DeviceGrant = "urn:ietf:params:oauth:grant-type:device_code", RefreshGrant = "refresh_token";
    private const int MostBytes = 8 << 10;

    internal static void Map(IEndpointRouteBuilder routes)
    {
        var own = routes.ServiceProvider.GetRequiredService<OAuthEndpoints>();
        var open = routes.MapGroup("").AllowAnonymous().WithMetadata(new RequestSizeLimitAttribute(MostBytes)).ExcludeFromDescription();
        open.MapGet("/.well-known/oauth-authorization-server", (RequestDelegate)DescribeAsync);
        open.MapPost(Device, (RequestDelegate)own.BeginAsync);
        open.MapPost(Token, (RequestDelegate)own.TokenAsync);
        open.MapPost(Revocation, (RequestDelegate)own.RevokeAsync);
    }

    private static Task DescribeAsync(HttpContext http)
    {
        var origin = RequestOrigin.Of(http.Request);
        return WriteAsync(http, StatusCodes.Status200OK, json =>
        {
            json.WriteString("issuer", origin);
            json.WriteString("device_authorization_endpoint", origin + Device);
            json.WriteString("token_endpoint", origin + Token);
            json.WriteString("revocation_endpoint", origin + Revocation);
            WriteList(json, "grant_types_supported", DeviceGrant, RefreshGrant);
            WriteList(json, "response_types_supported");
            WriteList(json, "token_endpoint_auth_methods_supported", "none");
            WriteList(json, "revocation_endpoint_auth_methods_supported", "none");
        });
    }

    private async Task BeginAsync(HttpContext http)
    {
        var form = await RequestForm.ReadAsync(http);
        var name = form?["device_name"] is [{ Length: > 0 } said] ? said : form?["client_id"] is [{ Length: > 0 } client] ? client : "a machine";
        switch (form is null ? null : await devices.BeginAsync(name, RequestSource.Of(http), http.RequestAborted))
        {
            case Outcome<DeviceRequest>.Done { Value: var request }:
                var page = RequestOrigin.Of(http.Request) + "/device";
                await WriteAsync(http, StatusCodes.Status200OK, json =>
                {
                    json.WriteString("device_code", request.DeviceCode.Reveal());
                    json.WriteString("user_code", request.UserCode);
                    json.WriteString("verification_uri", page);
                    json.WriteString("verification_uri_complete", $"{page}?code={request.UserCode}");
                    json.WriteNumber("expires_in", (long)request.Lasts.TotalSeconds);
                    json.WriteNumber("interval", (long)request.Interval.TotalSeconds);
                });
                break;
            case Outcome<DeviceRequest>.Invalid invalid:
                await RefuseAsync(http, "invalid_request", invalid.Message);
                break;
            case Outcome<DeviceRequest>.Conflict busy:
                http.Response.Headers.RetryAfter = "5";
                await RefuseAsync(http, "temporarily_unavailable", busy.Message, StatusCodes.Status503ServiceUnavailable);
                break;
            default:
                await RefuseAsync(http, "invalid_request", "Expected a form (application/x-www-form-urlencoded).");
                break;
        }
    }

    private async Task TokenAsync(HttpContext http)
    {
        var form = await RequestForm.ReadAsync(http);
        await (form?["grant_type"].ToString() switch
        {
            DeviceGrant => PollAsync(http, form["device_code"].ToString()),
            RefreshGrant => RefreshAsync(http, form["refresh_token"].ToString()),
            null or "" => RefuseAsync(http, "invalid_request", "Expected a form (application/x-www-form-urlencoded) with a grant_type."),
            _ => RefuseAsync(http, "unsupported_grant_type", $"Grants are {DeviceGrant} and {RefreshGrant}."),
        });
    }

    private async Task PollAsync(HttpContext http, string deviceCode)
    {
        var (answer, made) = await devices.PollAsync(deviceCode, RequestSource.Of(http), http.RequestAborted);
        await (answer switch
        {
            DeviceAnswer.Granted when made is not null => GiveAsync(http, sessions.Issue(made.Session, await organization.IdAsync(http.RequestAborted)), made.Secret.Reveal()),
            DeviceAnswer.Pending => RefuseAsync(http, "authorization_pending", "Nobody has said yes yet."),
            DeviceAnswer.TooSoon => RefuseAsync(http, "slow_down", "Ask again later."),
            DeviceAnswer.Denied => RefuseAsync(http, "access_denied", "Somebody said no."),
            _ => RefuseAsync(http, "expired_token", "This device code is unknown, used, or too old. Begin again."),
        });
    }

    private async Task RefreshAsync(HttpContext http, string refreshToken) =>
        await (await issue.FindAsync(refreshToken, http.RequestAborted) is { Key.Client: SessionClient.Device } session
            ? GiveAsync(http, await issue.RunAsync(session, personal: false, http.RequestAborted), refreshToken)
            : RefuseAsync(http, "invalid_grant", "This session is not known, or has ended. Sign in again: paddock login."));

    /// <summary>RFC 7009 §2.2: 200 for a token that is not known as well.</summary>
    private async Task RevokeAsync(HttpContext http)
    {
        if (await RequestForm.ReadAsync(http) is not { } form || form["token"] is not [{ Length: > 0 } token])
        {
            await RefuseAsync(http, "invalid_request", "Expected a form with a token.");
            return;
        }

        if (await issue.FindAsync(token, http.RequestAborted) is { } caller)
        {
            await end.RunAsync(Actor.Of(caller), caller.Key.Id.Value, http.RequestAborted);
        }

        http.Response.StatusCode = StatusCodes.Status200OK;
    }

    private static Task GiveAsync(HttpContext http, IssuedToken issued, string refreshToken) => WriteAsync(http, StatusCodes.Status200OK, json =>
    {
        json.WriteString("access_token", issued.Token.Reveal());
        json.WriteString("token_type", "Bearer");
        json.WriteNumber("expires_in", (long)issued.Lasts.TotalSeconds);
        json.WriteString("refresh_token", refreshToken);
    });

    private static Task RefuseAsync(HttpContext http, string error, string description, int status = StatusCodes.Status400BadRequest) => WriteAsync(http, status, json =>
    {
        json.WriteString("error", error);
        json.WriteString("error_description", description);
    });

    private static void WriteList(Utf8JsonWriter json, string name, params ReadOnlySpan<string> words)
    {
        json.WriteStartArray(name);
        foreach (var word in words)
        {
            json.WriteStringValue(word);
        }

        json.WriteEndArray();
    }

    private static async Task WriteAsync(HttpContext http, int status, Action<Utf8JsonWriter> body)
    {
        (http.Response.StatusCode, http.Response.ContentType) = (status, "application/json");
        http.Response.Headers.CacheControl = "no-store";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter);
        json.WriteStartObject();
        body(json);
        json.WriteEndObject();
    }
}
