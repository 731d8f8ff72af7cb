using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Control;
using Paddock.Control.Identity;
using Paddock.Control.Incidents;
using Paddock.Core.Releases;

namespace Paddock.Demo;

/// <summary>Watching and responding at a demo's pace: the shipped alert and runbook for a provider that fails, in minutes instead of hours, and somebody who is on call.</summary>
internal static class DemoWatch
{
    public const string Runbook = "provider-degradation", OnCall = "demo-on-call";

    /// <summary>They take the place of the shipped documents of the same names.</summary>
    public static IReadOnlyList<SourceFile> Documents { get; } =
    [
        new("watch.yaml", """
            apiVersion: paddock/v1alpha1
            kind: AlertRule
            metadata: {name: provider-outage, owner: demo}
            spec:
              burn:
                slo: provider-availability
                atLeast: 20
                windows:
                - {long: 3m, short: 1m, times: 14.4, severity: page}
            """),
        new("runbook.yaml", Quick()),
    ];

    public static async Task StaffAsync(IServiceProvider services, Actor actor, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<CreateUser>().RunAsync(actor, new() { Name = OnCall }, cancellationToken);
        await services.GetRequiredService<SetOnCall>().RunAsync(actor, new(OnCall), cancellationToken);
    }

    /// <summary>The shipped runbook with shorter waits.</summary>
    private static string Quick()
    {
        var document = JsonNode.Parse(ShippedRunbooks.All.Single(static one => one.Name == Runbook).Source)!; // it was read
        var spec = document["spec"]!;
        spec["hold"] = "3m";
        foreach (var step in spec["steps"]!.AsArray().Where(static step => step!["verify"] is not null))
        {
            var verify = step!["verify"]!;
            (verify["over"], verify["after"], verify["again"]) = ("1m", "75s", "30s");
        }

        return document.ToJsonString();
    }
}
