using Paddock.Core.Tasks;
using Paddock.Store.Dialects;

namespace Paddock.Store.Tasks;

/// <summary>Agents' events as rows of one statement.</summary>
internal static class EventRows
{
    public const string Columns =
        "digest:b same:b at:i principal_id:t agent:t task_id:t native_task:t parent_task:t type:t mode:t message_ts:i message_kind:t message_what:t message_partial:f message_length:i facts:t first_hand:f retried:f";

    public static readonly string Names = string.Join(", ", Columns.Split(' ').Select(static column => column[..^2]));

    /// <param name="events">Each came at first hand, and is told from all others by what it says alone.</param>
    public static string Of(IEnumerable<AgentEvent> events) => RowsJson.Of(events, static (json, one) =>
    {
        json.WriteString("digest", "\\x" + one.Identity.Same);
        json.WriteString("same", "\\x" + one.Identity.Same);
        json.WriteNumber("at", one.At.ToMicros());
        json.WriteString("principal_id", one.Principal);
        json.WriteString("agent", one.Agent);
        json.WriteString("task_id", one.Task);
        json.WriteString("native_task", one.NativeTask);
        json.WriteString("parent_task", one.ParentTask);
        json.WriteString("type", one.Type);
        json.WriteString("mode", one.Mode);
        if (one.Message is { } message)
        {
            json.WriteNumber("message_ts", message.Ts);
            json.WriteString("message_kind", message.Kind);
            json.WriteString("message_what", message.What);
            json.WriteBoolean("message_partial", message.Partial);
            json.WriteNumber("message_length", message.TextLength);
        }

        json.WriteString("facts", one.Facts);
        json.WriteBoolean("first_hand", true);
        json.WriteBoolean("retried", false);
    });
}
