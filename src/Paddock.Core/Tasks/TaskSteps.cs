using System.Collections.Immutable;
using Paddock.Core.Policies;
using Paddock.Core.Policies.Facts;
using Paddock.Core.Tools;

namespace Paddock.Core.Tasks;

/// <summary>Tells what a call would do to its task.</summary>
public static class TaskSteps
{
    /// <summary>More files than these in one call are not told apart.</summary>
    private const int MostFiles = 200;

    public static TaskStep Of(PolicySubject subject, ToolShape shape) => new()
    {
        Mutates = shape.Mutating,
        StartsSubtask = shape.StartsSubtask,
        ClaimsCompletion = shape.ClaimsCompletion,
        AsksPerson = shape.AsksPerson,
        Reverts = GitReverts.In(subject.Call.Line) is not GitRevert.None,
        RevertsAll = GitReverts.In(subject.Call.Line) is GitRevert.All,
        Files = FilesOf(subject),
        Taint = TaintOf(subject),
    };

    private static ImmutableArray<string> FilesOf(PolicySubject subject) => subject.Class switch
    {
        ToolClass.Edit => [.. subject.Paths.Select(static path => path.Text).Take(MostFiles)],
        ToolClass.Command => [.. subject.Facts.Texts(Fact.CallWritesTo).Where(static file => !file.StartsWith("/dev/", StringComparison.Ordinal)).Take(MostFiles)],
        _ => [],
    };

    private static ImmutableArray<string> TaintOf(PolicySubject subject)
    {
        var taint = ImmutableArray.CreateBuilder<string>();
        if (subject.Class is ToolClass.Read or ToolClass.Command && subject.Paths.Any(SecretPaths.Touches))
        {
            taint.Add(TaintLabels.ReadSecret);
        }

        if (subject.Class is ToolClass.Browser || (subject.Class is ToolClass.Command && subject.Facts.Texts(Fact.CallHosts).Any(static host => !IsOwn(host))))
        {
            taint.Add(TaintLabels.ReadExternal);
        }

        return taint.ToImmutable();
    }

    /// <summary>The machine itself is nothing outside.</summary>
    private static bool IsOwn(string host) => host is "localhost" or "::1" or "[::1]" or "0.0.0.0" || host.StartsWith("127.", StringComparison.Ordinal) || host.EndsWith(".localhost", StringComparison.Ordinal);
}
