using Microsoft.Extensions.DependencyInjection;
using Paddock.Core.Approvals;
using Paddock.Core.Notifications;
using Paddock.Settings;

namespace Paddock.Notifications;

/// <summary>Wires the outlet. Registered before what posts, so that it goes on until that has stopped.</summary>
internal static class NotificationServices
{
    public static void AddNotifications(this IServiceCollection services, ServeSettings settings)
    {
        services.AddSingleton(new ApprovalLinks(settings.OperatorsPublicUrl));
        if (settings is { ControlOnly: false, Webhook: { } webhook })
        {
            services.AddSingleton(webhook).AddSingleton<Webhook>().AddSingleton<NotificationMetrics>().AddSingleton<WebhookNotifications>();
            services.AddSingleton<INotifications>(provider => provider.GetRequiredService<WebhookNotifications>());
            services.AddHostedService(provider => provider.GetRequiredService<WebhookNotifications>());
        }
    }
}
