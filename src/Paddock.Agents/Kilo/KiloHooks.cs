using Paddock.Agents.OpenCode;

namespace Paddock.Agents.Kilo;

/// <summary>Kilo's CLI takes opencode's plugins.</summary>
internal sealed class KiloHooks : OpenCodeHooks
{
    public override string Agent => "kilo";
}
