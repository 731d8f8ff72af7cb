namespace Paddock.Gateway.Protocols;

/// <summary>
/// Finds the tools that a request of one wire offers to the model. As with answers, what two readers could read in two ways is not
/// chosen from: the request is unreadable then.
/// </summary>
internal abstract class ToolOfferReader
{
    /// <param name="body">Well-formed, and without a top-level member twice.</param>
    /// <returns>Null when it is unreadable.</returns>
    public ToolOffers? Read(ReadOnlySpan<byte> body, RequestFacts request)
    {
        var offers = new ToolOffers();
        try
        {
            var choice = request.Offer(RequestMember.ToolChoice);
            return ReadTools(body, request, offers) && (!JsonParts.IsObject(body, choice) || ReadChoice(body, choice, offers)) ? offers : null;
        }
        catch (MalformedJsonException)
        {
            return null;
        }
    }

    protected abstract bool ReadTools(ReadOnlySpan<byte> body, RequestFacts request, ToolOffers offers);

    /// <summary>Notes which tools <c>tool_choice</c> names.</summary>
    protected abstract bool ReadChoice(ReadOnlySpan<byte> body, ByteRange choice, ToolOffers offers);

    protected delegate bool ReadElement(ReadOnlySpan<byte> body, ByteRange list, ByteRange element, ToolOffers offers);

    /// <summary>Reads a list of objects; absent and null are an empty one.</summary>
    protected static bool ReadList(ReadOnlySpan<byte> body, ByteRange list, ToolOffers offers, ReadElement read)
    {
        if (!list.IsPresent || JsonParts.IsNull(body, list))
        {
            return true;
        }

        if (!JsonParts.IsArray(body, list))
        {
            return false;
        }

        foreach (var element in JsonParts.Elements(body, list))
        {
            if (!JsonParts.IsObject(body, element) || !read(body, list, element, offers))
            {
                return false;
            }
        }

        return true;
    }

    /// <returns>Null when the value is no list of texts.</returns>
    protected static IReadOnlyList<string>? Texts(ReadOnlySpan<byte> body, ByteRange list)
    {
        if (!JsonParts.IsArray(body, list))
        {
            return null;
        }

        var texts = new List<string>();
        foreach (var element in JsonParts.Elements(body, list))
        {
            if (JsonParts.Text(body, element) is not { } text)
            {
                return null;
            }

            texts.Add(text);
        }

        return texts;
    }
}
