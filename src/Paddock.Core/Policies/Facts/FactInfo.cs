namespace Paddock.Core.Policies.Facts;

/// <summary>One line of the table of facts.</summary>
/// <param name="Name">As expressions and tests write it.</param>
/// <param name="Summary">What it is, in words for people.</param>
public sealed record FactInfo(Fact Fact, string Name, FactType Type, FactOrigin Origin, string Summary);
