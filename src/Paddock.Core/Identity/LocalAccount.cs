namespace Paddock.Core.Identity;

/// <summary>How a person signs in where no identity provider does it.</summary>
/// <param name="PasswordHash">As the hasher wrote it, with its algorithm, cost and salt.</param>
/// <param name="Failures">Wrong passwords since the last right one.</param>
/// <param name="LockedUntil">Until then no password is looked at; null = none was wrong too often.</param>
public sealed record LocalAccount(PrincipalId Principal, string PasswordHash, int Failures, DateTimeOffset? LockedUntil);

/// <summary>Who a person is elsewhere: the pair that OpenID Connect Core 1.0 §2 calls unique and never reassigned.</summary>
public sealed record ExternalId(string Issuer, string Subject);
