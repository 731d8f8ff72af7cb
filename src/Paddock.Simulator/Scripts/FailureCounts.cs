using System.Collections.Concurrent;

namespace Paddock.Simulator.Scripts;

/// <summary>Counts the failures a script has had, so that <c>fail=2</c> fails twice and then works.</summary>
internal sealed class FailureCounts
{
    private readonly ConcurrentDictionary<string, int> seen = new(StringComparer.Ordinal);

    public bool ShouldFail(ScriptedAnswer script) =>
        script.Status >= 400 && (script.Fail == 0 || seen.AddOrUpdate(script.Source, 1, static (_, count) => count + 1) <= script.Fail);
}
