using Paddock.Core.Models;

namespace Paddock.Core.Agents;

/// <summary>A part of a request body that an agent's dialect may look at: the raw JSON value, not decoded.</summary>
public enum BodyPart
{
    /// <summary>The system prompt: first system or developer message (chat), <c>system</c> (messages), <c>instructions</c> (responses).</summary>
    System,
    /// <summary>The <c>tools</c> array.</summary>
    Tools,
    /// <summary>Content of the first user message.</summary>
    FirstUser,
    /// <summary>Content of the newest user message.</summary>
    LastUser,
    /// <summary><c>prompt_cache_key</c> (responses).</summary>
    PromptCacheKey,
    /// <summary><c>client_metadata</c> (responses).</summary>
    ClientMetadata,
    /// <summary><c>metadata</c> (messages, responses).</summary>
    Metadata,
}

/// <summary>What a dialect may read of a call: headers and located parts of the body, nothing decoded and nothing copied.</summary>
public interface ICallView
{
    Wire Wire { get; }

    /// <summary>Request path as received.</summary>
    string Path { get; }

    /// <summary>A request header's first value, or null. Names are case-insensitive.</summary>
    string? Header(string name);

    /// <summary>The raw JSON bytes of a part; empty when the request has none.</summary>
    ReadOnlySpan<byte> Part(BodyPart part);
}
