namespace Paddock.Gateway.Protocols;

/// <summary>
/// Finds the tool calls in answers of one wire. Where two readers of the same bytes could differ (a member twice, an index that is no
/// number) it does not choose: the data is unreadable then, and what cannot be judged is not passed on.
/// </summary>
internal abstract class ToolReader
{
    /// <summary>Reads one event's data.</summary>
    /// <returns>False when it is unreadable.</returns>
    public bool ReadEvent(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data, ToolParts parts)
    {
        parts.Clear();
        if (data.IsEmpty || data.SequenceEqual("[DONE]"u8))
        {
            return true;
        }

        try
        {
            var root = JsonParts.Root(data);
            return JsonParts.IsObject(data, root) && ReadEvent(name, data, root, parts);
        }
        catch (MalformedJsonException)
        {
            return false;
        }
    }

    /// <summary>Reads a whole plain answer.</summary>
    /// <returns>False when it is unreadable.</returns>
    public bool ReadPlain(ReadOnlySpan<byte> body, ToolParts parts)
    {
        parts.Clear();
        try
        {
            var root = JsonParts.Root(body);
            return JsonParts.IsObject(body, root) && ReadBody(body, root, parts);
        }
        catch (MalformedJsonException)
        {
            return false;
        }
    }

    /// <summary>Whether every call is announced before its pieces: a piece of none is of something the provider runs.</summary>
    public virtual bool AnnouncesCalls => false;

    /// <summary>Whether calls are told again at the end, maybe in another place: the id says which it is. Elsewhere an id in two places is two calls.</summary>
    public virtual bool TellsCallsAgain => false;

    /// <summary>The member of a refused call that has no arguments at all, ready to be put in; null where the wire needs none.</summary>
    public virtual byte[]? MissingArguments(ReadOnlySpan<byte> arguments) => null;

    /// <summary>An event that carries the arguments of a refused call for which the provider sent none; null where the wire needs none.</summary>
    public virtual byte[]? MissingEvent(ToolKey key, ReadOnlySpan<byte> arguments) => null;

    /// <summary>The JSON that takes the place of <see cref="ToolPart.Element"/> when the call is taken out.</summary>
    public abstract byte[] StandIn(in ToolPart part, string said);

    /// <summary>Events that say the text of a call that was taken out, behind the one that announced it; null where its own events do.</summary>
    public virtual byte[]? StandInEvents(in ToolPart part, string said) => null;

    /// <summary>The reason for the end of a choice from which all calls were taken out, as JSON.</summary>
    public virtual byte[] PlainFinish { get; } = [];

    /// <summary>What a client hears while a call is held: the connection lives.</summary>
    public virtual ReadOnlyMemory<byte> Ping { get; } = ": held by policy\n\n"u8.ToArray();

    /// <param name="name">The <c>event:</c> field.</param>
    /// <param name="root">The data's one object.</param>
    protected abstract bool ReadEvent(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data, ByteRange root, ToolParts parts);

    /// <param name="root">The body's one object.</param>
    protected abstract bool ReadBody(ReadOnlySpan<byte> body, ByteRange root, ToolParts parts);
}
