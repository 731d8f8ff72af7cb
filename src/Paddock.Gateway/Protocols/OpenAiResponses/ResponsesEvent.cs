namespace Paddock.Gateway.Protocols.OpenAiResponses;

/// <summary>The event types the gateway tells apart.</summary>
internal enum ResponsesEvent
{
    Unknown,
    Lifecycle,
    ItemAdded,
    /// <summary>A piece of a tool call's arguments, or all of them.</summary>
    ToolInput,
    Error,
    Completed,
}

internal static class ResponsesEvents
{
    public static ResponsesEvent Of(ReadOnlySpan<byte> type) => type switch
    {
        _ when type.SequenceEqual("response.created"u8) => ResponsesEvent.Lifecycle,
        _ when type.SequenceEqual("response.in_progress"u8) => ResponsesEvent.Lifecycle,
        _ when type.SequenceEqual("response.queued"u8) => ResponsesEvent.Lifecycle,
        _ when type.SequenceEqual("response.content_part.added"u8) => ResponsesEvent.Lifecycle,
        _ when type.SequenceEqual("response.reasoning_summary_part.added"u8) => ResponsesEvent.Lifecycle,
        _ when type.SequenceEqual("response.output_item.added"u8) => ResponsesEvent.ItemAdded,
        _ when type.StartsWith("response.function_call_arguments."u8) || type.StartsWith("response.custom_tool_call_input."u8) => ResponsesEvent.ToolInput,
        _ when type.SequenceEqual("response.failed"u8) => ResponsesEvent.Error,
        _ when type.SequenceEqual("error"u8) => ResponsesEvent.Error,
        _ when type.SequenceEqual("response.completed"u8) => ResponsesEvent.Completed,
        _ when type.SequenceEqual("response.incomplete"u8) => ResponsesEvent.Completed,
        _ => ResponsesEvent.Unknown,
    };
}
