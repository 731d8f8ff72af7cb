using System.CommandLine;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Agents;
using Paddock.Control;
using Paddock.Control.Policies;
using Paddock.Core.Agents;
using Paddock.Core.Snapshot;
using Paddock.Core.Tools;

namespace Paddock.Commands;

/// <summary><c>paddock policy explain</c>: how a call would be judged, and why.</summary>
internal static class PolicyExplainCommand
{
    private const int NearMisses = 5;

    private static readonly Argument<string?> Decision = new("decision") { Description = "A decision that was made (dec_…), instead of a description.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> Release = new("--release") { Description = "Digest, its first digits, 'active', or a directory of documents, which needs no server. Default: the one in force, or the one a decision was made by." };
    private static readonly Option<string?> Line = new("--command") { Description = "The command line of the call." };
    private static readonly Option<string?> Tool = new("--tool") { Description = "The tool, by the agent's own name." };
    private static readonly Option<string?> Class = new("--class") { Description = "The class of a tool that nobody knows: edit, read, mcp, browser, mode, subtask, other." };
    private static readonly Option<string?> Agent = new("--agent") { Description = "The agent, such as roo-code." };
    private static readonly Option<string?> Mode = new("--mode") { Description = "The agent's working mode." };
    private static readonly Option<string?> Repository = new("--repository") { Description = "The repository that is worked on." };
    private static readonly Option<string?> User = new("--user") { Description = "Whose call it is; the server knows the teams. With a directory: --fact user.teams=a,b." };
    private static readonly Option<string[]> Path = new Option<string[]>("--path") { Description = "A file or folder that the call names; may be repeated." }.TakesNoOption();
    private static readonly Option<string[]> Fact = new Option<string[]>("--fact") { Description = "Another fact, NAME=VALUE, such as key.environment=prod; may be repeated." }.TakesNoOption();
    private static readonly Option<string[]> Pin = new Option<string[]>("--pin") { Description = "What the key itself says: agent, mode, repository." }.TakesSeveral();
    private static readonly Option<bool> All = new("--all") { Description = "Show every rule, not only those that match and the nearest misses." };

    public static Command Build()
    {
        var command = new Command("explain", "Say how a call would be judged, and of every rule why it matches or where it stops. Nothing is run or recorded.")
        {
            Decision, Release, Line, Tool, Class, Agent, Mode, Repository, User, Path, Fact, Pin, All,
        }.WithConnection();
        command.SetAction((parsed, cancellationToken) => CommandRunner.GuardAsync(parsed, async () =>
        {
            var (input, release) = (InputOf(parsed), parsed.GetValue(Release));
            var told = release is not null && ReleaseCommand.IsDirectory(release) ? Here(release, input) : await AskAsync(parsed, input, cancellationToken);
            CommandRunner.Print(parsed, told, ControlJson.Default.ExplanationView, (view, printer) => Print(view, printer, parsed.GetValue(All)));
            return CommandLine.Done;
        }));
        return command;
    }

    private static ExplainInput InputOf(ParseResult parsed)
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var fact in parsed.GetValue(Fact) ?? [])
        {
            var equals = fact.IndexOf('=', StringComparison.Ordinal);
            facts[equals > 0 ? fact[..equals] : throw new CommandException($"--fact: '{fact}' is no NAME=VALUE.")] = fact[(equals + 1)..];
        }

