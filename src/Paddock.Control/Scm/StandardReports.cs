using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Paddock.Core.Scm;
using Paddock.Core.Tasks;

namespace Paddock.Control.Scm;

/// <summary>Reads reports in Paddock's own words, for systems that can be told what to send: <c>{"type": "checks_passed", "data": {"commit": "…"}}</c>.</summary>
internal static partial class StandardReports
{
    private const int LongestText = 2_000;

    private static readonly Dictionary<string, VerdictKind> kinds = new(StringComparer.Ordinal)
    {
        ["checks_passed"] = VerdictKind.ChecksPassed,
        ["checks_failed"] = VerdictKind.ChecksFailed,
        ["merged"] = VerdictKind.Merged,
        ["reverted"] = VerdictKind.Reverted,
    };

    /// <returns>The report, or which member is wrong and what it should be.</returns>
    public static (ScmReport? Report, string? Fault) Read(JsonElement root, string digest)
    {
        if (root.ValueKind is not JsonValueKind.Object || Text(root, "type") is not { } type || !kinds.TryGetValue(type, out var kind))
        {
            return (null, $"type is none of {string.Join(", ", kinds.Keys)}.");
        }

        if (!root.TryGetProperty("data", out var data) || data.ValueKind is not JsonValueKind.Object)
        {
            return (null, "data is no object.");
        }

        var (task, commit, change) = (Text(data, "task"), Text(data, "commit"), Text(data, "change"));
        if (task is null && commit is null && change is null)
        {
            return (null, "data names none of task (task_…), commit (a hash) and change (org/repo#12).");
        }

        if (task is not null && !TaskId().IsMatch(task))
        {
            return (null, "data.task is no task id: task_ and 32 hexadecimal digits.");
        }

        if (commit is not null && CommitMarks.Hash(commit) is null)
        {
            return (null, "data.commit is no hash of 7 to 64 hexadecimal digits.");
        }

        if (change is not null && !Change().IsMatch(change))
        {
            return (null, "data.change is not as org/repo#12.");
        }

        DateTimeOffset? at = DateTimeOffset.TryParse(Text(root, "timestamp"), System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var said) ? said.ToUniversalTime() : null;
        ImmutableArray<string> refs = [.. new[] { CommitMarks.Hash(commit), change }.OfType<string>()];
        return (new() { Sender = "standard", Digest = digest, Findings = [new(kind, task is null ? [] : [task], refs, at, Text(data, "url"), Text(data, "reason")) { Checks = Text(data, "checks") ?? "" }] }, null);
    }

    private static string? Text(JsonElement owner, string name) =>
        owner.ValueKind is JsonValueKind.Object && owner.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String && value.GetString() is { Length: > 0 and <= LongestText } text ? text : null;

    [GeneratedRegex("^task_[0-9a-f]{32}$", RegexOptions.CultureInvariant, 500)]
    private static partial Regex TaskId();

    [GeneratedRegex(@"^[\w.-]{1,100}(/[\w.-]{1,100})+#\d{1,10}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 500)]
    private static partial Regex Change();
}
