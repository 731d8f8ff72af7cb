namespace Paddock.Core.Releases;

/// <summary>The kinds of documents.</summary>
internal static class DocumentKinds
{
    public const string Release = "Release";
    public const string Provider = "Provider";
    public const string ModelRoute = "ModelRoute";
    public const string Model = "Model";
    public const string Budget = "Budget";
    public const string ApprovalChain = "ApprovalChain";
    public const string Policy = "Policy";
    public const string PolicyBinding = "PolicyBinding";
    public const string RetentionPolicy = "RetentionPolicy";
    public const string Mode = "Mode";
    public const string TeamProfile = "TeamProfile";
    public const string Slo = "Slo";
    public const string AlertRule = "AlertRule";
    public const string Runbook = "Runbook";

    /// <summary>No kind: what a reference says that either a <see cref="Model"/> or a <see cref="ModelRoute"/> may answer.</summary>
    public const string ModelOrRoute = "Model or ModelRoute";

    /// <summary>Kinds this version reads.</summary>
    public static readonly IReadOnlyList<string> Known = [Release, Provider, ModelRoute, Model, Budget, ApprovalChain, Policy, PolicyBinding, RetentionPolicy, Mode, TeamProfile, Slo, AlertRule, Runbook];

    /// <summary>Kinds the language has and this version does not read. Reading past one would leave a rule unenforced, so it is a fault.</summary>
    public static readonly IReadOnlyList<string> Later =
        ["ToolServer", "Toolset"];

    /// <summary>As a sentence says one of them.</summary>
    public static string WithArticle(string kind) => kind[0] is 'A' ? $"an {kind}" : $"a {kind}";
}
