using System.Buffers;
using System.Text.Json;
using Paddock.Core.Alerts;
using Paddock.Core.Identity;

namespace Paddock.Core.Notifications;

/// <summary>One alert as PagerDuty's Events API v2 takes it. What is posted again under the same key is the same incident there.</summary>
public static class PagerDutyBody
{
    /// <summary>Characters of a summary that PagerDuty takes.</summary>
    private const int LongestSummary = 1_024;

    /// <param name="routingKey">Of the service that is called.</param>
    /// <param name="source">What is affected: this installation.</param>
    public static byte[] Of(Notification notification, NotifiedAlert alert, Secret routingKey, string source)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("routing_key", routingKey.Reveal());
            json.WriteString("event_action", ActionOf(notification.Event));
            json.WriteString("dedup_key", alert.Key);
            WritePayload(json, alert, source);
            if (notification.Link is { } link)
            {
                json.WriteString("client", "Paddock");
                json.WriteString("client_url", link);
            }

            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    private static string ActionOf(string name) => name switch
    {
        "alert.resolved" => "resolve",
        "alert.silenced" => "acknowledge",
        _ => "trigger",
    };

    private static void WritePayload(Utf8JsonWriter json, NotifiedAlert alert, string source)
    {
        var summary = $"{alert.Rule}: {alert.Says}";
        json.WriteStartObject("payload");
        json.WriteString("summary", summary.Length > LongestSummary ? summary[..(LongestSummary - 1)] + "…" : summary);
        json.WriteString("source", source);
        json.WriteString("severity", alert.Severity is AlertSeverity.Page ? "critical" : "warning");
        json.WriteString("timestamp", alert.BeganAt);
        json.WriteString("class", alert.Rule);
        json.WriteString("component", alert.Subject.Length == 0 ? "everything" : alert.Subject);
        json.WriteStartObject("custom_details");
        json.WriteString("says", alert.Says);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
