using Paddock.Core.Agents;
using Paddock.Core.Policies;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;

namespace Paddock.Agents.Continue;

/// <summary>
/// Continue and its CLI. It sends nothing of its own (its user agent is a minified name of its SDK's class), so the key or
/// <c>X-Paddock-Agent</c> must say that it is Continue, and the task is derived.
/// </summary>
internal sealed class ContinueDialect : IAgentDialect
{
    public string Agent => "continue";

    public IReadOnlyList<ModelEntrance> Entrances => [];

    public IReadOnlyDictionary<string, ToolShape> Tools => ContinueTools.All;

    public bool Recognizes(ICallView call) => false;

    public TaskFacts Read(ICallView call) => new() { Agent = Agent };

    public RefusalDress Dress(Refusal refusal) => Dresses.WithoutTooManyRequests(refusal);
}
