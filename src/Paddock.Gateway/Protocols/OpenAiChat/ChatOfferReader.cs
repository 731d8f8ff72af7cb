using Paddock.Core.Tools;

namespace Paddock.Gateway.Protocols.OpenAiChat;

/// <summary>
/// Finds the tools of a chat request. Functions and custom tools are the client's; any other type the provider runs, and so do members
/// of the request by which some providers are told to search (<c>web_search_options</c>, xAI, Qwen, OpenRouter's plugins).
/// </summary>
internal sealed class ChatOfferReader : ToolOfferReader
{
    private static readonly byte[][] toolNames = ["type"u8.ToArray(), "function"u8.ToArray(), "custom"u8.ToArray(), "allowed_tools"u8.ToArray()];
    private static readonly byte[][] named = ["name"u8.ToArray()];
    private static readonly byte[][] listed = ["tools"u8.ToArray()];
    private static readonly byte[][] pluginNames = ["id"u8.ToArray()];

    protected override bool ReadTools(ReadOnlySpan<byte> body, RequestFacts request, ToolOffers offers)
    {
        AddSearch(body, request.Offer(RequestMember.WebSearchOptions), offers);
        AddSearch(body, request.Offer(RequestMember.SearchParameters), offers);
        AddSearch(body, request.Offer(RequestMember.EnableSearch), offers);
        return ReadList(body, request.Offer(RequestMember.Tools), offers, ReadTool) && ReadList(body, request.Offer(RequestMember.Plugins), offers, ReadPlugin);
    }

    protected override bool ReadChoice(ReadOnlySpan<byte> body, ByteRange choice, ToolOffers offers)
    {
        Span<ByteRange> found = stackalloc ByteRange[4];
        if (!JsonParts.Locate(body, choice, toolNames, found))
        {
            return false;
        }

        switch (JsonParts.Text(body, found[0]))
        {
            case "allowed_tools" when JsonParts.IsObject(body, found[3]):
                Span<ByteRange> list = stackalloc ByteRange[1];
                return JsonParts.Locate(body, found[3], listed, list) && ReadList(body, list[0], offers, (data, _, one, into) => ReadChoice(data, one, into));
            case "function" or "custom" or null:
                offers.Choose(OfferedTool.ChoiceOf(NameIn(body, found[1].IsPresent ? found[1] : found[2])));
                return true;
            case var type:
                offers.Choose(ProviderTools.Of(type).Name);
                return true;
        }
    }

    private static bool ReadTool(ReadOnlySpan<byte> body, ByteRange list, ByteRange element, ToolOffers offers)
    {
        Span<ByteRange> found = stackalloc ByteRange[4];
        if (!JsonParts.Locate(body, element, toolNames, found))
        {
            return false;
        }

        var type = JsonParts.Text(body, found[0]);
        var own = type is "custom" ? found[2] : type is "function" or null ? found[1] : default;
        if (type is not ("custom" or "function") && !JsonParts.IsObject(body, own))
        {
            offers.Tools.Add(ProviderTools.Offer(type ?? "", list, element));
            return true;
        }

        var name = NameIn(body, own) ?? "";
        offers.Tools.Add(new(name, element) { Type = type is "custom" ? type : null, List = list, Choice = OfferedTool.ChoiceOf(name) });
        return true;
    }

    private static bool ReadPlugin(ReadOnlySpan<byte> body, ByteRange list, ByteRange element, ToolOffers offers)
    {
        Span<ByteRange> found = stackalloc ByteRange[1];
        if (!JsonParts.Locate(body, element, pluginNames, found))
        {
            return false;
        }

        var id = JsonParts.Text(body, found[0]) ?? "";
        offers.Tools.Add(ProviderTools.Offer(id is "web" ? "web_search" : id, list, element));
        return true;
    }

    /// <summary>A member that makes the provider search: an object, or true.</summary>
    private static void AddSearch(ReadOnlySpan<byte> body, ByteRange value, ToolOffers offers)
    {
        if (value.IsPresent && body[value.Start] is not ((byte)'n' or (byte)'f'))
        {
            offers.Tools.Add(ProviderTools.Offer("web_search", default, value));
        }
    }

    private static string? NameIn(ReadOnlySpan<byte> body, ByteRange own)
    {
        Span<ByteRange> found = stackalloc ByteRange[1];
        return !JsonParts.IsObject(body, own) ? null
            : JsonParts.Locate(body, own, named, found) ? JsonParts.Text(body, found[0])
            : throw new MalformedJsonException(body[..own.Start]);
    }
}
