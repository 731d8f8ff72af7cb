using System.Collections.Immutable;
using Paddock.Core.Models;

namespace Paddock.Core.Releases;

/// <summary>Reads the <c>spec</c> of a <c>ModelRoute</c>.</summary>
internal static class ModelRouteSpec
{
    private const int MostTargets = 16;

    public static ModelRoute Read(string name, Fields spec)
    {
        var usual = new ModelRoute { Name = name, Targets = [] };
        return usual with
        {
            Targets = Targets(spec),
            TriesPerTarget = (int)(spec.Whole("triesPerTarget", 1, 10) ?? usual.TriesPerTarget),
            MaxTries = (int)(spec.Whole("maxTries", 1, 30) ?? usual.MaxTries),
            Backoff = spec.Duration("backoff", TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1)) ?? usual.Backoff,
            MaxWait = spec.Duration("maxWait", TimeSpan.Zero, TimeSpan.FromMinutes(10)) ?? usual.MaxWait,
        };
    }

    private static ImmutableArray<RouteTarget> Targets(Fields spec)
    {
        var targets = new List<RouteTarget>();
        foreach (var fields in spec.Objects("targets", required: true))
        {
            var target = new RouteTarget(fields.Reference("provider", DocumentKinds.Provider, required: true) ?? "", fields.Text("model"));
            fields.Close();
            if (targets.Contains(target))
            {
                fields.Place.Fault(fields.Line, fields.Path, "This target stands in the route twice; 'triesPerTarget' says how often one is tried.");
            }

            targets.Add(target);
        }

        if (targets.Count > MostTargets)
        {
            spec.Fault("targets", $"A route has at most {MostTargets} targets.");
        }

        return [.. targets];
    }
}
