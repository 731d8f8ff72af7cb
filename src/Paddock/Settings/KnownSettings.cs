namespace Paddock.Settings;

/// <summary>Every process setting there is. What is governed (providers, models, budgets) lives in documents, never here.</summary>
internal static class KnownSettings
{
    public static readonly SettingDefinition Data = new("data", SettingKind.Path, "data", "Data directory. Default: ~/.paddock.");

    public static readonly SettingDefinition Config = new("config", SettingKind.Path, "config", "Settings file. Default: paddock.yaml in the data directory, when there is one.");

    public static readonly SettingDefinition Urls = new("urls", SettingKind.List, "urls", "Where to listen. Default: http://127.0.0.1:5080.");

    public static readonly SettingDefinition Hosts = new("hosts", SettingKind.List, "hosts", "Host names that requests may name, beside loopback's.");

    public static readonly SettingDefinition AgentsUrls = new("agents.urls", SettingKind.List, "agents-urls", "Where agents reach it, when operators have a listener of their own.");

    public static readonly SettingDefinition AgentsHosts = new("agents.hosts", SettingKind.List, "agents-hosts", "Host names on the agents' side only.");

    public static readonly SettingDefinition OperatorsUrls = new("operators.urls", SettingKind.List, "operators-urls", "Where operators reach it: control API, metrics, console. Default beyond loopback: http://127.0.0.1:5081.");

    public static readonly SettingDefinition OperatorsHosts = new("operators.hosts", SettingKind.List, "operators-hosts", "Host names on the operators' side only.");

    public static readonly SettingDefinition OperatorsPublicUrl = new("operators.publicUrl", SettingKind.Text, "operators-public-url", "How operators' browsers reach the console, for links to approvals. Default: its loopback address.");

    public static readonly SettingDefinition WebhookUrl = new("notifications.webhook.url", SettingKind.Text, null, "Where notifications are posted as JSON; Slack's incoming webhooks take them.");

    public static readonly SettingDefinition WebhookUrlFile = new("notifications.webhook.urlFile", SettingKind.Path, null, "File with that address, when it is a secret.");

    public static readonly SettingDefinition WebhookSecretFile = new("notifications.webhook.secretFile", SettingKind.Path, null, "File with the secret that notifications are signed with; or PADDOCK_NOTIFICATIONS_WEBHOOK_SECRET. Two lines while it changes: both sign.");

    public static readonly SettingDefinition WebhookEvents = new("notifications.webhook.events", SettingKind.List, null, "Events that are posted there, such as alert.*. Default: all.");

    public static readonly SettingDefinition WebhookSeverity = new("notifications.webhook.severity", SettingKind.Text, null, "Of alerts none below this: page or ticket. Default: ticket.");

    public static readonly SettingDefinition SlackUrl = new("notifications.slack.url", SettingKind.Text, null, "Slack's incoming webhook. It is a secret: rather in urlFile or PADDOCK_NOTIFICATIONS_SLACK_URL.");

    public static readonly SettingDefinition SlackUrlFile = new("notifications.slack.urlFile", SettingKind.Path, null, "File with that address.");

    public static readonly SettingDefinition SlackEvents = new("notifications.slack.events", SettingKind.List, null, "Events that are posted there, such as alert.*. Default: all.");

    public static readonly SettingDefinition SlackSeverity = new("notifications.slack.severity", SettingKind.Text, null, "Of alerts none below this: page or ticket. Default: ticket.");

    public static readonly SettingDefinition PagerDutyKeyFile = new("notifications.pagerduty.keyFile", SettingKind.Path, null, "File with the routing key of a service of PagerDuty (Events API v2), which gets alerts; or PADDOCK_NOTIFICATIONS_PAGERDUTY_KEY.");

    public static readonly SettingDefinition PagerDutyUrl = new("notifications.pagerduty.url", SettingKind.Text, null, "Where its events are posted. Default: https://events.pagerduty.com/v2/enqueue.");

