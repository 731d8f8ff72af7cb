namespace Paddock.Gateway.Decide;

/// <summary>What a caller wrote, said back to them.</summary>
internal static class Shown
{
    /// <summary>A name, but only if it looks like one.</summary>
    public static string Name(string? name) => name is { Length: <= 100 } && !name.Any(char.IsControl) ? name : "…";
}
