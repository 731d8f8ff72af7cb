using System.Text;
using Paddock.Simulator.Scripts;

namespace Paddock.Simulator;

/// <summary>Writes an SSE event in any of the forms providers use.</summary>
internal static class EventText
{
    public static byte[] Format((string? Event, string Data) sent, ScriptedAnswer script)
    {
        var (end, space) = (script.Crlf ? "\r\n" : "\n", script.NoSpace ? "" : " ");
        var text = new StringBuilder();
        if (script.Comments)
        {
            text.Append(": keepalive").Append(end).Append(end);
        }

        if (sent.Event is { } name)
        {
            text.Append("event:").Append(space).Append(name).Append(end);
        }

        return Encoding.UTF8.GetBytes(text.Append("data:").Append(space).Append(sent.Data).Append(end).Append(end).ToString());
    }
}
