using System.Buffers;
using System.Text.Json;

namespace Paddock.Core.Notifications;

/// <summary>A notification as a webhook sends it. <c>text</c> alone is what Slack and those like it show; the rest is for programs.</summary>
public static class NotificationBody
{
    /// <param name="id">Of this notification; every try of it carries the same.</param>
    public static byte[] Of(Notification notification, string id)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("text", notification.Link is null ? notification.Text : $"{notification.Text} {notification.Link}");
            json.WriteString("id", id);
            json.WriteString("event", notification.Event);
            json.WriteString("at", notification.At);
            if (notification.Link is not null)
            {
                json.WriteString("link", notification.Link);
            }

            json.WriteStartObject("facts");
            foreach (var (name, value) in notification.Facts)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }
}
