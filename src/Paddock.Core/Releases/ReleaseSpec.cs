using Paddock.Core.Models;
using Paddock.Core.Snapshot;

namespace Paddock.Core.Releases;

/// <summary>Reads the <c>spec</c> of a <c>Release</c>.</summary>
internal static class ReleaseSpec
{
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

        defaults.Close();
        return new() { AllowUnlistedModels = unlisted != 1, RefuseUnpriced = unpriced == 1, FallbackPrice = price ?? starter.FallbackPrice };
    }
}
