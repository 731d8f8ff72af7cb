namespace Paddock.Core.Policies;

/// <summary>What becomes of a policy's outcomes where it is bound, from the mildest to the strictest.</summary>
public enum Enforcement
{
    /// <summary>The policy is not looked at.</summary>
    Off,
    /// <summary>Recorded, nothing else.</summary>
    Shadow,
    /// <summary>Allowed, recorded, and shown to people; never to the agent.</summary>
    Warn,
    /// <summary>A deny refuses, and whoever asked may override it with a reason.</summary>
    Soft,
    /// <summary>The effect happens.</summary>
    Enforce,
}
