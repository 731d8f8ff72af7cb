using System.Text.Json;
using System.Text.Json.Serialization;
using Paddock.Core.Notifications;

namespace Paddock.Store.Notifications;

/// <summary>A notification as a row keeps it.</summary>
internal static class NotificationDocument
{
    public static string Write(Notification notification) => JsonSerializer.Serialize(notification, NotificationJson.Default.Notification);

    public static Notification Read(string json) => JsonSerializer.Deserialize(json, NotificationJson.Default.Notification) ?? throw new JsonException("A notice holds no notification.");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Notification))]
internal sealed partial class NotificationJson : JsonSerializerContext;
