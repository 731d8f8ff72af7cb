namespace Paddock.Core.Approvals;

/// <summary>How often what has one shape was asked and approved.</summary>
/// <param name="Requesters">How many different people asked.</param>
public sealed record ShapeCount(int Approved, int Denied, int Requesters);
