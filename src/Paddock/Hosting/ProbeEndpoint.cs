namespace Paddock.Hosting;

/// <summary>Marks the probes of an orchestrator, which knows neither our names nor our proxies.</summary>
internal sealed class ProbeEndpoint
{
    public static readonly ProbeEndpoint Instance = new();

    private ProbeEndpoint()
    {
    }
}
