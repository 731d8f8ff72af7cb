using System.Collections.Immutable;
using Paddock.Core.Identity;

namespace Paddock.Testing;

/// <summary>A live directory in memory: keys are made and revoked in one line.</summary>
public sealed class TestIdentities(Pepper pepper) : IIdentities
{
    private readonly Lock gate = new();
    private readonly List<Action<IdentityDirectory>> listeners = [];
    private int made;

    public IdentityDirectory Current { get; private set; } = IdentityDirectory.Empty;

    public ISet<KeyId> Used { get; } = new HashSet<KeyId>();

    /// <summary>Makes a principal and a key, and returns the key's text.</summary>
    public (string Token, Caller Caller) AddKey(KeyScopes scopes, string user = "dev", DateTimeOffset? expiresAt = null, params string[] teams)
    {
        lock (gate)
        {
            made++;
            var random = new byte[40];
            BitConverter.TryWriteBytes(random, made);
            var token = KeyToken.Create(random).Reveal();
            var owner = Current.Principals.FirstOrDefault(p => p.Name == user)
                ?? new Principal { Id = PrincipalId.Create(PrincipalKind.User, Numbered(made)), Kind = PrincipalKind.User, Name = user, Teams = [.. teams], CreatedAt = DateTimeOffset.UnixEpoch };
            var key = new ApiKey
            {
                Id = KeyId.Create(Numbered(made)),
                Prefix = KeyToken.PrefixOf(token),
                Name = $"key-{made}",
                Owner = owner.Id,
                Hash = KeyHash.Compute(token, pepper),
                Scopes = scopes,
                CreatedAt = DateTimeOffset.UnixEpoch,
                ExpiresAt = expiresAt,
            };
            Publish([.. Current.Principals.Where(p => p.Id != owner.Id), owner], Current.Keys.Add(key));
            return (token, Current.Find(key.Id)!);
        }
    }

    /// <summary>Makes a session of a person who is there, or is made.</summary>
    public Caller AddSession(SessionClient client, string user = "dev", DateTimeOffset? expiresAt = null, ControlRoles roles = ControlRoles.None)
    {
        lock (gate)
        {
            made++;
            var owner = Current.Principals.FirstOrDefault(p => p.Name == user)
                ?? new Principal { Id = PrincipalId.Create(PrincipalKind.User, Numbered(made)), Kind = PrincipalKind.User, Name = user, Roles = roles, CreatedAt = DateTimeOffset.UnixEpoch };
            var random = new byte[32];
            BitConverter.TryWriteBytes(random, made);
            var session = new ApiKey
            {
                Id = KeyId.CreateSession(Numbered(made)),
                Prefix = "ses_00000000",
                Name = "a session",
                Owner = owner.Id,
                Hash = KeyHash.FromBytes(random),
                Scopes = SessionClients.ScopesOf(client),
                CreatedAt = DateTimeOffset.UnixEpoch,
                ExpiresAt = expiresAt ?? DateTimeOffset.MaxValue,
                Client = client,
            };
            Publish([.. Current.Principals.Where(p => p.Id != owner.Id), owner], Current.Keys.Add(session));
            return Current.Find(session.Id)!;
        }
    }

    public void Revoke(KeyId id, DateTimeOffset at)
    {
        lock (gate)
        {
            Publish(Current.Principals, [.. Current.Keys.Select(key => key.Id == id ? key with { RevokedAt = at } : key)]);
        }
    }

    public IDisposable OnChange(Action<IdentityDirectory> changed)
    {
        lock (gate)
        {
            listeners.Add(changed);
        }

        return new Subscription(() => listeners.Remove(changed));
    }

    public void NoteUse(KeyId key, DateTimeOffset at)
    {
        lock (gate)
        {
            Used.Add(key);
        }
    }

    private static Guid Numbered(int number) => new(number, 0, 0, new byte[8]);

    private void Publish(ImmutableArray<Principal> principals, ImmutableArray<ApiKey> keys)
    {
        Current = new(Current.Version + 1, principals, keys);
        foreach (var listener in listeners.ToArray())
        {
            listener(Current);
        }
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
