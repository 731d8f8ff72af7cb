using Paddock.Core.Identity;

namespace Paddock.Settings;

/// <summary>The company's identity provider.</summary>
/// <param name="Issuer">As its ID tokens name it; discovery is below it.</param>
/// <param name="ClientSecret">Null for a public client, which proves itself by PKCE alone.</param>
/// <param name="NameClaim">Whose value is the user's name here.</param>
/// <param name="CaFile">Trusted instead of the machine's authorities.</param>
internal sealed record OidcSettings(string Name, Uri Issuer, string ClientId, Secret? ClientSecret, string Scope, string NameClaim, string GroupsClaim, string? CaFile);
