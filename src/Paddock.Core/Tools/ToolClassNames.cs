using System.Collections.Immutable;

namespace Paddock.Core.Tools;

/// <summary>Tool classes as policies write them.</summary>
public static class ToolClassNames
{
    /// <summary>In the order of <see cref="ToolClass"/>.</summary>
    public static readonly ImmutableArray<string> All = [.. Enum.GetNames<ToolClass>().Select(name => name.ToLowerInvariant())];

    public static string Of(ToolClass tool) => All[(int)tool];
}
