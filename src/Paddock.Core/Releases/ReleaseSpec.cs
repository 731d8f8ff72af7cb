using Paddock.Core.Models;
using Paddock.Core.Policies;
using Paddock.Core.Snapshot;
using Paddock.Core.Tools;

namespace Paddock.Core.Releases;

/// <summary>Reads the <c>spec</c> of a <c>Release</c>.</summary>
internal static class ReleaseSpec
{
    private static readonly string[] effects = ["allow", "require_approval", "deny"];

    public static ReleaseDefaults Read(Fields spec)
    {
        var starter = new ReleaseDefaults();
        if (spec.Object("defaults") is not { } defaults)
        {
            return starter;
        }

        var unlisted = defaults.Choice("unlistedModels", ["allow", "deny"]);
        var unpriced = defaults.Choice("unpriced", ["fallback", "refuse"]);
        var price = defaults.Price("fallbackPrice");
        if (price is not null && unpriced == 1)
        {
            defaults.Fault("fallbackPrice", "With 'unpriced: refuse' no fallback price is ever charged; keep one of the two.");
        }

        if (price is { InputPerMtok: 0 } or { OutputPerMtok: 0 })
        {
            defaults.Fault("fallbackPrice", "A model nobody knows the price of is never free; name a price above 0.");
        }

        var tools = Tools(defaults);
        defaults.Close();
        return new() { Tools = tools, AllowUnlistedModels = unlisted != 1, RefuseUnpriced = unpriced == 1, FallbackPrice = price ?? starter.FallbackPrice };
    }

    /// <summary><c>tools: {command: deny, edit: require_approval, default: allow, approval: {chain: …}}</c></summary>
    private static ToolDefaults Tools(Fields defaults)
    {
        if (defaults.Object("tools") is not { } tools)
        {
            return ToolDefaults.Pilot;
        }

        var others = tools.Choice("default", effects, required: true) ?? 0;
        var read = new ToolDefaults
        {
            Effects = [.. ToolClassNames.All.Select(name => (Effect)(tools.Choice(name, effects) ?? others))],
            Approval = tools.Object("approval") is { } approval ? Approval(approval) : null,
        };
        tools.Close();
        var asks = read.Effects.Contains(Effect.RequireApproval);
        if (asks != tools.Has("approval"))
        {
            defaults.Fault("tools", asks ? "Say with 'approval: {chain: …}' whose approval is required." : "Nobody is asked by these defaults; leave 'approval' out.");
        }

        return read;
    }

    private static RuleApproval Approval(Fields fields)
    {
        var approval = PolicyRuleSpec.ApprovalOf(fields);
        fields.Close();
        return approval;
    }
}
