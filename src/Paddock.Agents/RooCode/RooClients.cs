using Microsoft.AspNetCore.Http;
using Paddock.Core.Agents;
using Paddock.Core.Identity;

namespace Paddock.Agents.RooCode;

/// <summary>Notes the clients that ask something of Roo Code's cloud.</summary>
internal sealed class RooClients(IClients clients, TimeProvider time)
{
    private const string Product = "Roo-Code ";

    /// <summary>A sign of life: it holds no call up, and nobody is told of it.</summary>
    public void Seen(HttpContext http, ApiKey credential) => clients.Note(Of(http, credential));

    public void NotServed() => clients.NotServed();

    public Task RefreshedAsync(HttpContext http, ApiKey credential, long version) => clients.RefreshedAsync(Of(http, credential), version, http.RequestAborted);

    /// <summary>Its model calls are those of the agent that the key pins, so its settings are too.</summary>
    private ClientSighting Of(HttpContext http, ApiKey credential) => new(credential.Id, credential.Scopes.PinnedAgent ?? RooCodeDialect.Name, time.GetUtcNow()) { AgentVersion = VersionIn(http.Request.Headers.UserAgent) };

    /// <summary>To Clerk it says its version, or that it does not know it; for settings and events it says nothing.</summary>
    private static string? VersionIn(string? userAgent) =>
        userAgent?.StartsWith(Product, StringComparison.Ordinal) is true && userAgent[Product.Length..] is not "unknown" and { Length: <= 40 } version ? Said.Name(version) : null;
}
