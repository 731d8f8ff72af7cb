using System.Text.Json;
using Paddock.Core.Tools;

namespace Paddock.Gateway.Protocols;

/// <summary>What providers run themselves when the model calls it. What is not in the table may do anything.</summary>
internal static class ProviderTools
{
    private static readonly ToolShape search = new(ToolClass.Browser) { Mutating = false };

    private static readonly (string Name, ToolShape Shape)[] known =
    [
        ("web_search", search),
        ("web_fetch", search),
        ("x_search", search),
        ("file_search", new(ToolClass.Read)),
        ("tool_search", new(ToolClass.Read)),
        ("code_interpreter", new(ToolClass.Command)),
        ("code_execution", new(ToolClass.Command)),
        ("shell", new(ToolClass.Command)),
        ("image_generation", new(ToolClass.Other) { Mutating = false }),
    ];

    /// <param name="type">As the wire writes it: often with a date, and of OpenRouter with a prefix.</param>
    public static (string Name, ToolShape Shape) Of(string type)
    {
        var plain = type[(type.LastIndexOf(':') + 1)..];
        foreach (var (name, shape) in known)
        {
            if (plain.StartsWith(name, StringComparison.Ordinal))
            {
                return (name, shape);
            }
        }

        return (plain.Length == 0 ? "unknown" : plain, ToolShape.Unknown);
    }

    public static OfferedTool Offer(string type, ByteRange list, ByteRange element)
    {
        var (name, shape) = Of(type);
        return new(name, element) { Type = type, List = list, Runs = shape, Choice = name };
    }

    /// <param name="address">As the request writes it.</param>
    /// <param name="tools">Those that may be called; null = all it has.</param>
    public static OfferedTool Server(string? label, string? address, IReadOnlyList<string>? tools, ByteRange list, ByteRange element) => new(McpName(label, McpToolName.Any), element)
    {
        List = list,
        Runs = new(ToolClass.Mcp) { Mcp = new(label ?? "", McpToolName.Any) },
        McpTools = tools,
        Host = address is null ? null : Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.IdnHost.ToLowerInvariant() : address,
        Choice = OfferedTool.OfServer(label),
    };

    /// <summary>What is offered, for those who have to say yes to it. The request's own words may hold a server's token.</summary>
    public static byte[] Describe(OfferedTool tool)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", tool.Runs?.Mcp is null ? tool.Type : "mcp");
            if (tool.Runs?.Mcp is { } mcp)
            {
                json.WriteString("server", mcp.Server);
                json.WriteString("host", tool.Host);
                json.WriteString("tools", tool.McpTools is null ? "all" : string.Join(", ", tool.McpTools.Order(StringComparer.Ordinal)));
            }

            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    public static string McpName(string? server, string tool) => $"mcp__{server}__{tool}";
}
