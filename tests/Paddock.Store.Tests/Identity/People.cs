using System.Security.Cryptography;
using Paddock.Core.Identity;
using Paddock.Testing;

namespace Paddock.Store.Tests.Identity;

/// <summary>Principals and keys for tests.</summary>
internal static class People
{
    public static Principal User(string name) => new()
    {
        Id = PrincipalId.Create(PrincipalKind.User, Guid.NewGuid()),
        Kind = PrincipalKind.User,
        Name = name,
        CreatedAt = StoreUnderTest.Noon,
    };

    public static Principal ServiceAccount(string name) => User(name) with
    {
        Id = PrincipalId.Create(PrincipalKind.ServiceAccount, Guid.NewGuid()),
        Kind = PrincipalKind.ServiceAccount,
    };

    public static ApiKey Key(Principal owner, string name) => new()
    {
        Id = KeyId.Create(Guid.NewGuid()),
        Prefix = "pk_12345678",
        Name = name,
        Owner = owner.Id,
        Hash = KeyHash.FromBytes(RandomNumberGenerator.GetBytes(32)),
        Scopes = new(),
        CreatedAt = StoreUnderTest.Noon,
    };

    public static ApiKey Session(Principal owner, SessionClient client = SessionClient.Console) => Key(owner, "Console") with
    {
        Id = KeyId.CreateSession(Guid.NewGuid()),
        Scopes = SessionClients.ScopesOf(client),
        Client = client,
        ExpiresAt = StoreUnderTest.Noon.AddHours(8),
    };

    public static SignInTicket Ticket(TicketKind kind, PrincipalId? principal = null, string? code = null) => new()
    {
        Hash = KeyHash.FromBytes(RandomNumberGenerator.GetBytes(32)),
        Kind = kind,
        Principal = principal,
        Code = code,
        Client = "laptop",
        ExpiresAt = StoreUnderTest.Noon.AddMinutes(10),
    };

    /// <summary>Adds a user and a key of theirs.</summary>
    public static async Task<(Principal User, ApiKey Key)> AddAsync(StoreUnderTest store, string name, Func<ApiKey, ApiKey>? configure = null)
    {
        var user = User(name);
        var key = Key(user, name + "'s key");
        key = configure?.Invoke(key) ?? key;
        await store.Identity.AddPrincipalAsync(user, Acting.Operator, TestContext.Current.CancellationToken);
        await store.Identity.AddKeyAsync(key, Acting.Operator, TestContext.Current.CancellationToken);
        return (user, key);
    }
}
