using System.Collections.Immutable;
using Paddock.Core.Models;

namespace Paddock.Core.Releases;

/// <summary>Reads the <c>spec</c> of a <c>Model</c>.</summary>
internal static class ModelSpec
{
    private const long MostTokens = 100_000_000;

    private static readonly string[] reasonings = ["none", "optional", "always"];

    public static Model Read(string name, Fields spec)
    {
        var allow = spec.Object("allow");
        var model = new Model
        {
            Name = name,
            Provider = spec.Reference("provider", DocumentKinds.Provider),
            Route = spec.Reference("route", DocumentKinds.ModelRoute),
            UpstreamModel = spec.Text("upstreamModel"),
            AllowTeams = Names(allow, "teams"),
            AllowUsers = Names(allow, "users"),
            Price = spec.Price("price"),
            DisplayName = spec.Text("displayName"),
            Description = spec.Text("description"),
            ContextWindow = (int?)spec.Whole("contextWindow", 1, MostTokens),
            MaxOutputTokens = (int?)spec.Whole("maxOutputTokens", 1, MostTokens),
            SeesImages = spec.Flag("vision") ?? false,
            Reasoning = (ModelReasoning)(spec.Choice("reasoning", reasonings) ?? 0),
        };
        Check(spec, allow, model);
        return model;
    }

    private static void Check(Fields spec, Fields? allow, Model model)
    {
        if (spec.Has("provider") == spec.Has("route"))
        {
            spec.Fault(spec.Has("route") ? "route" : "provider", "A Model names exactly one of 'provider' and 'route'.");
        }

        if (allow is not null)
        {
            allow.Close();
            if (!allow.Has("teams") && !allow.Has("users"))
            {
                // Silence would mean everybody, the opposite of what an author of 'allow: {}' may have meant.
                spec.Fault("allow", "Name 'teams' or 'users', or leave 'allow' out to let everybody use the model.");
            }
        }

        if (model is { ContextWindow: { } window, MaxOutputTokens: { } output } && output > window)
        {
            spec.Fault("maxOutputTokens", "More than the context window holds.");
        }
    }

    private static ImmutableArray<string> Names(Fields? allow, string name) =>
        allow is null ? [] : [.. allow.Texts(name, required: allow.Has(name)).Select(item => item.Text)];
}