    public static readonly SettingDefinition PagerDutySeverity = new("notifications.pagerduty.severity", SettingKind.Text, null, "Of alerts none below this: page or ticket. Default: ticket.");

    public static readonly SettingDefinition EmailHost = new("notifications.email.host", SettingKind.Text, null, "Mail server (SMTP) that notifications go out by.");

    public static readonly SettingDefinition EmailPort = new("notifications.email.port", SettingKind.Number, null, "Its port. Default: 587, with tls 465, with none 25.");

    public static readonly SettingDefinition EmailSecurity = new("notifications.email.security", SettingKind.Text, null, "starttls, tls from the beginning, or none, which goes to this machine alone. Default: starttls.");

    public static readonly SettingDefinition EmailUser = new("notifications.email.user", SettingKind.Text, null, "Who signs in there. Default: nobody does.");

    public static readonly SettingDefinition EmailPasswordFile = new("notifications.email.passwordFile", SettingKind.Path, null, "File with the password; or PADDOCK_NOTIFICATIONS_EMAIL_PASSWORD.");

    public static readonly SettingDefinition EmailCaFile = new("notifications.email.caFile", SettingKind.Path, null, "Certificates (PEM) trusted for it, instead of the machine's authorities.");

    public static readonly SettingDefinition EmailFrom = new("notifications.email.from", SettingKind.Text, null, "Address that mail comes from.");

    public static readonly SettingDefinition EmailTo = new("notifications.email.to", SettingKind.List, null, "Addresses that mail goes to; each sees the others.");

    public static readonly SettingDefinition EmailEvents = new("notifications.email.events", SettingKind.List, null, "Events that are sent, such as alert.*. Default: all.");

    public static readonly SettingDefinition EmailSeverity = new("notifications.email.severity", SettingKind.Text, null, "Of alerts none below this: page or ticket. Default: ticket.");

    public static readonly SettingDefinition AlertmanagerUrls = new("notifications.alertmanager.urls", SettingKind.List, null, "Alertmanagers that get the open alerts: each of a cluster, such as http://alertmanager:9093.");

    public static readonly SettingDefinition AlertmanagerTokenFile = new("notifications.alertmanager.tokenFile", SettingKind.Path, null, "File with a bearer token for them; or PADDOCK_NOTIFICATIONS_ALERTMANAGER_TOKEN. Default: none.");

    public static readonly SettingDefinition AlertmanagerCaFile = new("notifications.alertmanager.caFile", SettingKind.Path, null, "Certificates (PEM) trusted for them, instead of the machine's authorities.");

    public static readonly SettingDefinition AlertmanagerSeverity = new("notifications.alertmanager.severity", SettingKind.Text, null, "Of alerts none below this: page or ticket. Default: ticket.");

    public static readonly SettingDefinition BehindProxy = new("behindProxy", SettingKind.List, "behind-proxy", "Addresses or CIDR ranges of the reverse proxies in front; only they may then use plain HTTP.");

    public static readonly SettingDefinition Certificate = new("certificate.file", SettingKind.Path, "certificate", "Certificate for https: PEM chain or PFX. Read again when it changes.");

    public static readonly SettingDefinition CertificateKey = new("certificate.keyFile", SettingKind.Path, "certificate-key", "Private key (PEM), when it is not in the certificate's file.");

    public static readonly SettingDefinition CertificatePassword = new("certificate.passwordFile", SettingKind.Path, "certificate-password-file", "File with the password of the PFX or of the key.");

    public static readonly SettingDefinition Release = new("release", SettingKind.Path, "release", "Directory of documents; watched, and taken in when it changes.");

    public static readonly SettingDefinition Demo = new("demo", SettingKind.Switch, "demo", "Simulated providers and developers; needs no network.");

    public static readonly SettingDefinition Postgres = new("postgres", SettingKind.Text, "postgres", "PostgreSQL connection string. Default: SQLite in the data directory. A password belongs in the environment or in postgresFile, not on a command line.");

    public static readonly SettingDefinition PostgresFile = new("postgresFile", SettingKind.Path, "postgres-file", "File with the PostgreSQL connection string.");

