using Paddock.Core.Agents;
using Paddock.Core.Models;
using Paddock.Core.Policies;
using Paddock.Core.Tasks;

namespace Paddock.Gateway.Tests.Rig;

/// <summary>An agent with a model endpoint of its own whose answers tell their cost, as Roo Code's model proxy does.</summary>
public sealed class ProxiedDialect : IAgentDialect
{
    public const string Path = "/proxied/chat/completions";

    public string Agent => "proxied";

    public IReadOnlyDictionary<string, Paddock.Core.Tools.ToolShape> Tools => System.Collections.Frozen.FrozenDictionary<string, Paddock.Core.Tools.ToolShape>.Empty;

    public IReadOnlyList<ModelEntrance> Entrances => [new(Path, Wire.OpenAiChat, Agent, CostInUsage: true)];

    public bool Recognizes(ICallView call) => false;

    public TaskFacts Read(ICallView call) => TaskFacts.None;

    public RefusalDress Dress(Refusal refusal) => RefusalDress.Plain;
}
