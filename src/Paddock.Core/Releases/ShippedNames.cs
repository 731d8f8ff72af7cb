namespace Paddock.Core.Releases;

/// <summary>A document takes a shipped one's place by its very name. One whose name differs in case alone would stand beside it, and be mistaken for it.</summary>
internal static class ShippedNames
{
    public static void Check(ReleaseDraft draft)
    {
        if (draft.IsShipped)
        {
            return; // their names are being read
        }

        foreach (var head in draft.Documents)
        {
            if (Of(head.Kind).FirstOrDefault(name => name != head.Name && string.Equals(name, head.Name, StringComparison.OrdinalIgnoreCase)) is { } name)
            {
                draft.Faults.Add(head.File, head.Line, "metadata.name", $"Paddock ships {DocumentKinds.WithArticle(head.Kind)} '{name}', and this name differs in case alone. Write it the same to take its place, or call this one otherwise.", name);
            }
        }
    }

    private static IEnumerable<string> Of(string kind) => kind is DocumentKinds.Runbook ? ShippedRunbooks.All.Select(static one => one.Name) : ShippedAlerts.Names(kind);
}
