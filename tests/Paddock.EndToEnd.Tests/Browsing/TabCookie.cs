namespace Paddock.EndToEnd.Tests.Browsing;

/// <summary>A cookie as the browser keeps it.</summary>
/// <param name="Session">Whether it goes when the browser is closed.</param>
/// <param name="SameSite"><c>Strict</c>, <c>Lax</c> or <c>None</c>; null when it was not said.</param>
internal sealed record TabCookie(string Name, string Value, string Domain, string Path, bool HttpOnly, bool Secure, bool Session, string? SameSite);
