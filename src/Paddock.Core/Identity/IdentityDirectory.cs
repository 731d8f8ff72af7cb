using System.Collections.Immutable;

namespace Paddock.Core.Identity;

/// <summary>All principals and keys at one moment, immutable, indexed for the request path.</summary>
public sealed class IdentityDirectory
{
    private static readonly IComparer<Principal> byName = Comparer<Principal>.Create(static (one, other) => Either(string.Compare(one.Name, other.Name, StringComparison.OrdinalIgnoreCase), one.Id.Value, other.Id.Value));
    private static readonly IComparer<ApiKey> byAge = Comparer<ApiKey>.Create(static (one, other) => Either(one.CreatedAt.CompareTo(other.CreatedAt), one.Id.Value, other.Id.Value));

    private readonly Dictionary<KeyHash, Caller> byHash;
    private readonly Dictionary<KeyId, Caller> byKey;
    private readonly Dictionary<PrincipalId, Principal> owners;

    public static readonly IdentityDirectory Empty = new(0, [], []);

    /// <param name="version">Grows with each change in the store.</param>
    /// <param name="mark">Tells this version from another of the same number; null = it cannot be told.</param>
    public IdentityDirectory(long version, ImmutableArray<Principal> principals, ImmutableArray<ApiKey> keys, string? mark = null)
    {
        (Mark, Version, Principals, Keys) = (mark, version, principals.Sort(byName), keys.Sort(byAge));
        (byHash, byKey, owners) = ([], [], principals.ToDictionary(static principal => principal.Id));
        Index(keys);
    }

    private IdentityDirectory(IdentityDirectory before, long version, string? mark, IReadOnlySet<PrincipalId> changed, ImmutableArray<Principal> principals, ImmutableArray<ApiKey> keys)
    {
        (Mark, Version, Principals, Keys) = (mark, version, principals, keys);
        (byHash, byKey, owners) = (new(before.byHash), new(before.byKey), new(before.owners));
        foreach (var key in before.Keys.Where(key => changed.Contains(key.Owner)))
        {
            byHash.Remove(key.Hash);
            byKey.Remove(key.Id);
        }

        foreach (var id in changed)
        {
            owners.Remove(id);
        }

        foreach (var principal in principals.Where(principal => changed.Contains(principal.Id)))
        {
            owners.Add(principal.Id, principal);
        }

        Index(keys.Where(key => changed.Contains(key.Owner)));
    }

    public long Version { get; }

    /// <summary>A store that lost its last moments, or was restored, counts up to the same numbers again, with other marks.</summary>
    public string? Mark { get; }

    /// <summary>By name.</summary>
    public ImmutableArray<Principal> Principals { get; }

    /// <summary>Keys, and the sessions that have not ended; the oldest first.</summary>
    public ImmutableArray<ApiKey> Keys { get; }

    /// <summary>The directory as it is after some principals changed.</summary>
    /// <param name="changed">Whoever of them is not among <paramref name="principals"/> is gone.</param>
    /// <param name="principals">What the changed ones are now.</param>
    /// <param name="keys">All that the changed ones have now.</param>
    public IdentityDirectory With(long version, string? mark, IReadOnlySet<PrincipalId> changed, IEnumerable<Principal> principals, IEnumerable<ApiKey> keys) => new(
        this, version, mark, changed,
        Merged(Principals.Where(principal => !changed.Contains(principal.Id)), principals, byName),
        Merged(Keys.Where(key => !changed.Contains(key.Owner)), keys, byAge));

    public Caller? Find(KeyHash hash) => byHash.GetValueOrDefault(hash);

    public Caller? Find(KeyId id) => byKey.GetValueOrDefault(id);

    public Principal? Find(PrincipalId id) => owners.GetValueOrDefault(id);

    /// <summary>What a principal may do in the control plane, by whichever of its live keys, or signed in.</summary>
    public ControlRoles RolesOf(Principal principal, DateTimeOffset now) =>
        Keys.Where(key => key.Owner == principal.Id && !key.IsSession && key.IsLive(now)).Aggregate(principal.Roles, (roles, key) => roles | key.Scopes.Control);

    /// <summary>Whether calls under this key may go on: known, not revoked, not expired, its owner not disabled.</summary>
    public bool IsLive(KeyId id, DateTimeOffset now) => Find(id) is { } caller && caller.IsLive(now);

    private static int Either(int order, string one, string other) => order != 0 ? order : string.CompareOrdinal(one, other);

    private void Index(IEnumerable<ApiKey> keys)
    {
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

    private static ImmutableArray<T> Merged<T>(IEnumerable<T> sorted, IEnumerable<T> added, IComparer<T> order)
    {
        var (all, rest) = (ImmutableArray.CreateBuilder<T>(), new Queue<T>(added.Order(order)));
        foreach (var one in sorted)
        {
            while (rest.TryPeek(out var next) && order.Compare(next, one) < 0)
            {
                all.Add(rest.Dequeue());
            }

            all.Add(one);
        }

        all.AddRange(rest);
        return all.ToImmutable();
    }
}

/// <summary>Who is calling: a verified key or session and its owner.</summary>
public sealed record Caller(Principal Principal, ApiKey Key)
{
    /// <summary>A key has roles of its own; a session has those that the person has now.</summary>
    public ControlRoles Roles => Key.IsSession ? Key.Scopes.Control & Principal.Roles : Key.Scopes.Control;

    public bool IsLive(DateTimeOffset now) => !Principal.Disabled && Key.IsLive(now);
}
