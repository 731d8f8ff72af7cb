using System.CommandLine;
using System.Net.Http.Json;
using Paddock.Control;
using Paddock.Control.Policies;
using Paddock.Control.Releases;
using Paddock.Settings;

namespace Paddock.Commands;

/// <summary><c>paddock policy replay</c>: what a release would have decided otherwise.</summary>
internal static class PolicyReplayCommand
{
    private const int ShownNames = 10;

    private static readonly Option<string> Release = new("--release") { Description = "The candidate: a directory of documents, or the digest of an imported release.", Required = true };
    private static readonly Option<string?> Since = new Option<string?>("--since") { Description = "How far back: a number and s, m, h or d. Default 7d.", DefaultValueFactory = static _ => "7d" }.TakesLifetime();
    private static readonly Option<string> Against = new("--against") { Description = "What is compared with: 'recorded' (default), what was decided then; 'active', or a release's digest, judged as well.", DefaultValueFactory = static _ => "recorded" };

    public static Command Build() =>
        new Command("replay", "Judge the decisions of the last days again by another release, and show what would change.") { Release, Since, Against }.Asks(
            ControlJson.Default.ReplayView,
            static (parsed, connection, cancellationToken) => connection.SendAsync(
                HttpMethod.Post, "/control/v1/policies/replay", JsonContent.Create(InputOf(parsed), ControlJson.Default.ReplayInput), ControlJson.Default.ReplayView, cancellationToken),
            Print);

    private static ReplayInput InputOf(ParseResult parsed)
    {
        var release = parsed.GetRequiredValue(Release);
        var isDirectory = ReleaseCommand.IsDirectory(release);
        return new()
        {
            Files = isDirectory ? [.. ReleaseCommand.Load(release).Files.Select(file => new FileInput(file.Path, file.Text))] : null,
            Release = isDirectory ? null : release,
            Since = Lifetime.TryParse(parsed.GetRequiredValue(Since)!, out var since) ? TimeProvider.System.GetUtcNow() - since : null, // it has a default
            Against = parsed.GetRequiredValue(Against),
        };
    }

    private static void Print(ReplayView told, Printer printer)
    {
        printer.Line($"{told.Replayed} decisions since {Printer.Time(told.Since)} judged by {told.Release[7..19]} in {told.Seconds:0.0} s, compared with {(told.Against == "recorded" ? "what was decided" : told.Against[7..19])}: {told.Unchanged} unchanged, {told.Replayed - told.Unchanged} changed");
        foreach (var gap in told.NotReplayed)
        {
            printer.Line($"{gap.Count} cannot be judged again: {Why(gap.Name)}");
        }

        foreach (var change in told.Changes)
        {
            printer.Line($"\n{change.From} -> {change.To}: {change.Count}");
            printer.Table(
                ["tool", "count", "team", "count", "rule that would decide", "count"],
                Rows([change.Tools, change.Teams, change.Rules]));
            printer.Line($"newest: {string.Join(", ", change.Examples.Select(example => $"{example.Decision} ({example.User}, {example.Tool})"))}");
        }
    }

    /// <summary>Several lists side by side.</summary>
    private static IEnumerable<string[]> Rows(IReadOnlyList<IReadOnlyList<ReplayCountView>> lists) =>
        Enumerable.Range(0, Math.Min(ShownNames, lists.Max(list => list.Count)))
            .Select(row => lists.SelectMany(list => row < list.Count ? new[] { list[row].Name, Printer.Number(list[row].Count) } : ["", ""]).ToArray());

    private static string Why(string gap) => gap switch
    {
        "not_evaluated" => "they could not be judged then",
        "not_kept" => "nothing was kept of what they were judged on",
        _ => "a rule looks at what was masked or left out",
    };
}
