using Paddock.Core.Identity;

namespace Paddock.Core.Containments;

/// <summary>What a selector names, in the words of the command line.</summary>
public static class ContainmentNames
{
    /// <summary>Names in lower case with their values, users and keys as people know them; only what is named.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(ContainmentSelector selector, IdentityDirectory directory)
    {
        (string Name, string? Value)[] all =
        [
            ("user", selector.User is { } user ? UserOf(user.Value, directory) : null), ("key", selector.Key is { } key ? KeyOf(key, directory) : null), ("agent", selector.Agent),
            ("task", selector.Task), ("model", selector.Model), ("provider", selector.Provider), ("tool", selector.Tool),
        ];
        return [.. all.Where(one => one.Value is not null).Select(one => new KeyValuePair<string, string>(one.Name, one.Value!))]; // filtered just now
    }

    /// <summary>A principal's name; what is no principal's id stays as it is.</summary>
    public static string UserOf(string id, IdentityDirectory directory) => directory.Principals.FirstOrDefault(principal => principal.Id.Value == id)?.Name ?? id;

    private static string KeyOf(KeyId id, IdentityDirectory directory) => directory.Find(id) is { Key: var key } ? $"{key.Prefix} ({key.Name})" : id.Value;
}