    public static readonly SettingDefinition AuditSpool = new("audit.spool", SettingKind.Path, "audit-spool", "Directory of the audit log's file, best on a disk of its own. Default: audit/ in the data directory.");

    public static readonly SettingDefinition Drain = new("drain", SettingKind.Duration, "drain", "How long streams may go on after a stop was asked for. Default: 30s.");

    public static readonly SettingDefinition LogLevel = new("log.level", SettingKind.Text, "log-level", "trace, debug, information, warning or error. Default: information.");

    public static readonly SettingDefinition LogFormat = new("log.format", SettingKind.Text, "log-format", "text or json. Default: text.");

    public static readonly SettingDefinition Otlp = new("telemetry.otlpEndpoint", SettingKind.Text, "otlp-endpoint", "Where traces and metrics are sent (OTLP). Default: OTEL_EXPORTER_OTLP_ENDPOINT, else nowhere.");

    public static readonly SettingDefinition Metrics = new("telemetry.metrics", SettingKind.Switch, null, "Keep metrics for /metrics. Default: true.");

    public static readonly SettingDefinition MinimumGroup = new("metrics.minimumGroup", SettingKind.Number, null, "Numbers of teams, modes and other groups of fewer people are not shown; 1 to 32. Default: 5.");

    public static readonly SettingDefinition ByPerson = new("metrics.byPerson", SettingKind.Switch, null, "Keep and show numbers of single people, too, from then on. Default: false.");

    public static readonly SettingDefinition AbandonAfter = new("tasks.abandonAfter", SettingKind.Duration, null, "After this long without a sign a task counts as abandoned. Default: 8h.");

    public static readonly SettingDefinition ScmSecretFile = new("scm.secretFile", SettingKind.Path, "scm-secret-file", "File with the secret that source control and CI systems sign their reports with; or PADDOCK_SCM_SECRET. Default: none, and no reports are taken.");

    public static readonly SettingDefinition MaxBodyBytes = new("limits.maxBodyBytes", SettingKind.Number, null, "Largest request body of a model call. Default: 32M.");

    public static readonly SettingDefinition MaxBufferedBytes = new("limits.maxBufferedBytes", SettingKind.Number, null, "Bodies held in memory at once, all calls together. Default: 512M.");

    public static readonly SettingDefinition MaxBufferedBytesPerKey = new("limits.maxBufferedBytesPerKey", SettingKind.Number, null, "The same for the calls of one key. Default: 128M.");

    public static readonly SettingDefinition JournalBytes = new("limits.journalBytes", SettingKind.Number, null, "How much of the ledger waits on disk while the database is away. Default: 1G.");

    public static readonly SettingDefinition AuditName = new("audit.name", SettingKind.Text, "audit-name", "First part of the audit log's name: a host name, as a rule. Fixed when the log is made. Default: localhost.");

    public static readonly SettingDefinition AuditShard = new("audit.shard", SettingKind.Text, "audit-shard", "How long a shard of the audit log takes entries before the next is opened: year, quarter or month. Default: year.");

    public static readonly SettingDefinition AuditWitness = new("audit.witness", SettingKind.List, "audit-witness", "Witnesses that sign what they saw of the audit log: address and key, a blank between them. Default: none.");

    public static readonly SettingDefinition KeepDecisions = new("keep.decisions", SettingKind.Duration, null, "How long decisions on tool calls are kept. Default: 30d.");

    public static readonly SettingDefinition Organization = new("organization", SettingKind.Text, "organization", "What people call the organization. Default: Paddock.");

    public static readonly SettingDefinition OidcIssuer = new("signIn.oidc.issuer", SettingKind.Text, null, "The company's identity provider (OpenID Connect), by its issuer. Default: none; people have local accounts.");

    public static readonly SettingDefinition OidcName = new("signIn.oidc.name", SettingKind.Text, null, "What people call it, for the button. Default: its host.");

