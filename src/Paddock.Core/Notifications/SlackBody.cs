using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Paddock.Core.Notifications;

/// <summary>A notification as Slack's incoming webhooks take it: a text for those who are called, and blocks for the channel.</summary>
public static class SlackBody
{
    /// <summary>Characters that a section of Slack takes.</summary>
    private const int LongestText = 3_000;

    public static byte[] Of(Notification notification)
    {
        var text = notification.Text.Length > LongestText ? notification.Text[..(LongestText - 1)] + "…" : notification.Text;
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("text", text);
            json.WriteStartArray("blocks");
            WriteBlock(json, "section", () => WriteText(json, "text", text));
            WriteBlock(json, "context", () => WriteMany(json, () => WriteText(json, null, string.Create(CultureInfo.InvariantCulture, $"{ChatText.Of(notification.Event.Replace('_', ' '))} · {notification.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC"))));
            if (notification.Link is { } link)
            {
                WriteBlock(json, "actions", () => WriteMany(json, () => WriteButton(json, link)));
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    private static void WriteBlock(Utf8JsonWriter json, string type, Action write)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        write();
        json.WriteEndObject();
    }

    private static void WriteMany(Utf8JsonWriter json, Action write)
    {
        json.WriteStartArray("elements");
        write();
        json.WriteEndArray();
    }

    private static void WriteButton(Utf8JsonWriter json, string link) => WriteBlock(json, "button", () =>
    {
        json.WriteStartObject("text");
        json.WriteString("type", "plain_text");
        json.WriteString("text", "Open in Paddock");
        json.WriteEndObject();
        json.WriteString("url", link);
    });

    private static void WriteText(Utf8JsonWriter json, string? name, string text)
    {
        if (name is null)
        {
            json.WriteStartObject();
        }
        else
        {
            json.WriteStartObject(name);
        }

        json.WriteString("type", "mrkdwn");
        json.WriteString("text", text);
        json.WriteEndObject();
    }
}
