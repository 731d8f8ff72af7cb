using System.Buffers;
using System.Text.Json;
using Paddock.Core.Alerts;

namespace Paddock.Core.Notifications;

/// <summary>An alert for Alertmanager.</summary>
/// <param name="Owner">Of the rule; null when the release has it no more.</param>
/// <param name="EndsAt">When it is over, unless it is posted again.</param>
public sealed record AlertmanagerAlert(NotifiedAlert Alert, string? Owner, DateTimeOffset EndsAt);

/// <summary>Alerts as Alertmanager takes them (<c>POST /api/v2/alerts</c>). Its labels tell one from another.</summary>
public static class AlertmanagerBody
{
    /// <param name="link">Where to look; null = nobody knows.</param>
    public static byte[] Of(IEnumerable<AlertmanagerAlert> alerts, string? link)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartArray();
            foreach (var one in alerts)
            {
                Write(json, one, link);
            }

            json.WriteEndArray();
        }

        return bytes.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, AlertmanagerAlert one, string? link)
    {
        json.WriteStartObject();
        json.WriteStartObject("labels");
        json.WriteString("alertname", one.Alert.Rule);
        json.WriteString("source", "paddock");
        json.WriteString("severity", one.Alert.Severity is AlertSeverity.Page ? "page" : "ticket");
        if (one.Alert.Subject.Length > 0)
        {
            json.WriteString("subject", one.Alert.Subject);
        }

        if (one.Owner is { } owner)
        {
            json.WriteString("owner", owner);
        }

        json.WriteEndObject();
        json.WriteStartObject("annotations");
        json.WriteString("summary", one.Alert.Says);
        json.WriteString("alert", one.Alert.Key);
        json.WriteEndObject();
        json.WriteString("startsAt", one.Alert.BeganAt);
        json.WriteString("endsAt", one.EndsAt);
        if (link is not null)
        {
            json.WriteString("generatorURL", link);
        }

        json.WriteEndObject();
    }
}
