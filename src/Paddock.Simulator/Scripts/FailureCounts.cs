using System.Collections.Concurrent;

namespace Paddock.Simulator.Scripts;

/// <summary>Counts the requests of each script, so that <c>fail=2</c> fails twice and then works, and <c>percent=30</c> fails three times in ten.</summary>
internal sealed class FailureCounts
{
    private readonly ConcurrentDictionary<string, long> seen = new(StringComparer.Ordinal);

    public bool ShouldFail(ScriptedAnswer script)
    {
        if (script.Status < 400)
        {
            return false;
        }

        if (script is { Percent: 0, Fail: 0 })
        {
            return true;
        }

        var count = seen.AddOrUpdate(script.Source, 1, static (_, count) => count + 1);
        return script.Percent > 0 ? count * script.Percent / 100 > (count - 1) * script.Percent / 100 : count <= script.Fail;
    }
}
