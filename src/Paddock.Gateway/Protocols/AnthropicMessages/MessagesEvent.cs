using System.Text.Json;

namespace Paddock.Gateway.Protocols.AnthropicMessages;

/// <summary>The event types the gateway tells apart.</summary>
internal enum MessagesEvent
{
    Unknown,
    Lifecycle,
    BlockStart,
    Error,
    Stop,
}

/// <summary>The members the gateway reads in events and bodies.</summary>
internal enum MessagesMember
{
    Other,
    Type,
    Message,
    Content,
    Usage,
    Delta,
    ContentBlock,
    Error,
    Model,
    StopReason,
}

internal static class MessagesEvents
{
    public static MessagesEvent Of(ReadOnlySpan<byte> type) => type switch
    {
        _ when type.SequenceEqual("message_start"u8) || type.SequenceEqual("ping"u8) => MessagesEvent.Lifecycle,
        _ when type.SequenceEqual("content_block_start"u8) => MessagesEvent.BlockStart,
        _ when type.SequenceEqual("error"u8) => MessagesEvent.Error,
        _ when type.SequenceEqual("message_stop"u8) => MessagesEvent.Stop,
        _ => MessagesEvent.Unknown,
    };

    public static MessagesMember MemberOf(ref Utf8JsonReader reader) => reader.ValueSpan.Length switch
    {
        4 when reader.ValueTextEquals("type"u8) => MessagesMember.Type,
        5 when reader.ValueTextEquals("usage"u8) => MessagesMember.Usage,
        5 when reader.ValueTextEquals("delta"u8) => MessagesMember.Delta,
        5 when reader.ValueTextEquals("error"u8) => MessagesMember.Error,
        5 when reader.ValueTextEquals("model"u8) => MessagesMember.Model,
        7 when reader.ValueTextEquals("message"u8) => MessagesMember.Message,
        7 when reader.ValueTextEquals("content"u8) => MessagesMember.Content,
        11 when reader.ValueTextEquals("stop_reason"u8) => MessagesMember.StopReason,
        13 when reader.ValueTextEquals("content_block"u8) => MessagesMember.ContentBlock,
        _ => MessagesMember.Other,
    };
}
