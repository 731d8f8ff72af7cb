using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Paddock.Control;
using Paddock.Control.Identity;
using Paddock.Core.Identity;

namespace Paddock.Agents.RooCode.SignIn;

/// <summary>
/// The five calls that Roo Code and Zoo Code (extension 3.52.1) make to Clerk, below <c>CLERK_BASE_URL</c>. 401 at tokens makes the client
/// forget that it was signed in, so it is said for a session that has ended, and for nothing else.
/// </summary>
internal sealed class ClerkEndpoints(RedeemTicket redeem, IssueToken issue, EndSession end, RooClients clients, IOrganization organization)
{
    public const string Path = "/roo/clerk";

    /// <summary>Largest form, in bytes; the client's have some 150.</summary>
    public const int MostBytes = 8 << 10;

    /// <summary><c>POST /v1/client/sign_ins</c>: a ticket for a session. The client token goes in a response header, without a scheme.</summary>
    public async Task SignInAsync(HttpContext http)
    {
        if (await FormOfAsync(http) is not { } form)
        {
            return;
        }

        if (form["strategy"] != "ticket")
        {
            await RefuseAsync(http, StatusCodes.Status422UnprocessableEntity, "strategy_for_user_invalid", "Only the strategy ticket is known here.");
            return;
        }

        if (await redeem.RunAsync(form["ticket"].ToString(), RequestSource.Of(http), http.RequestAborted) is not Outcome<NewSession>.Done { Value: var made })
        {
            await RefuseAsync(http, StatusCodes.Status401Unauthorized, "ticket_invalid", "This ticket is unknown, used, or older than a minute. Sign in again.");
            return;
        }

        http.Response.Headers.Authorization = made.Secret.Reveal();
        await WriteAsync(http, json => json.WriteString("created_session_id", made.Session.Id.Value));
    }

    /// <summary><c>POST /v1/client/sessions/{session}/tokens</c>: a token for calls. Without the form's <c>organization_id</c>, or with an empty one, it is for the personal account.</summary>
    public async Task TokenAsync(HttpContext http, string session)
    {
        if (await FormOfAsync(http) is not { } form)
        {
            return;
        }

        if (await FindAsync(http) is not { } caller || caller.Key.Id.Value != session)
        {
            await RefuseEndedAsync(http);
            return;
        }

        var wanted = form["organization_id"].ToString();
        if (wanted.Length > 0 && wanted != await organization.IdAsync(http.RequestAborted))
        {
            await RefuseAsync(http, StatusCodes.Status403Forbidden, "organization_not_found", "You are not in this organization."); // no 404: the client would sign out
            return;
        }

        var made = await issue.RunAsync(caller, wanted.Length == 0, http.RequestAborted);
        clients.Seen(http, caller.Key);
        http.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("jwt", made.Token.Reveal());
        json.WriteEndObject();
    }

    /// <summary><c>GET /v1/me</c>.</summary>
    public async Task MeAsync(HttpContext http) => await (await FindAsync(http) is { Principal: var person }
        ? WriteAsync(http, json =>
        {
            json.WriteString("id", person.Id.Value);
            json.WriteString("first_name", person.Name);
            json.WriteNull("last_name");
            if (person.Name.Contains('@', StringComparison.Ordinal))
            {
                json.WriteString("primary_email_address_id", "name");
                json.WriteStartArray("email_addresses");
                json.WriteStartObject();
                json.WriteString("id", "name");
                json.WriteString("email_address", person.Name);
                json.WriteEndObject();
                json.WriteEndArray();
            }
        })
        : RefuseEndedAsync(http));

    /// <summary><c>GET /v1/me/organization_memberships</c>. Asked for with every change of the client's window, so it touches memory only.</summary>
    public async Task MembershipsAsync(HttpContext http)
    {
        if (await FindAsync(http) is not { } caller)
        {
            await RefuseEndedAsync(http);
            return;
        }

        var id = await organization.IdAsync(http.RequestAborted);
        http.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteStartArray("response");
        if (id is not null)
        {
            WriteMembership(json, caller.Principal, id);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary><c>POST /v1/client/sessions/{session}/remove</c>: signing out. The client reads no answer.</summary>
    public async Task RemoveAsync(HttpContext http, string session)
    {
        if (await FindAsync(http) is not { } caller || caller.Key.Id.Value != session)
        {
            await RefuseEndedAsync(http);
            return;
        }

        await end.RunAsync(Actor.Of(caller), session, http.RequestAborted);
        await WriteAsync(http, json => json.WriteString("id", session));
    }

    /// <summary>Whose session it is. Only an extension's is meant: the secrets of consoles and machines are changed elsewhere.</summary>
    private async Task<Caller?> FindAsync(HttpContext http) => await issue.FindAsync(Bearer.Of(http.Request), http.RequestAborted) is { Key.Client: SessionClient.Extension } caller ? caller : null;

    private void WriteMembership(Utf8JsonWriter json, Principal person, string id)
    {
        json.WriteStartObject();
        json.WriteString("id", $"member_{person.Id.Value}");
        json.WriteString("role", "org:member");
        json.WriteStartArray("permissions");
        json.WriteEndArray();
        json.WriteNumber("created_at", person.CreatedAt.ToUnixTimeMilliseconds());
        json.WriteNumber("updated_at", person.CreatedAt.ToUnixTimeMilliseconds());
        json.WriteStartObject("organization");
        json.WriteString("id", id);
        json.WriteString("name", organization.Name);
        json.WriteString("slug", id);
        json.WriteBoolean("has_image", false);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <returns>Null when there is none; the client is then told.</returns>
    private static async Task<IFormCollection?> FormOfAsync(HttpContext http)
    {
        if (await RequestForm.ReadAsync(http) is { } form)
        {
            return form;
        }

        await RefuseAsync(http, StatusCodes.Status400BadRequest, "form_param_format_invalid", "Expected a form (application/x-www-form-urlencoded) of a few short fields.");
        return null;
    }

    private static async Task WriteAsync(HttpContext http, Action<Utf8JsonWriter> response)
    {
        http.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteStartObject("response");
        response(json);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static Task RefuseEndedAsync(HttpContext http) => RefuseAsync(http, StatusCodes.Status401Unauthorized, "authentication_invalid", "This session has ended. Sign in again.");

    /// <summary>Clerk's own shape of an error.</summary>
    internal static async Task RefuseAsync(HttpContext http, int status, string code, string message)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteStartArray("errors");
        json.WriteStartObject();
        json.WriteString("code", code);
        json.WriteString("message", message);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
