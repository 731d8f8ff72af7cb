using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Paddock.Control.Tasks;
using Paddock.Core.Audit;
using Paddock.Core.Scm;
using Paddock.Core.Tasks;

namespace Paddock.Control.Scm;

/// <param name="Verdicts">How many tasks were judged by it.</param>
/// <param name="Known">How many tasks it is about; 0: none of its commits and change requests is known to come from a task.</param>
public sealed record ReportTaken(int Verdicts, int Known);

/// <summary>Turns what a source control or CI system reports into verdicts on the tasks that made the changes. Its signature was checked.</summary>
public sealed class TakeReport(ITasks tasks, ITaskLinks links, TimeProvider time)
{
    private const int LongestUrl = 2_000;

    /// <summary>What happened longer ago is told too late to mean anything.</summary>
    private static readonly TimeSpan oldest = TimeSpan.FromDays(60);

    public async Task<ReportTaken> RunAsync(ScmReport report, CancellationToken cancellationToken)
    {
        var (now, verdicts, known) = (time.GetUtcNow(), 0, new HashSet<string>(StringComparer.Ordinal));
        foreach (var alias in report.Aliases)
        {
            var made = await TasksOfAsync([], alias.Refs, cancellationToken);
            await links.AddAsync([.. made.Select(task => new TaskLink(alias.Name, task, now))], cancellationToken);
            known.UnionWith(made);
        }

        foreach (var finding in report.Findings)
        {
            foreach (var task in await TasksOfAsync(finding.Tasks, finding.Refs, cancellationToken))
            {
                known.Add(task);
                var verdict = VerdictOf(report, finding, task, now);
                verdicts += await tasks.AddVerdictAsync(verdict, EntryOf(verdict, report.Sender), cancellationToken) ? 1 : 0;
            }
        }

        return new(verdicts, known.Count);
    }

    /// <summary>Only tasks that there are: rows of others would stay for ever.</summary>
    private async Task<ImmutableArray<string>> TasksOfAsync(ImmutableArray<string> named, ImmutableArray<string> refs, CancellationToken cancellationToken)
    {
        var found = ImmutableArray.CreateBuilder<string>();
        foreach (var task in named.Union(refs.IsEmpty ? [] : await links.FindAsync(refs, cancellationToken), StringComparer.Ordinal))
        {
            if (await ExistsAsync(task, cancellationToken))
            {
                found.Add(task);
            }
        }

        return found.ToImmutable();
    }

    /// <summary>It may be known and not folded yet: who is told that a report was taken does not send it again.</summary>
    private async Task<bool> ExistsAsync(string task, CancellationToken cancellationToken)
    {
        if (await tasks.FindAsync(task, cancellationToken) is not null)
        {
            return true;
        }

        await tasks.FoldAsync(task, cancellationToken);
        return await tasks.FindAsync(task, cancellationToken) is not null;
    }

    /// <summary>The same report has the same id for the same task, so that one that is sent again changes nothing.</summary>
    private static TaskVerdict VerdictOf(ScmReport report, ScmFinding finding, string task, DateTimeOffset now) => new()
    {
        Id = "ver_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{report.Sender}\0{report.Digest}\0{finding.Kind}\0{task}")).AsSpan(0, 16)),
        Task = task,
        At = finding.At is { } at && at <= now && at > now - oldest ? at : now,
        Kind = finding.Kind,
        Source = finding.Kind is VerdictKind.ChecksPassed or VerdictKind.ChecksFailed ? SuccessSource.Ci : SuccessSource.Scm,
        By = "system:" + report.Sender,
        Reason = finding.Reason,
        Checks = finding.Checks,
        Url = finding.Url is { Length: <= LongestUrl } url && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" ? url : null,
    };

    private static AuditEvent EntryOf(TaskVerdict verdict, string sender) => new()
    {
        Act = AuditActs.TaskVerdict,
        Actor = AuditActor.Of("system:" + sender),
        Ref = verdict.Task,
        Facts = [AuditFact.Of("verdict", verdict.Id), AuditFact.Of("kind", TaskWords.Of(verdict.Kind)), AuditFact.Of("source", verdict.Source.Name())],
    };
}
