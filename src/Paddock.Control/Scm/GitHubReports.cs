using System.Collections.Immutable;
using System.Text.Json;
using Paddock.Core.Scm;
using Paddock.Core.Tasks;

namespace Paddock.Control.Scm;

/// <summary>Reads GitHub's webhook events: <c>check_suite</c>, <c>pull_request</c> and <c>push</c>. Of others nothing is read. Messages and texts in them are anybody's, so that no
/// task is named by them: a change is known by its commits.</summary>
internal static class GitHubReports
{
    private const int MostCommits = 200;

    public static ScmReport Read(string name, JsonElement root, string digest)
    {
        var report = new ScmReport { Sender = "github", Digest = digest };
        if (root.ValueKind is not JsonValueKind.Object)
        {
            return report;
        }

        var repository = Text(root, "repository", "full_name") ?? "";
        return name switch
        {
            "check_suite" => report with { Findings = CheckSuite(root) },
            "pull_request" => PullRequest(report, root, repository),
            "push" => report with { Findings = Push(root, repository) },
            _ => report,
        };
    }

    private static ImmutableArray<ScmFinding> CheckSuite(JsonElement root)
    {
        VerdictKind? kind = Text(root, "action") != "completed" ? null : Text(root, "check_suite", "conclusion") switch
        {
            "success" => VerdictKind.ChecksPassed,
            "failure" or "timed_out" => VerdictKind.ChecksFailed,
            _ => null, // neutral, skipped, cancelled, stale: nothing is said of the change
        };
        return kind is not { } said ? [] : [new(said, [], Refs(Text(root, "check_suite", "head_sha")), Time(root, "check_suite", "updated_at"), Text(root, "check_suite", "url"), null) { Checks = Text(root, "check_suite", "app", "slug") ?? "" }];
    }

    private static ScmReport PullRequest(ScmReport report, JsonElement root, string repository)
    {
        if (!root.TryGetProperty("number", out var number) || number.ValueKind is not JsonValueKind.Number || !root.TryGetProperty("pull_request", out var change) || change.ValueKind is not JsonValueKind.Object)
        {
            return report;
        }

        var (name, body) = ($"{repository}#{number.GetRawText()}", Text(root, "pull_request", "body"));
        var refs = Refs(name, Text(root, "pull_request", "head", "sha"));
        var isMerged = Text(root, "action") == "closed" && change.TryGetProperty("merged", out var merged) && merged.ValueKind is JsonValueKind.True;
        if (!isMerged)
        {
            return report with { Aliases = [new(name, refs)] };
        }

        var (at, url) = (Time(root, "pull_request", "merged_at"), Text(root, "pull_request", "html_url"));
        var undone = CommitMarks.RevertedChanges(body, repository);
        return report with
        {
            Findings = [new(VerdictKind.Merged, [], refs, at, url, null), new(VerdictKind.Reverted, [], undone, at, url, null)],
            Aliases = [new(name, refs), .. Refs(Text(root, "pull_request", "merge_commit_sha")).Select(commit => new ScmAlias(commit, refs))],
        };
    }

    /// <summary>Only what comes to the default branch takes anything back.</summary>
    private static ImmutableArray<ScmFinding> Push(JsonElement root, string repository)
    {
        if (Text(root, "repository", "default_branch") is not { } branch || Text(root, "ref") != "refs/heads/" + branch || !root.TryGetProperty("commits", out var commits) || commits.ValueKind is not JsonValueKind.Array)
        {
            return [];
        }

        var findings = ImmutableArray.CreateBuilder<ScmFinding>();
        foreach (var commit in commits.EnumerateArray().Where(static one => one.ValueKind is JsonValueKind.Object).Take(MostCommits))
        {
            var message = Text(commit, "message");
            ImmutableArray<string> undone = [.. CommitMarks.Reverted(message), .. CommitMarks.RevertedChanges(message, repository)];
            if (!undone.IsEmpty)
            {
                findings.Add(new(VerdictKind.Reverted, [], undone, Time(commit, "timestamp"), Text(commit, "url"), null));
            }
        }

        return findings.ToImmutable();
    }

    private static ImmutableArray<string> Refs(params ReadOnlySpan<string?> names)
    {
        var refs = ImmutableArray.CreateBuilder<string>();
        foreach (var name in names)
        {
            var one = name?.Contains('#', StringComparison.Ordinal) is true ? name : CommitMarks.Hash(name);
            if (one is not null)
            {
                refs.Add(one);
            }
        }

        return refs.ToImmutable();
    }

    private static string? Text(JsonElement root, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (root.ValueKind is not JsonValueKind.Object || !root.TryGetProperty(name, out root))
            {
                return null;
            }
        }

        return root.ValueKind is JsonValueKind.String ? root.GetString() : null;
    }

    private static DateTimeOffset? Time(JsonElement root, params ReadOnlySpan<string> path) => DateTimeOffset.TryParse(Text(root, path), System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var at) ? at.ToUniversalTime() : null;
}