    public static readonly SettingDefinition OidcClientId = new("signIn.oidc.clientId", SettingKind.Text, null, "The client that it knows Paddock as.");

    public static readonly SettingDefinition OidcClientSecretFile = new("signIn.oidc.clientSecretFile", SettingKind.Path, null, "File with that client's secret; or PADDOCK_SIGNIN_OIDC_CLIENT_SECRET. Default: none, a public client.");

    public static readonly SettingDefinition OidcScopes = new("signIn.oidc.scopes", SettingKind.List, null, "What is asked of it. Default: openid profile email.");

    public static readonly SettingDefinition OidcNameClaim = new("signIn.oidc.nameClaim", SettingKind.Text, null, "The claim that names a user; it must be one that people cannot choose. Default: email, when it is verified.");

    public static readonly SettingDefinition OidcGroupsClaim = new("signIn.oidc.groupsClaim", SettingKind.Text, null, "The claim that lists groups. Default: groups.");

    public static readonly SettingDefinition OidcGroups = new("signIn.oidc.groups", SettingKind.List, null, "What groups mean, one per entry: GROUP = team:NAME, GROUP = role:ROLE, GROUP = allow.");

    public static readonly SettingDefinition OidcLinkByName = new("signIn.oidc.linkByName", SettingKind.Switch, null, "Whoever it names like a user here is that user, at the first sign-in. Default: false.");

    public static readonly SettingDefinition OidcCaFile = new("signIn.oidc.caFile", SettingKind.Path, null, "Certificates (PEM) trusted for it, instead of the machine's authorities.");

    public static readonly SettingDefinition RooRedirects = new("agents.rooRedirects", SettingKind.List, null, "Further programs that Roo Code's sign-in may lead back to, each scheme://publisher.name.");

    public static readonly SettingDefinition ConsoleSession = new("signIn.consoleSession", SettingKind.Duration, null, "How long a sign-in to the console lasts. Default: 8h.");

    public static readonly SettingDefinition OwnKeys = new("signIn.ownKeys", SettingKind.Duration, null, "How long a key that a person makes for themselves lasts at most, in days; 0d = they make none. Default: 90d.");

    public static readonly SettingDefinition AgentSession = new("signIn.agentSession", SettingKind.Duration, null, "How long an agent's or a machine's sign-in lasts. Default: 7d.");

    /// <summary>What makes no sense without an identity provider.</summary>
    public static IReadOnlyList<SettingDefinition> Oidc { get; } = [OidcName, OidcClientId, OidcClientSecretFile, OidcScopes, OidcNameClaim, OidcGroupsClaim, OidcGroups, OidcLinkByName, OidcCaFile];

    public static IReadOnlyList<SettingDefinition> All { get; } =
    [
        Data, Config, Urls, Hosts, AgentsUrls, AgentsHosts, OperatorsUrls, OperatorsHosts, OperatorsPublicUrl, WebhookUrl, WebhookUrlFile, WebhookSecretFile, WebhookEvents, WebhookSeverity, SlackUrl, SlackUrlFile, SlackEvents, SlackSeverity, PagerDutyKeyFile, PagerDutyUrl, PagerDutySeverity, EmailHost, EmailPort, EmailSecurity, EmailUser, EmailPasswordFile, EmailCaFile, EmailFrom, EmailTo, EmailEvents, EmailSeverity, AlertmanagerUrls, AlertmanagerTokenFile, AlertmanagerCaFile, AlertmanagerSeverity, BehindProxy, Certificate, CertificateKey, CertificatePassword, Release, Demo, Postgres, PostgresFile,
        AuditSpool, Drain, LogLevel, LogFormat, Otlp, Metrics, MinimumGroup, ByPerson, AbandonAfter, ScmSecretFile, MaxBodyBytes, MaxBufferedBytes, MaxBufferedBytesPerKey, JournalBytes, KeepDecisions, AuditName, AuditShard, AuditWitness, Organization, OidcIssuer, .. Oidc, ConsoleSession, AgentSession, OwnKeys, RooRedirects,
    ];
}