        return new()
        {
            Release = parsed.GetValue(Release),
            Decision = parsed.GetValue(Decision) is { } id && !id.StartsWith("dec_", StringComparison.Ordinal)
                ? throw new CommandException($"'{id}' is no decision (dec_…). A release, or a directory of documents, goes with --release.")
                : parsed.GetValue(Decision),
            Command = parsed.GetValue(Line),
            Tool = parsed.GetValue(Tool),
            Class = parsed.GetValue(Class),
            Agent = parsed.GetValue(Agent),
            Mode = parsed.GetValue(Mode),
            Repository = parsed.GetValue(Repository),
            User = parsed.GetValue(User),
            Paths = parsed.GetValue(Path) ?? [],
            Facts = facts,
            Pins = parsed.GetValue(Pin) ?? [],
        };
    }

    private static ExplanationView Here(string directory, ExplainInput input)
    {
        if (input.Decision is not null)
        {
            throw new CommandException("A decision is explained by a release that the server has; 'paddock policy replay' judges many by a directory.");
        }

        var content = ReleaseCommand.Load(directory);
        using var agents = new ServiceCollection().AddAgents().BuildServiceProvider();
        var dialects = agents.GetServices<IAgentDialect>().ToList();
        var (call, field, message) = new DescribedCalls(new(dialects), dialects).Read(input);
        return call is null ? throw new CommandException(Problem.Invalid(message, field))
            : ExplainDecision.Explain(content.Digest, SnapshotBuilder.Build(content).Policies, call) switch
            {
                Outcome<ExplanationView>.Done done => done.Value,
                Outcome<ExplanationView>.Invalid invalid => throw new CommandException(Problem.Invalid(invalid.Message, invalid.Field)),
                _ => throw new InvalidOperationException("An explanation at hand has two outcomes."),
            };
    }

    private static async Task<ExplanationView> AskAsync(ParseResult parsed, ExplainInput input, CancellationToken cancellationToken)
    {
        await using var connection = await ControlConnection.OpenAsync(parsed, creates: false, cancellationToken);
        return await connection.SendAsync(HttpMethod.Post, "/control/v1/policies/explain", JsonContent.Create(input, ControlJson.Default.ExplainInput), ControlJson.Default.ExplanationView, cancellationToken);
    }

    private static void Print(ExplanationView told, Printer printer, bool all)
    {
        PrintDecision(told, printer);
        if (told.Line is { } line)
        {
            PrintLine(line, printer);
        }

        var matching = told.Rules.Count(rule => rule.Stage == "matched");
        var shown = all ? told.Rules.Count : Math.Min(told.Rules.Count, matching + NearMisses);
        foreach (var rule in told.Rules.Take(shown))
        {
            PrintRule(rule, printer);
        }

        if (shown < told.Rules.Count)
        {
            printer.Line($"\n{told.Rules.Count - shown} more do not match; --all shows them.");
        }
    }

    private static void PrintDecision(ExplanationView told, Printer printer)
    {
        printer.Line($"decision  {Said(told.Decision)}");
        if (told.Decision.Because is { } because)
        {
            printer.Line($"because   {because}");
        }

        if (told.Decision.Fix is { } fix)
        {
            printer.Line($"fix       {fix}");
        }

        if (told.Shadow != told.Decision)
        {
            printer.Line($"shadow    {Said(told.Shadow)}, if every binding were enforced");
        }

        if (told.LeftToDefaults.Count > 0)
        {
            printer.Line($"defaults  decide on: {string.Join("; ", told.LeftToDefaults)}");
        }

        if (told.Altered.Count > 0)
        {
            printer.Line($"not kept  as it was: {string.Join(", ", told.Altered)}");
        }
    }

    private static string Said(RuleOutcomeView outcome) =>
        $"{(outcome.Soft ? "soft deny" : outcome.Effect)}, by {(outcome.Rule is { } rule ? $"{rule} (bound by {outcome.Binding})" : "the release's defaults")}";

    private static void PrintLine(LineView line, Printer printer)
    {
        printer.Line($"line      {line.Legibility}{(line.OpaqueBecause is { } because ? $": {because}" : "")}");
        foreach (var command in line.Commands)
        {
            printer.Line($"          [{string.Join(", ", command.Argv)}]{(command.Role == "direct" ? "" : $" ({command.Role})")}");
        }

        foreach (var (name, values) in new[] { ("writes", line.WritesTo), ("reads", line.ReadsFrom), ("sets", line.Env), ("hosts", line.Hosts), ("paths", line.Paths) })
        {
            if (values.Count > 0)
            {
                printer.Line($"          {name} {string.Join(", ", values)}");
            }
        }

        if (line.HasExpansion || line.RunsInput)
        {
            printer.Line($"          {(line.HasExpansion ? "has an expansion" : "")}{(line is { HasExpansion: true, RunsInput: true } ? ", " : "")}{(line.RunsInput ? "runs what it takes from its input" : "")}");
        }
    }

    private static void PrintRule(RuleExplanationView rule, Printer printer)
    {
        printer.Line($"\n{rule.Rule}  {rule.Effect}, bound by {rule.Binding} ({rule.Enforcement})");
        printer.Line(rule.Stage == "matched"
            ? $"  matches{(rule.SpeaksOf.Count == 0 ? "" : $" {string.Join("; ", rule.SpeaksOf)}")}{(rule.Overridden ? ", but an allow of a narrower scope wins" : "")}"
            : $"  stops at {rule.Stage}{(rule.Wants is null ? "" : $": it wants {rule.Wants}; the call has {rule.Has}")}");
        foreach (var operand in rule.Operands)
        {
            printer.Line($"    {operand.Value,-5}  {operand.Text}{(operand.Facts.Count == 0 ? "" : $"    {string.Join(", ", operand.Facts)}")}");
        }
    }
}
