using Microsoft.AspNetCore.Http;
using Paddock.Agents.RooCode.SignIn;
using Paddock.Core.Identity;
using Paddock.Core.Policies;

namespace Paddock.Agents.RooCode.Settings;

/// <summary>
/// Who calls an endpoint of Roo Code's cloud. Keys that may call models do, and sessions of extensions and machines; a token of the command
/// line is for models alone.
/// </summary>
internal sealed class RooCallers(KeyAuthenticator keys, IIdentities identities, RooClients clients, TimeProvider time)
{
    /// <returns>Null when the caller was refused, and told so.</returns>
    public async Task<Caller?> FindAsync(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        var now = time.GetUtcNow();
        switch (keys.Authenticate(Bearer.Of(http.Request), now))
        {
            case KeyOutcome.Known { Caller: { Key: { Scopes.Models: true, Client: not SessionClient.Cli } } caller }:
                identities.NoteUse(caller.Key.Id, now);
                clients.Seen(http, caller.Key);
                return caller;
            case KeyOutcome.Known:
                await RooAnswers.RefuseAsync(http, StatusCodes.Status403Forbidden, RefusalReason.ScopeMissing, "This key or token is not for settings. A key that may call models is, and a sign-in of the extension.");
                return null;
            case KeyOutcome.Refused { Reason: var reason }:
                http.Response.Headers.WWWAuthenticate = "Bearer";
                await RooAnswers.RefuseAsync(http, StatusCodes.Status401Unauthorized, reason, reason is RefusalReason.MissingKey ? "No token was presented. Sign in." : "This token is not valid here, or no longer. Sign in again.");
                return null;
            default:
                throw new InvalidOperationException("A key is known or refused.");
        }
    }
}
