using System.Text.Json;
using Paddock.Core.Identity;
using Paddock.Store.Dialects;

namespace Paddock.Store.Identity;

/// <summary>An API key as a row.</summary>
internal sealed class KeyRow
{
    public string Id { get; init; } = "";

    public string Prefix { get; init; } = "";

    public string Name { get; init; } = "";

    public string OwnerId { get; init; } = "";

    public byte[] Hash { get; init; } = [];

    public bool Models { get; init; }

    public string ModelPatterns { get; init; } = "";

    public bool Tools { get; init; }

    public string Control { get; init; } = "";

    public string? PinnedAgent { get; init; }

    public string? PinnedMode { get; init; }

    public string? PinnedRepository { get; init; }

    public string Environment { get; init; } = "";

    public long CreatedAt { get; init; }

    public long? ExpiresAt { get; init; }

    public long? RevokedAt { get; init; }

    public string? Replaces { get; init; }

    public long? LastUsedAt { get; init; }

    public string? Client { get; init; }

    /// <summary>False for a session of a kind that only a newer version knows.</summary>
    public bool IsUnderstood => Client is null || SessionClients.Parse(Client) is not null;

    public static KeyRow From(ApiKey key) => new()
    {
        Id = key.Id.Value,
        Prefix = key.Prefix,
        Name = key.Name,
        OwnerId = key.Owner.Value,
        Hash = key.Hash.ToArray(),
        Models = key.Scopes.Models,
        ModelPatterns = JsonSerializer.Serialize(key.Scopes.ModelPatterns.AsEnumerable(), IdentityJson.Default.IEnumerableString),
        Tools = key.Scopes.Tools,
        Control = RoleNames.Format(key.Scopes.Control),
        PinnedAgent = key.Scopes.PinnedAgent,
        PinnedMode = key.Scopes.PinnedMode,
        PinnedRepository = key.Scopes.PinnedRepository,
        Environment = key.Scopes.Environment,
        CreatedAt = key.CreatedAt.ToMicros(),
        ExpiresAt = key.ExpiresAt?.ToMicros(),
        RevokedAt = key.RevokedAt?.ToMicros(),
        Replaces = key.Replaces?.Value,
        LastUsedAt = key.LastUsedAt?.ToMicros(),
        Client = key.Client is { } client ? SessionClients.NameOf(client) : null,
    };

    public ApiKey ToKey() => new()
    {
        Id = KeyId.Parse(Id),
        Prefix = Prefix,
        Name = Name,
        Owner = PrincipalId.Parse(OwnerId),
        Hash = KeyHash.FromBytes(Hash),
        Scopes = new()
        {
            Models = Models,
            ModelPatterns = [.. JsonSerializer.Deserialize(ModelPatterns, IdentityJson.Default.StringArray) ?? []],
            Tools = Tools,
            Control = RoleNames.Parse(Control),
            PinnedAgent = PinnedAgent,
            PinnedMode = PinnedMode,
            PinnedRepository = PinnedRepository,
            Environment = Environment,
        },
        CreatedAt = CreatedAt.ToTime(),
        ExpiresAt = ExpiresAt?.ToTime(),
        RevokedAt = RevokedAt?.ToTime(),
        Replaces = Replaces is null ? null : KeyId.Parse(Replaces),
        LastUsedAt = LastUsedAt?.ToTime(),
        Client = Client is null ? null : SessionClients.Parse(Client),
    };
}
