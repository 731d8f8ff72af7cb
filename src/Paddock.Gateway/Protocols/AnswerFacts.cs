using Paddock.Core.Models;

namespace Paddock.Gateway.Protocols;

/// <summary>What one event of an answer is to the gateway.</summary>
internal enum EventKind
{
    /// <summary>Announces, comments, pings: nothing a client acts on yet.</summary>
    Lifecycle,
    /// <summary>Text, thinking or a tool call: from here on there is no fallback.</summary>
    Semantic,
    /// <summary>Carries usage and nothing else (chat's extra chunk).</summary>
    UsageOnly,
    Error,
    /// <summary>The wire's own end marker.</summary>
    End,
}

/// <summary>What is known of an answer so far. Filled by the wire's <see cref="AnswerReader"/>, read when the call is recorded.</summary>
internal sealed class AnswerFacts
{
    public TokenUsage Usage { get; set; }

    /// <summary>The provider has told its final usage.</summary>
    public bool HasUsage { get; set; }

    /// <summary>Input tokens are known although the final usage is not (Anthropic's <c>message_start</c>).</summary>
    public bool HasInput { get; set; }

    public string? Model { get; set; }

    public string? Finish { get; set; }

    /// <summary>The end marker was seen (or a plain answer was whole).</summary>
    public bool Ended { get; set; }

    public string? ErrorType { get; set; }

    /// <summary>The HTTP status that error would have had; 0 when none can be told.</summary>
    public int ErrorStatus { get; set; }

    /// <summary>Bytes of text, thinking and arguments seen, the base of a floor when usage never comes.</summary>
    public long DeltaBytes { get; set; }

    /// <summary>Where the usage object lies in the event read last; not present when it has none.</summary>
    public ByteRange UsageObject { get; set; }

    /// <summary>The event or body read last may say something of a tool call.</summary>
    public bool SaysTool { get; set; }

    /// <summary>The event or body read last is no JSON that everybody reads alike.</summary>
    public bool Unreadable { get; set; }

    public void Reset()
    {
        SaysTool = Unreadable = false;
        Usage = default;
        HasUsage = HasInput = Ended = false;
        Model = Finish = ErrorType = null;
        ErrorStatus = 0;
        DeltaBytes = 0;
        UsageObject = default;
    }
}
