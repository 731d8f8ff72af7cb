using Microsoft.Extensions.DependencyInjection;
using Paddock.Core.Approvals;
using Paddock.Core.Notifications;
using Paddock.Settings;

namespace Paddock.Notifications;

/// <summary>Wires the outlet.</summary>
internal static class NotificationServices
{
    /// <summary>Registered before what posts, so that it goes on until that has stopped.</summary>
    public static void AddNotifications(this IServiceCollection services, ServeSettings settings)
    {
        services.AddSingleton(new ApprovalLinks(settings.OperatorsPublicUrl));
        if (settings.ControlOnly || !settings.HasReceivers)
        {
            return;
        }

        if (settings.Webhook is { } webhook)
        {
            services.AddSingleton(webhook).AddSingleton<IReceiver, Webhook>();
        }

        if (settings.Slack is { } slack)
        {
            services.AddSingleton(slack).AddSingleton<IReceiver, Slack>();
        }

        if (settings.PagerDuty is { } pagerDuty)
        {
            services.AddSingleton(pagerDuty).AddSingleton<IReceiver, PagerDuty>();
        }

        if (settings.Email is { } email)
        {
            services.AddSingleton(email).AddSingleton<IReceiver, Email>();
        }

        services.AddSingleton<NotificationMetrics>().AddSingleton<Outlet>();
        services.AddSingleton<INotifications>(provider => provider.GetRequiredService<Outlet>());
        services.AddHostedService(provider => provider.GetRequiredService<Outlet>());
    }

    /// <summary>Registered behind the store, from which it delivers.</summary>
    public static void AddNoticeDelivery(this IServiceCollection services, ServeSettings settings)
    {
        if (settings.HasReceivers)
        {
            services.AddHostedService<NoticeLoop>();
        }

        if (settings is { Alertmanager: { } alertmanager, ControlOnly: false })
        {
            services.AddSingleton(alertmanager).AddHostedService<AlertmanagerLoop>();
        }
    }
}
