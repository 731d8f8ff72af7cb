using System.Net;
using Microsoft.Extensions.Logging;
using Paddock.Control.Scm;
using Paddock.Core.Audit.Tiles;
using Paddock.Core.Identity;
using Paddock.Core.Metrics;
using Paddock.Core.Releases;
using Paddock.Core.Tasks;

namespace Paddock.Settings;

/// <summary>Process settings of a server, bound once and checked together. What is governed lives in documents, never here.</summary>
internal sealed record ServeSettings
{
    public required string DataDirectory { get; init; }

    public IReadOnlyList<ListenerSettings> Listeners { get; init; } = [new(new(IsHttps: false, IPAddress.Loopback, 5080), ListenerSides.Both, [])];

    public CertificateSettings? Certificate { get; init; }

    /// <summary>The reverse proxies in front; plain HTTP beyond loopback is taken from them alone.</summary>
    public IReadOnlyList<IPNetwork> BehindProxy { get; init; } = [];

    /// <summary>How operators' browsers reach the console; null = nobody knows.</summary>
    public Uri? OperatorsPublicUrl { get; init; }

    /// <summary>Where notifications are posted; null = nowhere.</summary>
    public WebhookSettings? Webhook { get; init; }

    public SlackSettings? Slack { get; init; }

    public PagerDutySettings? PagerDuty { get; init; }

    public EmailSettings? Email { get; init; }

    public AlertmanagerSettings? Alertmanager { get; init; }

    /// <summary>Whether anybody is told of anything.</summary>
    public bool HasReceivers => Webhook is not null || Slack is not null || PagerDuty is not null || Email is not null;

    public string? ReleaseDirectory { get; init; }

    public bool Demo { get; init; }

    /// <summary>The demo's documents, which are served while it lasts.</summary>
    public IReadOnlyList<SourceFile>? Documents { get; init; }

    /// <summary>Connection string; null = SQLite in the data directory.</summary>
    public Secret? Postgres { get; init; }

    /// <summary>Directory of the audit log's file; null = in the data directory.</summary>
    public string? AuditSpool { get; init; }

    /// <summary>How long streams may go on after a stop was asked for.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(30);

    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    public bool LogJson { get; init; }

    /// <summary>Where traces and metrics are sent; null = nowhere.</summary>
    public Uri? OtlpEndpoint { get; init; }

    public bool Metrics { get; init; } = true;

    /// <summary>Who may be told of in numbers.</summary>
    public MetricRules MetricRules { get; init; } = new();

    /// <summary>What source control and CI systems sign with.</summary>
    public ScmSecret ScmSecret { get; init; } = new(null);

    /// <summary>Times by which silence of a task means something.</summary>
    public FoldRules Tasks { get; init; } = FoldRules.Default;

    public long MaxBodyBytes { get; init; } = 32L << 20;

    public long MaxBufferedBytes { get; init; } = 512L << 20;

    public long MaxBufferedBytesPerKey { get; init; } = 128L << 20;

    public long JournalBytes { get; init; } = 1L << 30;

    /// <summary>How long decisions on tool calls are kept.</summary>
    public TimeSpan KeepDecisions { get; init; } = TimeSpan.FromDays(30);

    /// <summary>First part of the audit log's origin, for when the log is made.</summary>
    public string AuditName { get; init; } = "localhost";

    /// <summary>How long a shard of the audit log takes entries.</summary>
    public ShardPeriod AuditShard { get; init; }

    /// <summary>Witnesses that the audit log is handed to.</summary>
    public IReadOnlyList<WitnessSettings> Witnesses { get; init; } = [];

    public SignInSettings SignIn { get; init; } = new();

    /// <summary>Keys of the environment are not its own: those in the data directory are. For an installation that is made for a drill.</summary>
    public bool OwnKeys { get; init; }

    /// <summary>Only the control API, and only on a socket in the data directory: how a command works where no server runs.</summary>
    public bool ControlOnly { get; init; }
}
