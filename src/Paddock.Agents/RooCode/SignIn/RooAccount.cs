using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Paddock.Core.Identity;

namespace Paddock.Agents.RooCode.SignIn;

/// <summary>
/// <c>GET /roo/trpc/auth.me</c>: the command line (0.1.17) asks whose token it has, in tRPC 11 with superjson, batched. Anything but a user makes
/// it say that the token is not valid.
/// </summary>
internal sealed class RooAccount(KeyAuthenticator keys, IIdentities identities, TimeProvider time)
{
    public const string Path = "/roo/trpc/auth.me";

    /// <summary>tRPC's number for it (JSON-RPC 2.0 leaves -32000 to -32099 to servers).</summary>
    private const int Unauthorized = -32_001;

    public async Task WriteAsync(HttpContext http)
    {
        var now = time.GetUtcNow();
        var caller = keys.Authenticate(Bearer.Of(http.Request), now) is KeyOutcome.Known { Caller: { Key.Scopes.Models: true } known } ? known : null;
        if (caller is not null)
        {
            identities.NoteUse(caller.Key.Id, now);
        }

        http.Response.StatusCode = caller is null ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK;
        http.Response.ContentType = "application/json";
        var isBatch = http.Request.Query["batch"] == "1";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter);
        if (isBatch)
        {
            json.WriteStartArray();
        }

        json.WriteStartObject();
        if (caller is null)
        {
            WriteError(json);
        }
        else
        {
            WriteUser(json, caller.Principal);
        }

        json.WriteEndObject();
        if (isBatch)
        {
            json.WriteEndArray();
        }
    }

    private static void WriteUser(Utf8JsonWriter json, Principal person)
    {
        json.WriteStartObject("result");
        json.WriteStartObject("data");
        json.WriteStartObject("json");
        json.WriteString("type", "user");
        json.WriteStartObject("user");
        json.WriteString("id", person.Id.Value);
        json.WriteString("name", person.Name);
        json.WriteString("email", person.Name.Contains('@', StringComparison.Ordinal) ? person.Name : "");
        json.WriteString("imageUrl", "");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteError(Utf8JsonWriter json)
    {
        json.WriteStartObject("error");
        json.WriteStartObject("json");
        json.WriteString("message", "This token is not valid here. Sign in again: roo auth login.");
        json.WriteNumber("code", Unauthorized);
        json.WriteStartObject("data");
        json.WriteString("code", "UNAUTHORIZED");
        json.WriteNumber("httpStatus", StatusCodes.Status401Unauthorized);
        json.WriteString("path", "auth.me");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
