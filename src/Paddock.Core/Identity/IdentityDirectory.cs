using System.Collections.Immutable;

namespace Paddock.Core.Identity;

/// <summary>All principals and keys at one moment, immutable, indexed for the request path.</summary>
public sealed class IdentityDirectory
{
    private readonly Dictionary<KeyHash, Caller> byHash = [];
    private readonly Dictionary<KeyId, Caller> byKey = [];
    private readonly Dictionary<PrincipalId, Principal> owners;

    public static readonly IdentityDirectory Empty = new(0, [], []);

    /// <param name="version">Grows with each change in the store.</param>
    public IdentityDirectory(long version, ImmutableArray<Principal> principals, ImmutableArray<ApiKey> keys)
    {
        Version = version;
        Principals = principals;
        Keys = keys;
        owners = principals.ToDictionary(p => p.Id);
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

    /// <summary>Keys, and the sessions that have not ended.</summary>
    public ImmutableArray<ApiKey> Keys { get; }

    public Caller? Find(KeyHash hash) => byHash.GetValueOrDefault(hash);

    public Caller? Find(KeyId id) => byKey.GetValueOrDefault(id);

    public Principal? Find(PrincipalId id) => owners.GetValueOrDefault(id);

    /// <summary>What a principal may do in the control plane, by whichever of its live keys, or signed in.</summary>
    public ControlRoles RolesOf(Principal principal, DateTimeOffset now) =>
        Keys.Where(key => key.Owner == principal.Id && !key.IsSession && key.IsLive(now)).Aggregate(principal.Roles, (roles, key) => roles | key.Scopes.Control);

    /// <summary>Whether calls under this key may go on: known, not revoked, not expired, its owner not disabled.</summary>
    public bool IsLive(KeyId id, DateTimeOffset now) => Find(id) is { } caller && caller.IsLive(now);
}

/// <summary>Who is calling: a verified key or session and its owner.</summary>
public sealed record Caller(Principal Principal, ApiKey Key)
{
    /// <summary>A key has roles of its own; a session has those that the person has now.</summary>
    public ControlRoles Roles => Key.IsSession ? Key.Scopes.Control & Principal.Roles : Key.Scopes.Control;

    public bool IsLive(DateTimeOffset now) => !Principal.Disabled && Key.IsLive(now);
}
