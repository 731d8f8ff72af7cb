using System.CommandLine;
using Paddock.Core.Policies.Import;

namespace Paddock.Commands;

/// <summary><c>paddock policy import</c>: permissions that agents keep in settings of their own, as documents.</summary>
internal static class PolicyImportCommand
{
    private static readonly Argument<string> SettingsFile = new("file") { Description = "VS Code's settings.json for Roo Code; Claude Code's settings.json; '-' = standard input." };
    private static readonly Option<string> From = new("--from") { Description = "roo or claude.", Required = true };
    private static readonly Option<string> Owner = new("--owner") { Description = "Who is named as the owner. Default: imported.", DefaultValueFactory = static _ => "imported" };

    public static Command Build()
    {
        var command = new Command("import", "Print the permissions of an agent's settings as documents, and what they cannot say. Needs no server.") { SettingsFile, From, Owner, ConnectionOptions.Json };
        From.AcceptOnlyFromAmong([.. PolicyImport.Sources]);
        command.SetAction((parsed, cancellationToken) => CommandRunner.GuardAsync(parsed, async () =>
        {
            var file = parsed.GetRequiredValue(SettingsFile);
            var settings = file == "-" ? await Console.In.ReadToEndAsync(cancellationToken) : await File.ReadAllTextAsync(file, cancellationToken);
            switch (PolicyImport.From(parsed.GetRequiredValue(From), settings, parsed.GetRequiredValue(Owner)))
            {
                case ImportOutcome.Imported imported:
                    CommandRunner.Print(parsed, new PolicyImportResult(imported.Documents, imported.Rules, imported.Gaps), CommandJson.Default.PolicyImportResult, Print);
                    return CommandLine.Done;
                case ImportOutcome.Refused refused:
                    throw new CommandException(refused.Because);
                default:
                    throw new InvalidOperationException("An import has two outcomes.");
            }
        }));
        return command;
    }

    private static void Print(PolicyImportResult result, Printer printer)
    {
        printer.Line(result.Documents.TrimEnd('\n'));
        printer.Aside($"{result.Rules} rules; {result.Gaps.Count} remarks on what the settings say and the documents do not:");
        foreach (var gap in result.Gaps)
        {
            printer.Aside($"  {gap.Entry}: {gap.Because}");
        }
    }
}

/// <param name="Documents">YAML.</param>
internal sealed record PolicyImportResult(string Documents, int Rules, IReadOnlyList<ImportGap> Gaps);
