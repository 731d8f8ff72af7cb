using System.Security;
using System.Text;
using System.Text.Json;

namespace Paddock.Agents.RooCode.Attachments;

/// <summary>
/// The files that put Roo Code or Zoo Code behind Paddock: the variables in the form that each desktop starts programs with, and what says that
/// signing in is required. An editor reads them when it is started, so people sign out and in once.
/// </summary>
public static class RooAttachment
{
    /// <summary>Stands in every file, so that it is known again when it is to go.</summary>
    public const string Mark = "Made by paddock agents env";

    /// <summary>Which extensions there are.</summary>
    public static IReadOnlyList<string> Agents { get; } = ["roo-code", "zoo-code"];

    /// <summary>All variables.</summary>
    public static IReadOnlyList<(string Name, string Value)> Variables(AttachTarget target) => RooVariables.Of(target);

    public static IReadOnlyList<AttachedFile> Files(AttachTarget target)
    {
        var variables = RooVariables.Of(target);
        IReadOnlyList<AttachedFile> ofDesktop = target.Desktop switch
        {
            Desktop.Linux => [Environment(target, variables)],
            Desktop.Mac => [LaunchAgent(target, variables)],
            _ => WindowsFiles.Of(target, variables),
        };
        return [.. ofDesktop, Mdm(target), DevContainer(variables), Remote(variables)];
    }

    /// <summary>systemd's user manager gives it to all that the desktop starts (environment.d(5)).</summary>
    private static AttachedFile Environment(AttachTarget target, IReadOnlyList<(string Name, string Value)> variables) => new(
        $"60-paddock-{target.Agent}.conf", $"~/.config/environment.d/60-paddock-{target.Agent}.conf", "variables for everything that the desktop starts; read at sign-in to the desktop",
        Lines($"# {Mark} {target.Agent}", variables, static (name, value) => $"{name}=\"{Quoted(value)}\""), OfMachine: false);

    /// <summary>launchd has no file of variables: an agent sets them at sign-in.</summary>
    private static AttachedFile LaunchAgent(AttachTarget target, IReadOnlyList<(string Name, string Value)> variables)
    {
        var script = string.Join("; ", variables.Select(static variable => $"launchctl setenv {variable.Name} '{variable.Value.Replace("'", "'\\''", StringComparison.Ordinal)}'"));
        return new(
            $"paddock.{target.Agent}.plist", $"~/Library/LaunchAgents/paddock.{target.Agent}.plist", "sets the variables at sign-in; at once with: launchctl load -w FILE",
            $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
            <!-- {Mark} {target.Agent} -->
            <plist version="1.0">
            <dict>
              <key>Label</key><string>paddock.{target.Agent}</string>
              <key>ProgramArguments</key>
              <array>
                <string>/bin/sh</string>
                <string>-c</string>
                <string>{SecurityElement.Escape(script)}</string>
              </array>
              <key>RunAtLoad</key><true/>
            </dict>
            </plist>

            """,
            OfMachine: false);
    }

    /// <summary>The extension reads <c>mdm.dev.json</c> wherever its sign-in is not the vendor's, and shows nothing but its sign-in until somebody is signed in.</summary>
    private static AttachedFile Mdm(AttachTarget target)
    {
        var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new() { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteBoolean("requireCloudAuth", true);
            if (target.Organization is { } organization)
            {
                json.WriteString("organizationId", organization);
            }

            json.WriteEndObject();
        }

        return new("mdm.dev.json", MdmPlace(target.Desktop), "asks for signing in before anything else; it is the extension's own window that holds it, so it reminds and does not bind", Encoding.UTF8.GetString(buffer.ToArray()) + "\n", OfMachine: true);
    }

    internal static string MdmPlace(Desktop desktop) => desktop switch
    {
        Desktop.Linux => "/etc/roo-code/mdm.dev.json",
        Desktop.Mac => "/Library/Application Support/RooCode/mdm.dev.json",
        _ => @"%ProgramData%\RooCode\mdm.dev.json",
    };

    /// <summary>A development container has an environment of its own; the server's address must be one that it reaches.</summary>
    private static AttachedFile DevContainer(IReadOnlyList<(string Name, string Value)> variables)
    {
        var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new() { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteStartObject("remoteEnv");
            foreach (var (name, value) in variables)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return new("devcontainer.json", ".devcontainer/devcontainer.json", "for development containers: merge remoteEnv into the repository's file; localhost is the container there", Encoding.UTF8.GetString(buffer.ToArray()) + "\n", OfMachine: false);
    }

    /// <summary>VS Code's server reads it before it starts extensions on a host that somebody works on over SSH, and in WSL.</summary>
    private static AttachedFile Remote(IReadOnlyList<(string Name, string Value)> variables) => new(
        "server-env-setup", "~/.vscode-server/server-env-setup", "for Remote SSH and WSL, on the remote side: extensions run there, with that side's variables",
        Lines($"# {Mark}", variables, static (name, value) => $"export {name}='{value.Replace("'", "'\\''", StringComparison.Ordinal)}'"), OfMachine: false);

    private static string Lines(string head, IReadOnlyList<(string Name, string Value)> variables, Func<string, string, string> line) =>
        string.Concat(variables.Select(variable => line(variable.Name, variable.Value) + "\n").Prepend(head + "\n"));

    /// <summary>Inside double quotes of environment.d: backslash, quote and dollar have meanings of their own.</summary>
    private static string Quoted(string value) => value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("$", "$$", StringComparison.Ordinal);
}
