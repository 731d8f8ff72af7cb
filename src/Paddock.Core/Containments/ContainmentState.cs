namespace Paddock.Core.Containments;

/// <summary>How a containment stands at a moment.</summary>
public enum ContainmentState
{
    InForce,
    /// <summary>Its time ran out.</summary>
    Expired,
    /// <summary>Somebody ended it before its time.</summary>
    Lifted,
}
