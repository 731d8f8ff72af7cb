namespace Paddock.Core.Policies.Facts;

/// <summary>Who says so.</summary>
public enum FactOrigin
{
    /// <summary>The model's answer or the agent's request.</summary>
    Wire,
    /// <summary>Found in the arguments by us.</summary>
    Derived,
    /// <summary>Our catalogue of tool servers.</summary>
    Catalogue,
    /// <summary>The key or the session.</summary>
    Verified,
    /// <summary>The agent, of itself: it may tighten a decision, never loosen it.</summary>
    Asserted,
    /// <summary>Counted by us.</summary>
    Kept,
    /// <summary>What the request was resolved to.</summary>
    Resolved,
}
