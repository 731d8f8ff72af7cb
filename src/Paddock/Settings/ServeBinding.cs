using System.Net;
using Microsoft.Extensions.Logging;
using Paddock.Core.Audit.Tiles;
using Paddock.Core.Identity;
using Paddock.Core.Metrics;
using Paddock.Core.Tasks;
using Paddock.Store;

namespace Paddock.Settings;

/// <summary>Makes the settings of a server from what was said, and finds every fault in it.</summary>
internal static class ServeBinding
{
    private const long Gibi = 1L << 30;

    private static readonly Dictionary<string, LogLevel> levels = new(StringComparer.Ordinal)
    {
        ["trace"] = LogLevel.Trace,
        ["debug"] = LogLevel.Debug,
        ["information"] = LogLevel.Information,
        ["warning"] = LogLevel.Warning,
        ["error"] = LogLevel.Error,
    };

    private static readonly Dictionary<string, bool> formats = new(StringComparer.Ordinal) { ["text"] = false, ["json"] = true };

    private static readonly Dictionary<string, ShardPeriod> periods = new(StringComparer.Ordinal) { ["year"] = ShardPeriod.Year, ["quarter"] = ShardPeriod.Quarter, ["month"] = ShardPeriod.Month };

    /// <exception cref="SettingsException">With all faults.</exception>
    public static ServeSettings Bind(IEnumerable<SettingValue> flags, IReadOnlyDictionary<string, string> environment)
    {
        var faults = new List<SettingFault>();
        var values = SettingsSources.Gather(flags, environment, faults);
        var binder = new SettingsBinder(values, faults);
        var proxies = Proxies(binder);
        var listeners = ListenerBinding.Bind(binder, proxies.Count > 0);
        var settings = new ServeSettings
        {
            DataDirectory = SettingsSources.DataDirectory(values),
            BehindProxy = proxies,
            Listeners = listeners,
            OperatorsPublicUrl = WebhookBinding.PublicUrl(binder, listeners),
            Certificate = binder.PathOf(KnownSettings.Certificate) is { } file ? new(file, binder.PathOf(KnownSettings.CertificateKey), binder.PathOf(KnownSettings.CertificatePassword)) : null,
            ReleaseDirectory = binder.PathOf(KnownSettings.Release),
            Demo = binder.Switch(KnownSettings.Demo, otherwise: false),
            Postgres = Postgres(binder),
            AuditSpool = binder.PathOf(KnownSettings.AuditSpool),
            Drain = binder.Duration(KnownSettings.Drain, TimeSpan.FromSeconds(30), TimeSpan.FromHours(1)),
            LogLevel = binder.Choice(KnownSettings.LogLevel, levels, LogLevel.Information),
            LogJson = binder.Choice(KnownSettings.LogFormat, formats, otherwise: false),
            OtlpEndpoint = Otlp(binder, environment),
            Metrics = binder.Switch(KnownSettings.Metrics, otherwise: true),
            MetricRules = MetricRulesOf(binder),
            ScmSecret = ScmBinding.Bind(binder, environment),
            Tasks = new() { AbandonAfter = binder.Duration(KnownSettings.AbandonAfter, FoldRules.Default.AbandonAfter, TimeSpan.FromDays(30)) },
            MaxBodyBytes = binder.Number(KnownSettings.MaxBodyBytes, 32L << 20, 1 << 10, Gibi / 2),
            MaxBufferedBytes = binder.Number(KnownSettings.MaxBufferedBytes, Gibi / 2, 1 << 20, 1024 * Gibi),
            MaxBufferedBytesPerKey = binder.Number(KnownSettings.MaxBufferedBytesPerKey, 128L << 20, 1 << 20, 1024 * Gibi),
            KeepDecisions = binder.Duration(KnownSettings.KeepDecisions, TimeSpan.FromDays(30), TimeSpan.FromDays(3650)),
            AuditName = AuditName(binder),
            AuditShard = binder.Choice(KnownSettings.AuditShard, periods, ShardPeriod.Year),
            Witnesses = WitnessSettings.Bind(binder),
            SignIn = SignInBinding.Bind(binder, environment),
            JournalBytes = binder.Number(KnownSettings.JournalBytes, Gibi, 1 << 20, 1024 * Gibi),
        };
        settings = settings with { Webhook = WebhookBinding.Bind(binder, environment), Slack = SlackSettings.Bind(binder), PagerDuty = PagerDutySettings.Bind(binder, environment), Email = EmailSettings.Bind(binder, environment), Alertmanager = AlertmanagerSettings.Bind(binder, environment) };
        CheckTogether(settings, binder);
        return faults.Count == 0 ? settings : throw new SettingsException(faults);
    }

