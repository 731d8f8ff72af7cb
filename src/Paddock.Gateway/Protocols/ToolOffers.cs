namespace Paddock.Gateway.Protocols;

/// <summary>What one request offers to the model, and what of it does not go to the provider.</summary>
internal sealed class ToolOffers
{
    /// <summary>Of a request without tools; nothing is added to it.</summary>
    public static readonly ToolOffers None = new();

    private readonly HashSet<string> chosen = new(StringComparer.Ordinal);
    private readonly HashSet<OfferedTool> takenOut = new(ReferenceEqualityComparer.Instance);

    public List<OfferedTool> Tools { get; } = [];

    public IReadOnlyCollection<OfferedTool> TakenOut => takenOut;

    public void Choose(string choice) => chosen.Add(choice);

    /// <summary>Whether <c>tool_choice</c> names it, alone or among others.</summary>
    public bool Chooses(OfferedTool tool) => chosen.Contains(tool.Choice);

    public void TakeOut(OfferedTool tool) => takenOut.Add(tool);

    /// <summary>Whether the client's tool of this name is before the model.</summary>
    public bool Has(string name) => Tools.Exists(tool => tool.Runs is null && tool.Name == name && !takenOut.Contains(tool));

    /// <summary>The client's tool that is run under a name; null = none. Some agents that do not have it look for it in small letters and without blanks around it.</summary>
    public string? Meant(string name) => Tools.Exists(tool => tool.Runs is null && tool.Name == name) ? name
        : Tools.Find(tool => tool.Runs is null && tool.Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase))?.Name;

    /// <summary>Whether the provider may have run this, so that its items in the answer were decided with the request.</summary>
    public bool MayRun(string runAs) => Tools.Exists(tool => tool.RunAs == runAs && !takenOut.Contains(tool));
}
