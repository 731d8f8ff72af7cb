using Paddock.Core.Agents;

namespace Paddock.Gateway.Protocols;

/// <summary>What one pass over a request body found: values Paddock acts on, and where the parts lie that others may look at.</summary>
internal sealed class RequestFacts
{
    /// <summary>Results of tool calls stand at the end; one turn has rarely more than a few.</summary>
    private const int MostTurns = 64;

    private readonly ByteRange[] parts = new ByteRange[7];
    private ByteRange[]? offers;

    public string Model { get; set; } = "";

    /// <summary>The model's JSON string, quotes included.</summary>
    public ByteRange ModelValue { get; set; }

    public bool Stream { get; set; }

    /// <summary>The asker's own limit of output tokens, whatever the wire calls it.</summary>
    public long? MaxOutputTokens { get; set; }

    /// <summary>Chat: the <c>stream_options</c> object, and its <c>include_usage</c> literal when it has one.</summary>
    public ByteRange StreamOptions { get; set; }

    public bool StreamOptionsNull { get; set; }

    public bool StreamOptionsEmpty { get; set; }

    public ByteRange IncludeUsageValue { get; set; }

    public bool IncludeUsage { get; set; }

    /// <summary>Index of the body's last <c>}</c>.</summary>
    public int ObjectEnd { get; set; }

    /// <summary>A request feature Paddock refuses because it escapes the pipeline (background work, stored prompts); null when none.</summary>
    public string? Unsupported { get; set; }

    private ByteRange last;
    private ByteRange[]? newest;

    /// <summary>Turns of the conversation, of which the newest are kept.</summary>
    public int Turns { get; private set; }

    public void AddTurn(ByteRange turn)
    {
        if (Turns > 0)
        {
            newest ??= new ByteRange[MostTurns]; // one turn is the usual question, and costs nothing
            newest[(Turns - 1) % MostTurns] = last;
        }

        last = turn;
        Turns++;
    }

    /// <param name="back">0 = the newest.</param>
    /// <returns>Not present when there is none, or it is not kept.</returns>
    public ByteRange TurnFromEnd(int back) => back == 0 ? last : back < Turns && back <= MostTurns ? newest![(Turns - 1 - back) % MostTurns] : default; // there are two

    public ByteRange Part(BodyPart part) => parts[(int)part];

    /// <summary>The value of a member that offers tools to the model, or of <c>tool_choice</c>; not present when there is none.</summary>
    public ByteRange Offer(RequestMember member) => member is RequestMember.Tools ? Part(BodyPart.Tools) : offers?[member - RequestMember.ToolChoice] ?? default;

    public void SetOffer(RequestMember member, ByteRange value) => (offers ??= new ByteRange[RequestMember.Plugins - RequestMember.ToolChoice + 1])[member - RequestMember.ToolChoice] = value;

    /// <summary>Whether there is anything that may offer tools.</summary>
    public bool OffersTools => Part(BodyPart.Tools).IsPresent || offers is not null;

    public void SetPart(BodyPart part, ByteRange range) => parts[(int)part] = range;
}

/// <summary>Why a body was refused.</summary>
/// <param name="Duplicate">True for a duplicate member, false for malformed JSON or a wrong type.</param>
/// <param name="Member">The member at fault, when it is one Paddock knows by name; never content.</param>
/// <param name="Message">For people.</param>
internal sealed record BodyFault(bool Duplicate, string? Member, string Message);
