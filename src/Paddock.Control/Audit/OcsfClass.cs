using Paddock.Core.Audit;

namespace Paddock.Control.Audit;

/// <summary>What an entry is in the words of OCSF: class, activity, and how much it matters.</summary>
/// <param name="Category">Of the class: its number's thousands.</param>
internal readonly record struct OcsfClass(int Uid, string Name, string Category, int Activity, string ActivityName, int Severity)
{
    private const int Informational = 1, Low = 2, Medium = 3, High = 4;
    private const int Create = 1, Read = 2, Update = 3, Delete = 4, Other = 99;

    public static OcsfClass Of(string act, bool isCommand) => act switch
    {
        AuditActs.ToolIntent when isCommand => new(1007, "Process Activity", "System Activity", 1, "Launch", Informational),
        AuditActs.ToolDenied => new(2004, "Detection Finding", "Findings", Create, "Create", Medium),
        AuditActs.ToolAsked => new(2004, "Detection Finding", "Findings", Create, "Create", Low),
        AuditActs.Containment + "contained" => new(2005, "Incident Finding", "Findings", Create, "Create", High),
        AuditActs.Containment + "lifted" or AuditActs.Containment + "expired" => new(2005, "Incident Finding", "Findings", 3, "Close", Informational),
        AuditActs.SignedIn => new(3002, "Authentication", "Identity & Access Management", 1, "Logon", Informational),
        AuditActs.SignedOut => new(3002, "Authentication", "Identity & Access Management", 2, "Logoff", Informational),
        AuditActs.SignInRefused => new(3002, "Authentication", "Identity & Access Management", 1, "Logon", Medium),
        AuditActs.PrincipalCreated => new(3001, "Account Change", "Identity & Access Management", Create, "Create", Informational),
        AuditActs.PrincipalChanged => new(3001, "Account Change", "Identity & Access Management", Other, act, Informational),
        AuditActs.KeyCreated or AuditActs.ReleaseImported => Entity(Create, "Create"),
        AuditActs.KeyRotated or AuditActs.ReleaseActivated or AuditActs.EnforcementChanged => Entity(Update, "Update"),
        AuditActs.KeyRevoked => Entity(Delete, "Delete"),
        "audit.content_read" => Api(Read, "Read", Informational),
        "audit.redacted" or "audit.shredded" or AuditActs.ShardArchived => Api(Delete, "Delete", Low),
        AuditActs.BreakGlass or AuditActs.RestartAsked or AuditActs.LogRestarted => Api(Other, act, High),
        _ => Api(Other, act, Informational),
    };

    public string SeverityName => Severity switch { High => "High", Medium => "Medium", Low => "Low", _ => "Informational" };

    private static OcsfClass Entity(int activity, string name) => new(3004, "Entity Management", "Identity & Access Management", activity, name, Informational);

    private static OcsfClass Api(int activity, string name, int severity) => new(6003, "API Activity", "Application Activity", activity, name, severity);
}
