using System.Globalization;
using Microsoft.AspNetCore.Http;
using Paddock.Simulator.Scripts;

namespace Paddock.Simulator;

/// <summary>The headers by which providers tell how much may still be asked, and when again.</summary>
internal static class RateLimits
{
    /// <summary>What a provider of the wire says of its limits.</summary>
    public static void Tell(HttpResponse response, SimulatedWire wire, ScriptedAnswer script, TimeProvider time)
    {
        if (!script.Limits)
        {
            return;
        }

        var (prefix, reset) = wire.Name == "anthropic-messages"
            ? ("anthropic-ratelimit-requests-", time.GetUtcNow().AddSeconds(60).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))
            : ("x-ratelimit-", "1m0s");
        var name = prefix == "x-ratelimit-" ? "-requests" : "";
        response.Headers[$"{prefix}limit{name}"] = "100";
        response.Headers[$"{prefix}remaining{name}"] = "42";
        response.Headers[$"{prefix}reset{name}"] = reset;
    }

    /// <summary>When a refused request may come again, in one of the forms there are.</summary>
    public static void TellRetry(HttpResponse response, ScriptedAnswer script, TimeProvider time)
    {
        switch (script.Retry)
        {
            case "seconds":
                response.Headers.RetryAfter = "1";
                break;
            case "date":
                response.Headers.RetryAfter = time.GetUtcNow().AddSeconds(1).ToString("R", CultureInfo.InvariantCulture);
                break;
            case "ms":
                response.Headers["retry-after-ms"] = "250";
                break;
            case "go":
                response.Headers["x-ratelimit-reset-requests"] = "0m0.25s";
                break;
            default:
                break;
        }
    }
}
