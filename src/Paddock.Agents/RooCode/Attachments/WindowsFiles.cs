using System.Security;
using System.Text;

namespace Paddock.Agents.RooCode.Attachments;

/// <summary>Windows keeps variables in its registry; three ways to put them there.</summary>
internal static class WindowsFiles
{
    public static IReadOnlyList<AttachedFile> Of(AttachTarget target, IReadOnlyList<(string Name, string Value)> variables) =>
    [
        new($"paddock-{target.Agent}.reg", "double-click, or reg import FILE", "the variables of one user; programs started afterwards have them", Registry(target, variables), OfMachine: false),
        new("EnvironmentVariables.xml", "Group Policy: Computer Configuration, Preferences, Windows Settings, Environment (drop the file there)", "the variables of all machines that the policy is linked to", GroupPolicy(variables), OfMachine: true),
        new($"paddock-{target.Agent}.ps1", "Intune: Devices, Scripts and remediations, Platform scripts (run in 64 bit, as system)", "the variables of a managed machine", Script(target, variables), OfMachine: true),
    ];

    private static string Registry(AttachTarget target, IReadOnlyList<(string Name, string Value)> variables)
    {
        var text = new StringBuilder("Windows Registry Editor Version 5.00\r\n").Append("; ").Append(RooAttachment.Mark).Append(' ').Append(target.Agent).Append("\r\n\r\n[HKEY_CURRENT_USER\\Environment]\r\n");
        foreach (var (name, value) in variables)
        {
            text.Append('"').Append(name).Append("\"=\"").Append(value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append("\"\r\n");
        }

        return text.ToString();
    }

    /// <summary>Group Policy Preferences' own form; the ids are those of the extension and of an item.</summary>
    private static string GroupPolicy(IReadOnlyList<(string Name, string Value)> variables)
    {
        var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<!-- ").Append(RooAttachment.Mark).Append(" -->\r\n<EnvironmentVariables clsid=\"{BF141A63-327B-438a-B9BF-2C188F13B7AD}\">\r\n");
        foreach (var (name, value) in variables)
        {
            text.Append("  <EnvironmentVariable clsid=\"{78570023-8373-4a19-BA80-2F150738EA19}\" name=\"").Append(name).Append("\" status=\"").Append(name).Append(" = ").Append(SecurityElement.Escape(value)).Append("\" image=\"2\">")
                .Append("<Properties action=\"U\" name=\"").Append(name).Append("\" value=\"").Append(SecurityElement.Escape(value)).Append("\" user=\"0\" partial=\"0\"/></EnvironmentVariable>\r\n");
        }

        return text.Append("</EnvironmentVariables>\r\n").ToString();
    }

    private static string Script(AttachTarget target, IReadOnlyList<(string Name, string Value)> variables)
    {
        var text = new StringBuilder("# ").Append(RooAttachment.Mark).Append(' ').Append(target.Agent).Append("\r\n$ErrorActionPreference = 'Stop'\r\n");
        foreach (var (name, value) in variables)
        {
            text.Append("[Environment]::SetEnvironmentVariable('").Append(name).Append("', '").Append(value.Replace("'", "''", StringComparison.Ordinal)).Append("', 'Machine')\r\n");
        }

        return text.ToString();
    }
}
