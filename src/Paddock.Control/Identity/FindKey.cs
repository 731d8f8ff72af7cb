using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <summary>Finds a key by its id, its prefix or, when only one has it, its name; of a key that was rotated the name means the newest that is not revoked.</summary>
internal static class FindKey
{
    public const string Missing = "There is no such key, or several have this name; give its prefix or id.";

    public const string NotOwn = "There is no such key of yours.";

    /// <summary>A key that somebody has, by its id.</summary>
    public static ApiKey? Own(IdentityDirectory directory, Principal owner, string id) =>
        KeyId.TryParse(id, out var wanted) && directory.Find(wanted) is { Key: { IsSession: false } key } && key.Owner == owner.Id ? key : null;

    public static Caller? In(IdentityDirectory directory, string text)
    {
        var fitting = directory.Keys.Where(key => !key.IsSession && (key.Id.Value == text || key.Prefix == text)).ToList();
        if (fitting.Count == 0)
        {
            var replaced = directory.Keys.Where(key => key.RevokedAt is null).Select(key => key.Replaces).ToHashSet();
            fitting = [.. directory.Keys.Where(key => !key.IsSession && key.Name == text && key.RevokedAt is null && !replaced.Contains(key.Id))];
        }

        return fitting.Count == 1 ? directory.Find(fitting[0].Id) : null;
    }
}
