using Microsoft.Extensions.DependencyInjection;
using Paddock.Core.Audit.Witnesses;
using Paddock.Settings;

namespace Paddock.Witnesses;

/// <summary>Wires the witnesses that the log is handed to.</summary>
internal static class WitnessServices
{
    public static void AddWitnesses(this IServiceCollection services, ServeSettings settings)
    {
        foreach (var witness in settings.ControlOnly ? [] : settings.Witnesses)
        {
            services.AddSingleton<IWitness>(_ => new WitnessClient(witness));
        }
    }
}
