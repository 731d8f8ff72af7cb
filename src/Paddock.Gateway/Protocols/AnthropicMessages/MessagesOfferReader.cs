namespace Paddock.Gateway.Protocols.AnthropicMessages;

/// <summary>Finds the tools of a Messages request: its own, those that Anthropic's clients run (bash, text editor, computer, memory), those it runs, and MCP servers.</summary>
internal sealed class MessagesOfferReader : ToolOfferReader
{
    private static readonly string[] clients = ["bash_", "text_editor_", "computer_", "memory_"];
    private static readonly byte[][] toolNames = ["type"u8.ToArray(), "name"u8.ToArray(), "mcp_server_name"u8.ToArray(), "default_config"u8.ToArray(), "configs"u8.ToArray()];
    private static readonly byte[][] serverNames = ["name"u8.ToArray(), "url"u8.ToArray(), "tool_configuration"u8.ToArray()];
    private static readonly byte[][] allowed = ["allowed_tools"u8.ToArray()];
    private static readonly byte[][] enabled = ["enabled"u8.ToArray()];

    protected override bool ReadTools(ReadOnlySpan<byte> body, RequestFacts request, ToolOffers offers) =>
        ReadList(body, request.Offer(RequestMember.Tools), offers, ReadTool)
        && ReadList(body, request.Offer(RequestMember.McpServers), offers, (data, list, element, into) => ReadServer(data, request.Offer(RequestMember.Tools), list, element, into));

    protected override bool ReadChoice(ReadOnlySpan<byte> body, ByteRange choice, ToolOffers offers)
    {
        Span<ByteRange> found = stackalloc ByteRange[5];
        if (!JsonParts.Locate(body, choice, toolNames, found))
        {
            return false;
        }

        if (JsonParts.Text(body, found[1]) is { } name)
        {
            offers.Choose(OfferedTool.ChoiceOf(name));
        }

        return true;
    }

    private static bool ReadTool(ReadOnlySpan<byte> body, ByteRange list, ByteRange element, ToolOffers offers)
    {
        Span<ByteRange> found = stackalloc ByteRange[5];
        if (!JsonParts.Locate(body, element, toolNames, found))
        {
            return false;
        }

        var (type, name) = (JsonParts.Text(body, found[0]), JsonParts.Text(body, found[1]) ?? "");
        if (type is "mcp_toolset")
        {
            return true; // it belongs to its server, and is read with it
        }

        offers.Tools.Add(type is null or "custom" || Array.Exists(clients, client => type.StartsWith(client, StringComparison.Ordinal))
            ? new(name, element) { List = list, Choice = OfferedTool.ChoiceOf(name) }
            : ProviderTools.Offer(type, list, element) with { Choice = OfferedTool.ChoiceOf(name) });
        return true;
    }

    private static bool ReadServer(ReadOnlySpan<byte> body, ByteRange tools, ByteRange list, ByteRange element, ToolOffers offers)
    {
        Span<ByteRange> found = stackalloc ByteRange[3];
        if (!JsonParts.Locate(body, element, serverNames, found))
        {
            return false;
        }

        var (server, named) = (JsonParts.Text(body, found[0]), (IReadOnlyList<string>?)null);
        if (JsonParts.IsObject(body, found[2]))
        {
            Span<ByteRange> lists = stackalloc ByteRange[1];
            if (!JsonParts.Locate(body, found[2], allowed, lists))
            {
                return false;
            }

            named = Texts(body, lists[0]);
        }

        var sets = new List<(ByteRange List, ByteRange Element)>();
        Span<ByteRange> parts = stackalloc ByteRange[5];
        foreach (var set in JsonParts.IsArray(body, tools) ? JsonParts.Elements(body, tools) : [])
        {
            if (JsonParts.Locate(body, set, toolNames, parts) && JsonParts.Text(body, parts[0]) is "mcp_toolset" && JsonParts.Text(body, parts[2]) == server)
            {
                sets.Add((tools, set));
                named ??= Enabled(body, parts[3], parts[4]);
            }
        }

        offers.Tools.Add(ProviderTools.Server(server, JsonParts.Text(body, found[1]), named, list, element) with { Besides = sets });
        return true;
    }

    /// <summary>The tools that a set turns on by name when it turns all others off; null otherwise.</summary>
    private static List<string>? Enabled(ReadOnlySpan<byte> body, ByteRange defaults, ByteRange configs)
    {
        if (IsOn(body, defaults) is not false || !JsonParts.IsObject(body, configs))
        {
            return null;
        }

        var on = new List<string>();
        foreach (var (name, value, _) in JsonParts.Members(body, configs))
        {
            if (IsOn(body, value) is not false)
            {
                on.Add(name);
            }
        }

        return on;
    }

    private static bool? IsOn(ReadOnlySpan<byte> body, ByteRange config)
    {
        Span<ByteRange> found = stackalloc ByteRange[1];
        return JsonParts.IsObject(body, config) && JsonParts.Locate(body, config, enabled, found) && found[0].IsPresent ? body[found[0].Start] == 't' : null;
    }
}
