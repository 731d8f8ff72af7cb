using System.Collections.Immutable;

namespace Paddock.Core.Identity;

/// <summary>All principals and keys at one moment, immutable, indexed for the request path.</summary>
public sealed class IdentityDirectory
{
    private readonly Dictionary<KeyHash, Caller> byHash = [];
    private readonly Dictionary<KeyId, Caller> byKey = [];

    public static readonly IdentityDirectory Empty = new(0, [], []);

    /// <param name="version">Grows with each change in the store.</param>
    public IdentityDirectory(long version, ImmutableArray<Principal> principals, ImmutableArray<ApiKey> keys)
    {
        Version = version;
        Principals = principals;
        Keys = keys;
        var owners = principals.ToDictionary(p => p.Id);
        foreach (var key in keys)
        {
            if (owners.TryGetValue(key.Owner, out var owner))
            {
                var caller = new Caller(owner, key);
                byHash[key.Hash] = caller;
                byKey[key.Id] = caller;
            }
        }
    }

    public long Version { get; }

    public ImmutableArray<Principal> Principals { get; }

    public ImmutableArray<ApiKey> Keys { get; }

    public Caller? Find(KeyHash hash) => byHash.GetValueOrDefault(hash);

    public Caller? Find(KeyId id) => byKey.GetValueOrDefault(id);

    /// <summary>Whether calls under this key may go on: known, not revoked, not expired, its owner not disabled.</summary>
    public bool IsLive(KeyId id, DateTimeOffset now) => Find(id) is { } caller && caller.IsLive(now);
}

/// <summary>Who is calling: a verified key and its owner.</summary>
public sealed record Caller(Principal Principal, ApiKey Key)
{
    public bool IsLive(DateTimeOffset now) => !Principal.Disabled && Key.IsLive(now);
}
