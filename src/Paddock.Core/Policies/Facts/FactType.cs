namespace Paddock.Core.Policies.Facts;

/// <summary>What a fact holds. Without a value it is the type's zero: an empty text or list, 0, false.</summary>
public enum FactType
{
    Text,
    Number,
    Flag,
    Texts,
    /// <summary>A list of lists of texts.</summary>
    TextLists,
}
