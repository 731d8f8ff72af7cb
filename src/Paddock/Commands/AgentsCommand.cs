using System.CommandLine;
using Paddock.Agents.RooCode.Attachments;

namespace Paddock.Commands;

/// <summary><c>paddock agents env|doctor|remove</c>: puts an editor's agent behind Paddock, looks whether it is, and takes it off again.</summary>
internal static class AgentsCommand
{
    private static readonly Argument<string> Agent = Named(new("agent") { Description = "roo-code or zoo-code." });
    private static readonly Option<Desktop?> System = new("--os") { Description = "linux, mac or win. Default: this machine's.", CustomParser = OsOf };
    private static readonly Option<string?> Server = new("--server") { Description = "Agents' address of the server, or PADDOCK_SERVER." };
    private static readonly Option<string?> Organization = new("--organization") { Description = "The organization's id, when the extension is to take no other account." };
    private static readonly Option<string?> Ca = new("--ca") { Description = "Certificates (PEM) on the developers' machines that editors are to trust beside their own." };
    private static readonly Option<string?> Directory = new("--dir") { Description = "Write the files into this directory, for whoever distributes them." };
    private static readonly Option<bool> Write = new("--write") { Description = "Put this user's files where they belong, on this machine." };

    public static Command Build() => new("agents", "Put an editor's agent behind Paddock, look whether it is, take it off again.") { Env(), Doctor(), Remove() };

    private static Command Env()
    {
        var command = new Command("env", "Print what belongs on a developer's machine, or write it.") { Agent, System, Server, Organization, Ca, Directory, Write };
        command.SetAction(static (parsed, cancellationToken) => CommandRunner.GuardAsync(parsed, async () =>
        {
            var (target, printer) = (TargetOf(parsed), new Printer(parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
            var files = RooAttachment.Files(target);
            if (parsed.GetValue(Directory) is { } directory)
            {
                await AttachedMachine.WriteToAsync(directory, files, printer, cancellationToken);
            }
            else if (parsed.GetValue(Write))
            {
                await AttachedMachine.AttachAsync(target, files, printer, cancellationToken);
            }
            else
            {
                Print(files, printer);
            }

            return CommandLine.Done;
        }));
        return command;
    }

    private static Command Doctor()
    {
        var command = new Command("doctor", "Look whether an agent that is started here now would reach Paddock; fails when it would not.") { Agent, System, Server, Organization, Ca };
        command.SetAction(static (parsed, cancellationToken) => CommandRunner.GuardAsync(parsed, async () =>
        {
            var printer = new Printer(parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            var findings = await AttachmentDoctor.LookAsync(TargetOf(parsed), Environment.GetEnvironmentVariable, TimeProvider.System, cancellationToken);
            printer.Table(["what", "state", "do"], findings.Select(finding => new[] { finding.What, finding.State, finding.Remedy ?? "" }));
            return findings.Any(finding => finding.IsWrong) ? CommandLine.Failed : CommandLine.Done;
        }));
        return command;
    }

    private static Command Remove()
    {
        var command = new Command("remove", "Take away what env wrote on this machine, and say what else to take away.") { Agent, System, Server };
        command.SetAction(static (parsed, cancellationToken) => CommandRunner.GuardAsync(parsed, () =>
        {
            AttachedMachine.Remove(TargetOf(parsed, needsServer: false), new(parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
            return Task.FromResult(CommandLine.Done);
        }));
        return command;
    }

    private static void Print(IReadOnlyList<AttachedFile> files, Printer printer)
    {
        foreach (var file in files)
        {
            printer.Line($"# {(file.OfMachine ? "an administrator, for the machine" : "the developer")}: {file.Place}\n# {file.Use}\n{file.Text}");
        }
    }

    private static AttachTarget TargetOf(ParseResult parsed, bool needsServer = true)
    {
        var text = parsed.GetValue(Server) ?? Environment.GetEnvironmentVariable("PADDOCK_SERVER") ?? "";
        if (needsServer && (!Uri.TryCreate(text, UriKind.Absolute, out var server) || server.Scheme is not ("http" or "https") || server.Query.Length > 0 || text.Any(static letter => letter is '"' or '\'' or '<' or '>' or '$' or '`' || char.IsControl(letter) || char.IsWhiteSpace(letter))))
        {
            throw new CommandException("Which server? Give the agents' address with --server or PADDOCK_SERVER, such as https://paddock.example.");
        }

        return new(parsed.GetRequiredValue(Agent), parsed.GetValue(System) ?? Here, text.TrimEnd('/'), parsed.GetValue(Organization), parsed.GetValue(Ca));
    }

    private static Desktop Here => OperatingSystem.IsWindows() ? Desktop.Windows : OperatingSystem.IsMacOS() ? Desktop.Mac : Desktop.Linux;

    private static Desktop? OsOf(global::System.CommandLine.Parsing.ArgumentResult result)
    {
        switch (result.Tokens is [var token] ? token.Value : "")
        {
            case "linux":
                return Desktop.Linux;
            case "mac":
                return Desktop.Mac;
            case "win":
                return Desktop.Windows;
            default:
                result.AddError("--os takes linux, mac or win.");
                return null;
        }
    }

    private static Argument<string> Named(Argument<string> argument) => argument.AcceptOnlyFromAmong([.. RooAttachment.Agents]);
}
