namespace Paddock.Gateway.Protocols;

/// <summary>The tool parts of one event or body, in their order. Reused from event to event.</summary>
internal sealed class ToolParts
{
    private readonly List<ToolPart> parts = [];

    public int Count => parts.Count;

    public ToolPart this[int index] => parts[index];

    public void Clear() => parts.Clear();

    public void Add(in ToolPart part) => parts.Add(part);

    /// <summary>Gives the parts from <paramref name="first"/> on the choice they turned out to belong to.</summary>
    public void SetChoice(int first, int choice)
    {
        for (var i = first; i < parts.Count; i++)
        {
            parts[i] = parts[i] with { Key = parts[i].Key with { Choice = choice } };
        }
    }
}
