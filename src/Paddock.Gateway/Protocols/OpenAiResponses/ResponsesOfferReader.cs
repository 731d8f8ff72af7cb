namespace Paddock.Gateway.Protocols.OpenAiResponses;

/// <summary>Finds the tools of a Responses request, those in namespaces too. Which the provider runs is told by their type, and of a shell by where it is.</summary>
internal sealed class ResponsesOfferReader : ToolOfferReader
{
    private static readonly byte[][] toolNames =
        ["type"u8.ToArray(), "name"u8.ToArray(), "tools"u8.ToArray(), "server_label"u8.ToArray(), "server_url"u8.ToArray(), "allowed_tools"u8.ToArray(), "environment"u8.ToArray()];

    private static readonly byte[][] typed = ["type"u8.ToArray()];
    private static readonly byte[][] restricted = ["tool_names"u8.ToArray()];

    protected override bool ReadTools(ReadOnlySpan<byte> body, RequestFacts request, ToolOffers offers) =>
        ReadList(body, request.Offer(RequestMember.Tools), offers, static (data, list, element, into) => ReadTool(data, list, element, default, into));

    protected override bool ReadChoice(ReadOnlySpan<byte> body, ByteRange choice, ToolOffers offers)
    {
        Span<ByteRange> found = stackalloc ByteRange[7];
        if (!JsonParts.Locate(body, choice, toolNames, found))
        {
            return false;
        }

        switch (JsonParts.Text(body, found[0]))
        {
            case "allowed_tools":
                return ReadList(body, found[2], offers, (data, _, one, into) => ReadChoice(data, one, into));
            case "function" or "custom" or null:
                offers.Choose(OfferedTool.ChoiceOf(JsonParts.Text(body, found[1])));
                return true;
            case "mcp":
                offers.Choose(OfferedTool.OfServer(JsonParts.Text(body, found[3])));
                return true;
            case var type:
                offers.Choose(ProviderTools.Of(type).Name);
                offers.Choose(OfferedTool.ChoiceOf(ItemOf(type)));
                return true;
        }
    }

    private static bool ReadTool(ReadOnlySpan<byte> body, ByteRange list, ByteRange element, (string Name, ByteRange Element) space, ToolOffers offers)
    {
        Span<ByteRange> found = stackalloc ByteRange[7];
        if (!JsonParts.Locate(body, element, toolNames, found))
        {
            return false;
        }

        var (type, name) = (JsonParts.Text(body, found[0]) ?? "function", JsonParts.Text(body, found[1]));
        switch (type)
        {
            case "namespace" when !space.Element.IsPresent:
                return ReadList(body, found[2], offers, (data, inner, one, into) => ReadTool(data, inner, one, (name ?? "", element), into));
            case "function" or "custom":
                var full = (space.Element.IsPresent ? ResponsesToolName.Of(space.Name, name) : name) ?? "";
                offers.Tools.Add(new(full, element) { Type = type is "custom" ? "custom_tool_call" : "function_call", List = list, Group = space.Element, Choice = OfferedTool.ChoiceOf(name) });
                return true;
            case "mcp":
                offers.Tools.Add(ProviderTools.Server(JsonParts.Text(body, found[3]), JsonParts.Text(body, found[4]), Allowed(body, found[5]), list, element) with { Group = space.Element });
                return true;
            default:
                offers.Tools.Add(IsClients(body, type, found[6])
                    ? new(ItemOf(type), element) { Type = ItemOf(type), List = list, Group = space.Element, Choice = OfferedTool.ChoiceOf(ItemOf(type)) }
                    : ProviderTools.Offer(type, list, element) with { Group = space.Element });
                return true;
        }
    }

    /// <summary>Tools without a name that the client runs: calls of them are items of a type of their own.</summary>
    private static bool IsClients(ReadOnlySpan<byte> body, string type, ByteRange environment)
    {
        Span<ByteRange> found = stackalloc ByteRange[1];
        return type is "local_shell" or "apply_patch" or "tool_search" || type.StartsWith("computer", StringComparison.Ordinal)
            || (type is "shell" && (!JsonParts.IsObject(body, environment) || (JsonParts.Locate(body, environment, typed, found) && JsonParts.Text(body, found[0]) is "local")));
    }

    private static string ItemOf(string type) => type.StartsWith("computer", StringComparison.Ordinal) ? "computer_call" : type + "_call";

    /// <summary>A list of names, or an object that has one.</summary>
    private static IReadOnlyList<string>? Allowed(ReadOnlySpan<byte> body, ByteRange value)
    {
        Span<ByteRange> found = stackalloc ByteRange[1];
        return JsonParts.IsObject(body, value) && JsonParts.Locate(body, value, restricted, found) ? Texts(body, found[0]) : Texts(body, value);
    }
}
