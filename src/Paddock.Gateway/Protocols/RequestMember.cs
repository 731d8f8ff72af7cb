namespace Paddock.Gateway.Protocols;

/// <summary>The top-level members of a request that Paddock reads, on any wire. All others pass unread.</summary>
internal enum RequestMember
{
    Other,
    Model,
    Stream,
    StreamOptions,
    MaxTokens,
    Tools,
    Metadata,
    Messages,
    System,
    Instructions,
    Input,
    PromptCacheKey,
    ClientMetadata,
    Background,
    Prompt,
    // Those that offer tools besides 'tools' stand together; see RequestFacts.Offer.
    ToolChoice,
    McpServers,
    WebSearchOptions,
    SearchParameters,
    EnableSearch,
    Plugins,
}

internal static class RequestMembers
{
    /// <summary>Which member a name (escaped or not) is.</summary>
    public static RequestMember Of(JsonName name, ReadOnlySpan<byte> body) =>
        name.IsEscaped ? Of(System.Text.Encoding.UTF8.GetBytes(JsonText.Decode(name.Text, isEscaped: true, body))) : Of(name.Text.Of(body));

    private static RequestMember Of(ReadOnlySpan<byte> name) => name.Length switch
    {
        5 when name.SequenceEqual("model"u8) => RequestMember.Model,
        5 when name.SequenceEqual("tools"u8) => RequestMember.Tools,
        5 when name.SequenceEqual("input"u8) => RequestMember.Input,
        6 when name.SequenceEqual("stream"u8) => RequestMember.Stream,
        6 when name.SequenceEqual("system"u8) => RequestMember.System,
        6 when name.SequenceEqual("prompt"u8) => RequestMember.Prompt,
        7 when name.SequenceEqual("plugins"u8) => RequestMember.Plugins,
        8 when name.SequenceEqual("messages"u8) => RequestMember.Messages,
        8 when name.SequenceEqual("metadata"u8) => RequestMember.Metadata,
        10 when name.SequenceEqual("max_tokens"u8) => RequestMember.MaxTokens,
        10 when name.SequenceEqual("background"u8) => RequestMember.Background,
        11 when name.SequenceEqual("tool_choice"u8) => RequestMember.ToolChoice,
        11 when name.SequenceEqual("mcp_servers"u8) => RequestMember.McpServers,
        12 when name.SequenceEqual("instructions"u8) => RequestMember.Instructions,
        13 when name.SequenceEqual("enable_search"u8) => RequestMember.EnableSearch,
        14 when name.SequenceEqual("stream_options"u8) => RequestMember.StreamOptions,
        15 when name.SequenceEqual("client_metadata"u8) => RequestMember.ClientMetadata,
        16 when name.SequenceEqual("prompt_cache_key"u8) => RequestMember.PromptCacheKey,
        17 when name.SequenceEqual("search_parameters"u8) => RequestMember.SearchParameters,
        17 when name.SequenceEqual("max_output_tokens"u8) => RequestMember.MaxTokens,
        18 when name.SequenceEqual("web_search_options"u8) => RequestMember.WebSearchOptions,
        21 when name.SequenceEqual("max_completion_tokens"u8) => RequestMember.MaxTokens,
        _ => RequestMember.Other,
    };
}
