using Paddock.Agents.RooCode.Attachments;

namespace Paddock.Commands;

/// <summary>Files of an attachment on this machine, or in a folder.</summary>
internal static class AttachedMachine
{
    public static async Task WriteToAsync(string directory, IReadOnlyList<AttachedFile> files, Printer printer, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        foreach (var file in files)
        {
            await File.WriteAllTextAsync(Path.Combine(directory, file.Name), file.Text, cancellationToken);
        }

        printer.Table(["file", "who", "belongs to", "use"], files.Select(static file => new[] { file.Name, file.OfMachine ? "administrator" : "developer", file.Place, file.Use }));
    }

    /// <summary>Puts what is this user's where it belongs; the rest is said.</summary>
    public static async Task AttachAsync(AttachTarget target, IReadOnlyList<AttachedFile> files, Printer printer, CancellationToken cancellationToken)
    {
        if (target.Desktop is Desktop.Windows)
        {
            if (!OperatingSystem.IsWindows())
            {
                throw new CommandException("--write is for the machine that it runs on; for another use --dir.");
            }

            foreach (var (name, value) in RooAttachment.Variables(target))
            {
                Environment.SetEnvironmentVariable(name, value, EnvironmentVariableTarget.User);
            }

            printer.Line("The variables are set for you. Start the editor anew.");
            return;
        }

        var own = OwnFile(target, files);
        if (PathOf(own) is not { } path || (OperatingSystem.IsMacOS() != target.Desktop is Desktop.Mac))
        {
            throw new CommandException("--write is for the machine that it runs on; for another use --dir.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? ".");
        await File.WriteAllTextAsync(path, own.Text, cancellationToken);
        printer.Line($"{path} is written. Sign out of the desktop and in again, then start the editor.");
        printer.Aside($"For Remote SSH, WSL and development containers, and what an administrator adds: paddock agents env {target.Agent} --dir DIRECTORY");
    }

    /// <summary>Only what has our mark goes.</summary>
    public static void Remove(AttachTarget target, Printer printer)
    {
        if (target.Desktop is Desktop.Windows && OperatingSystem.IsWindows())
        {
            foreach (var (name, _) in RooAttachment.Variables(target))
            {
                Environment.SetEnvironmentVariable(name, null, EnvironmentVariableTarget.User);
            }

            printer.Line("Your variables are gone.");
        }

        foreach (var file in RooAttachment.Files(target))
        {
            if (PathOf(file) is { } path && File.Exists(path))
            {
                var isOurs = File.ReadAllText(path).Contains(RooAttachment.Mark, StringComparison.Ordinal);
                if (isOurs)
                {
                    File.Delete(path);
                }

                printer.Line(isOurs ? $"{path} is gone." : $"{path} was not written by paddock and stays: look into it.");
            }
        }

        printer.Aside("What an administrator put on the machine (mdm.dev.json, Group Policy, Intune) and remoteEnv of development containers is to be taken away where it was put. In the editor: sign out of the extension's account.");
    }

    private static AttachedFile OwnFile(AttachTarget target, IReadOnlyList<AttachedFile> files) =>
        files.First(file => !file.OfMachine && file.Name.EndsWith(target.Desktop is Desktop.Mac ? ".plist" : ".conf", StringComparison.Ordinal));

    /// <returns>Null for what is in no place of this user's own.</returns>
    private static string? PathOf(AttachedFile file) =>
        file.Place.StartsWith("~/", StringComparison.Ordinal) && !OperatingSystem.IsWindows() ? Path.Combine(Environment.GetEnvironmentVariable("HOME") ?? "/", file.Place[2..]) : null;
}
