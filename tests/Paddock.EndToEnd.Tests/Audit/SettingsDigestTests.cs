using System.Net;
using Microsoft.Extensions.Logging;
using Paddock.Core.Identity;
using Paddock.Settings;

namespace Paddock.EndToEnd.Tests.Audit;

/// <summary>The digest by which the audit log tells with which settings a server ran.</summary>
public class SettingsDigestTests
{
    private static readonly ServeSettings settings = new() { DataDirectory = "/var/lib/paddock", Postgres = new("Host=a;Password=one"), BehindProxy = [IPNetwork.Parse("10.0.0.0/8")] };

    public static TheoryData<string, object> Others() => new()
    {
        { "directory", settings with { DataDirectory = "/elsewhere" } },
        { "listener", settings with { Listeners = [new(new(IsHttps: false, IPAddress.Loopback, 5081), ListenerSides.Both, [])] } },
        { "hosts", settings with { Listeners = [settings.Listeners[0] with { Hosts = ["paddock.example"] }] } },
        { "certificate", settings with { Certificate = new("cert.pem") } },
        { "proxy", settings with { BehindProxy = [IPNetwork.Parse("10.0.0.0/9")] } },
        { "postgres", settings with { Postgres = null } },
        { "webhook", settings with { Webhook = new(new("https://chat.example/1"), [new("0123456789abcdef")]) } },
        { "slack", settings with { Slack = new(new("https://chat.example/1")) } },
        { "events", settings with { Slack = new(new("https://chat.example/1")) { Filter = new(["alert.*"]) } } },
        { "pagerduty", settings with { PagerDuty = new(new("0123456789abcdef")) } },
        { "mail", settings with { Email = new("smtp.example", 587, MailSecurity.StartTls, "paddock@example.org", ["ada@example.org"]) } },
        { "alertmanager", settings with { Alertmanager = new([new("http://127.0.0.1:9093")]) } },
        { "level", settings with { LogLevel = LogLevel.Debug } },
        { "drain", settings with { Drain = TimeSpan.FromSeconds(31) } },
        { "bodies", settings with { MaxBodyBytes = 1 } },
    };

    [Theory, MemberData(nameof(Others))]
    public void Another_setting_is_another_digest(string what, object other) => SettingsDigest.Of((ServeSettings)other).ShouldNotBe(SettingsDigest.Of(settings), what);

    [Fact]
    public void Equal_settings_have_one_digest_and_a_secret_shows_nothing_in_it()
    {
        SettingsDigest.Of(settings with { BehindProxy = [IPNetwork.Parse("10.0.0.0/8")] }).ShouldBe(SettingsDigest.Of(settings));
        SettingsDigest.Of(settings with { Postgres = new("Host=a;Password=two") }).ShouldBe(SettingsDigest.Of(settings));
        SettingsDigest.Of(settings).ShouldMatch("^[0-9a-f]{64}$");
    }
}
