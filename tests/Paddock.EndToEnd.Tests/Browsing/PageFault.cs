namespace Paddock.EndToEnd.Tests.Browsing;

/// <summary>What is wrong with a page.</summary>
internal sealed record PageFault(PageDemand Demand, string Where, string What)
{
    public override string ToString() => $"{Where}: {What}";
}

/// <summary>What every page has to be.</summary>
internal enum PageDemand
{
    /// <summary>Without anything that axe-core finds.</summary>
    Accessible,

    /// <summary>Usable with the keyboard alone, and showing where it is.</summary>
    ByKeyboard,

    /// <summary>No wider than its window.</summary>
    Narrow,

    /// <summary>With nothing that its policy refuses, nothing that fails to load, and no error.</summary>
    Clean,
}
