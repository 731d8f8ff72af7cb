using System.Collections.Frozen;

namespace Paddock.Core.Agents;

/// <summary>Finds dialects by what keys and headers call an agent.</summary>
public static class DialectNames
{
    /// <summary>Each dialect by its own name and by its others.</summary>
    public static FrozenDictionary<string, IAgentDialect> ByName(this IEnumerable<IAgentDialect> dialects) => dialects
        .SelectMany(static dialect => dialect.OtherNames.Prepend(dialect.Agent), static (dialect, name) => (Name: name, Dialect: dialect))
        .ToFrozenDictionary(static one => one.Name, static one => one.Dialect, StringComparer.Ordinal);
}
