using Paddock.Core.Audit.Payloads;
using Paddock.Core.Policies;
using Paddock.Core.Tools;

namespace Paddock.Core.Releases;

/// <summary>Reads the <c>audit</c> of a rule.</summary>
internal static class RuleAuditSpec
{
    private static readonly string[] levels = ["none", "metadata", "request", "request_response"]; // as AuditLevel

    public static RuleAudit? Read(Fields fields)
    {
        if (fields.Object("audit") is not { } audit)
        {
            return null;
        }

        var level = (AuditLevel)(audit.Choice("level", levels, required: true) ?? (int)AuditLevel.Metadata);
        var cls = audit.Text("class");
        if (cls is not null && level < AuditLevel.Request)
        {
            audit.Fault("class", $"Nothing is kept by 'level: {levels[(int)level]}' that could have a class.");
        }
        else if (cls is not null && (!KeyClasses.IsName(cls) || cls == KeyClasses.Names))
        {
            audit.Fault("class", $"A class of content has lower-case letters, digits and '-', begins with a letter, has at most {DataKeyId.LongestClass} characters, and is not '{KeyClasses.Names}'.");
        }

        audit.Close();
        return new(level, cls ?? KeyClasses.Content);
    }

    /// <summary>What changes something is always in the audit log.</summary>
    public static void Check(Fields fields, PolicyRule rule)
    {
        if (rule.Audit is { Level: AuditLevel.None } && rule.Match.Classes is not [ToolClass.Read])
        {
            fields.Fault("audit", "Calls that may change something are always in the audit log: 'level: none' needs 'match: {classes: [read]}'.", levels[(int)AuditLevel.Metadata]);
        }
    }
}
