namespace Paddock.Architecture.Tests;

/// <summary>All faults of a rule in one message, so that one run shows them all.</summary>
internal static class Faults
{
    public static void ShouldBeNone(this IEnumerable<string> faults, string rule)
    {
        var found = faults.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        if (found.Length > 0)
        {
            Assert.Fail($"{rule}\n  {string.Join("\n  ", found)}");
        }
    }
}