    /// <summary>What a command needs to work on a data directory itself; what else is set is the server's affair.</summary>
    /// <exception cref="SettingsException">With all faults.</exception>
    public static ServeSettings BindLocal(IEnumerable<SettingValue> flags, IReadOnlyDictionary<string, string> environment)
    {
        var faults = new List<SettingFault>();
        var values = SettingsSources.Gather(flags, environment, []);
        var binder = new SettingsBinder(values, faults);
        var settings = new ServeSettings { DataDirectory = SettingsSources.DataDirectory(values), Postgres = Postgres(binder), AuditName = AuditName(binder), AuditShard = binder.Choice(KnownSettings.AuditShard, periods, ShardPeriod.Year), AuditSpool = binder.PathOf(KnownSettings.AuditSpool), MetricRules = MetricRulesOf(binder), LogLevel = LogLevel.Warning, ControlOnly = true };
        return faults.Count == 0 ? settings : throw new SettingsException(faults);
    }

    private static void CheckTogether(ServeSettings settings, SettingsBinder binder)
    {
        var https = settings.Listeners.Any(listener => listener.Address.IsHttps);
        if (https && settings.Certificate is null)
        {
            binder.Fault(KnownSettings.Certificate, "https needs a certificate.");
        }
        else if (!https && settings.Certificate is not null)
        {
            binder.Fault(KnownSettings.Certificate, "There is a certificate, but no https address to listen on.");
        }

        if (settings.Demo && settings.ReleaseDirectory is not null)
        {
            binder.Fault(KnownSettings.Demo, "The demo brings a release of its own; leave out --release or --demo.");
        }

        if (settings.Demo && settings.Listeners.Any(listener => listener.Address is { IsLoopback: false } or { IsHttps: true }))
        {
            binder.Fault(KnownSettings.Demo, "The demo shows a key; it listens on loopback, with plain http.");
        }

        if (settings.MaxBufferedBytesPerKey > settings.MaxBufferedBytes || settings.MaxBodyBytes > settings.MaxBufferedBytesPerKey)
        {
            binder.Fault(KnownSettings.MaxBufferedBytes, "One body fits the share of its key, and that the whole: maxBodyBytes ≤ maxBufferedBytesPerKey ≤ maxBufferedBytes.");
        }
    }

    private static MetricRules MetricRulesOf(SettingsBinder binder) =>
        new() { MinimumGroup = (int)binder.Number(KnownSettings.MinimumGroup, new MetricRules().MinimumGroup, 1, PeopleCount.Many), ByPerson = binder.Switch(KnownSettings.ByPerson, otherwise: false) };

    private static string AuditName(SettingsBinder binder)
    {
        if (binder.Text(KnownSettings.AuditName) is not { } name)
        {
            return "localhost";
        }

        if (!VerifierKey.IsName(name) || name.Contains("://", StringComparison.Ordinal) || name.EndsWith('/'))
        {
            binder.Fault(KnownSettings.AuditName, "Expected a name without scheme, spaces and plus signs, such as audit.example.org.");
        }

        return name;
    }

    private static List<IPNetwork> Proxies(SettingsBinder binder)
    {
        var proxies = new List<IPNetwork>();
        foreach (var text in binder.List(KnownSettings.BehindProxy) ?? [])
        {
            if (IPNetwork.TryParse(text, out var network))
            {
                proxies.Add(network);
            }
            else if (IPAddress.TryParse(text, out var address))
            {
                proxies.Add(new(address, address.AddressFamily is System.Net.Sockets.AddressFamily.InterNetworkV6 ? 128 : 32));
            }
            else
            {
                binder.Fault(KnownSettings.BehindProxy, $"'{text}' is no address and no CIDR range, such as 10.0.0.0/8.");
            }
        }

        return proxies;
    }

    private static Secret? Postgres(SettingsBinder binder)
    {
        var setting = binder.Has(KnownSettings.PostgresFile) ? KnownSettings.PostgresFile : KnownSettings.Postgres;
        var text = binder.Text(KnownSettings.Postgres);
        if (binder.PathOf(KnownSettings.PostgresFile) is { } file)
        {
            if (text is not null)
            {
                binder.Fault(KnownSettings.PostgresFile, "Give the connection string or a file with it, not both.");
            }

            try
            {
                text = File.ReadAllText(file).Trim();
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                binder.Fault(KnownSettings.PostgresFile, $"The file cannot be read: {fault.Message}");
                return null;
            }
        }

        if (text is not null && !StoreOptions.IsPostgresConnection(text))
        {
            binder.Fault(setting, "This is no PostgreSQL connection string; expected such as Host=db;Database=paddock;Username=paddock;Password=…"); // never quoted: it may hold a password
            return null;
        }

        return text is null ? null : new(text);
    }

    private static Uri? Otlp(SettingsBinder binder, IReadOnlyDictionary<string, string> environment)
    {
        if ((binder.Text(KnownSettings.Otlp) ?? environment.GetValueOrDefault("OTEL_EXPORTER_OTLP_ENDPOINT")) is not { Length: > 0 } text)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps))
        {
            return uri;
        }

        binder.Fault(KnownSettings.Otlp, "Expected an http or https address.");
        return null;
    }
}
