using System.CommandLine;
using Paddock.Control;
using Paddock.Core.Policies.Authoring;
using Paddock.Core.Releases;
using Paddock.Core.Snapshot;
using Paddock.Hosting;

namespace Paddock.Commands;

/// <summary><c>paddock policy test|check|explain|replay</c>: for those who write rules.</summary>
internal static class PolicyCommand
{
    private static readonly Argument<string?> FolderOrActive = new("directory") { Description = "Directory of documents. Default: the release in force.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Argument<string> Folder = new("directory") { Description = "Directory of documents." };
    private static readonly Option<bool> Strict = new("--strict") { Description = "End with 1 when there is any remark." };
    private static readonly Option<bool> Verbose = new("--all") { Description = "Show the tests that hold, too." };

    public static Command Build() => new("policy", "Rules for tool calls, for those who write them.") { Test(), Check(), PolicyExplainCommand.Build(), PolicyReplayCommand.Build(), PolicyImportCommand.Build() };

    private static Command Test()
    {
        var command = new Command("test", "Run the tests that stand in rules, and the .cases files beside them. Needs no server for a directory.") { FolderOrActive, Verbose }.WithConnection();
        command.SetAction((parsed, cancellationToken) => CommandRunner.GuardAsync(parsed, async () =>
        {
            var (files, environment, cases, faults) = parsed.GetValue(FolderOrActive) is { } folder ? FromDirectory(folder) : await ActiveAsync(parsed, cancellationToken);
            var result = Run(files, environment, cases, faults);
            CommandRunner.Print(parsed, result, CommandJson.Default.PolicyTestResult, (told, printer) => PrintTests(told, printer, parsed.GetValue(Verbose)));
            return result.Failed == 0 && result.Faults.Count == 0 ? CommandLine.Done : CommandLine.Failed;
        }));
        return command;
    }

    private static PolicyTestResult Run(IReadOnlyList<SourceFile> files, IReadOnlyList<SourceFile>? environment, IReadOnlyList<SourceFile> caseFiles, IReadOnlyList<ReleaseFault> faults)
    {
        var report = PolicyTestReport.Run(files, environment);
        var wrong = faults.ToList();
        var cases = caseFiles.SelectMany(file => DecisionCase.Read(file, wrong.Add)).ToList();
        return PolicyTestResult.Of(report, ReleaseLoader.Load(files, environment) is LoadOutcome.Loaded { Content: var content } ? RunCases(content, cases) : [], wrong);
    }

    private static List<CaseResult> RunCases(ReleaseContent release, List<DecisionCase> cases)
    {
        var policies = SnapshotBuilder.Build(release).Policies;
        return cases.ConvertAll(one => new CaseResult(one.File, one.Line, one.Text, one.Failure(policies)));
    }

    private static Command Check()
    {
        var command = new Command("check", "Say whether a directory would be taken, and what its rules' authors may not have meant. Needs no server.") { Folder, Strict, ConnectionOptions.Json };
        command.SetAction((parsed, _) => CommandRunner.GuardAsync(parsed, () =>
        {
            var content = ReleaseCommand.Load(parsed.GetRequiredValue(Folder));
            var result = new PolicyCheckResult(content.Digest.Value, content.Policies.Sum(policy => policy.Rules.Length), RuleRemarks.Of(content));
            CommandRunner.Print(parsed, result, CommandJson.Default.PolicyCheckResult, PrintRemarks);
            return Task.FromResult(result.Remarks.Count > 0 && parsed.GetValue(Strict) ? CommandLine.Failed : CommandLine.Done);
        }));
        return command;
    }

    private static (IReadOnlyList<SourceFile> Files, IReadOnlyList<SourceFile>? Environment, IReadOnlyList<SourceFile> Cases, IReadOnlyList<ReleaseFault> Faults) FromDirectory(string folder)
    {
        var directory = ReleaseCommand.Existing(folder);
        var found = ReleaseDirectory.Read(directory);
        return (found.Files, ReleaseDirectory.FromEnvironment(), ReleaseDirectory.ReadCases(directory), found.Faults);
    }

    private static async Task<(IReadOnlyList<SourceFile> Files, IReadOnlyList<SourceFile>? Environment, IReadOnlyList<SourceFile> Cases, IReadOnlyList<ReleaseFault> Faults)> ActiveAsync(
        ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var connection = await ControlConnection.OpenAsync(parsed, creates: false, cancellationToken);
        var release = await connection.SendAsync(HttpMethod.Get, ReleaseCommand.Path + "/active", null, ControlJson.Default.ReleaseView, cancellationToken);
        return ([.. (release.Files ?? []).Select(file => new SourceFile(file.Path, file.Text))], null, [], []);
    }

    private static void PrintTests(PolicyTestResult result, Printer printer, bool all)
    {
        foreach (var rule in result.Rules.Where(rule => all || rule.Tests.Any(test => test.Failure is not null)))
        {
            printer.Line($"{rule.Policy}/{rule.Rule} ({rule.File}:{rule.Line})");
            foreach (var test in rule.Tests.Where(test => all || test.Failure is not null))
            {
                printer.Line($"  {(test.Failure is null ? "holds " : "FAILS ")} {test.Expects}: {test.Call}{(test.Failure is null ? "" : $"\n         line {Printer.Number(test.Line)}: {test.Failure}")}");
            }
        }

        foreach (var one in result.Cases.Where(one => all || one.Came is not null))
        {
            printer.Line($"{(one.Came is null ? "holds " : "FAILS ")} {one.File}:{one.Line}: {one.Case}{(one.Came is null ? "" : $"\n         it is {one.Came}")}");
        }

        foreach (var fault in result.Faults)
        {
            printer.Line(fault.ToString());
        }

        printer.Line($"{result.Passed} hold, {result.Failed} fail ({Counted(result.Rules.Count, "rule")}, {Counted(result.Cases.Count, "case")}){(result.Faults.Count == 0 ? "" : $"; the release has {Problem.Counted(result.Faults.Count)} besides")}");
    }

    private static void PrintRemarks(PolicyCheckResult result, Printer printer)
    {
        foreach (var remark in result.Remarks)
        {
            printer.Line($"{remark.File}:{remark.Line}: {remark.Policy}/{remark.Rule}: {remark.Key}: {remark.Message}");
        }

        printer.Line($"{result.Digest} would be taken: {Counted(result.Rules, "rule")}, {Counted(result.Remarks.Count, "remark")}");
    }

    private static string Counted(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
