using System.Collections.Immutable;
using Paddock.Core.Budgets;

namespace Paddock.Core.Releases;

/// <summary>Reads the <c>spec</c> of a <c>Budget</c>.</summary>
internal static class BudgetSpec
{
    private static readonly string[] scopes = ["key", "user", "team", "task"];
    private static readonly string[] windows = ["hour", "day", "week", "month", "total"];

    public static Budget Read(string name, Fields spec)
    {
        var (usd, tokens) = Limit(spec);
        return new()
        {
            Name = name,
            Scope = (BudgetScope)(spec.Choice("scope", scopes, required: true) ?? 0),
            Subjects = Subjects(spec),
            LimitNanoUsd = usd,
            LimitTokens = tokens,
            Window = (BudgetWindow)(spec.Choice("window", windows, required: true) ?? 0),
            TimeZone = Zone(spec),
        };
    }

    private static (long? NanoUsd, long? Tokens) Limit(Fields spec)
    {
        if (spec.Object("limit", required: true) is not { } limit)
        {
            return default;
        }

        if (!limit.Has("usd") && !limit.Has("tokens"))
        {
            spec.Fault("limit", "A budget limits money ('usd'), 'tokens', or both.");
        }

        var usd = limit.Decimal("usd", 1_000_000_000m);
        var tokens = limit.Whole("tokens", 0, 1_000_000_000_000_000);
        limit.Close();
        return (usd is { } amount ? (long)decimal.Round(amount * 1_000_000_000m, MidpointRounding.ToEven) : null, tokens);
    }

    private static ImmutableArray<string> Subjects(Fields spec) =>
        [.. spec.Texts("subjects", required: spec.Has("subjects")).Select(item => item.Text)];

    private static TimeZoneInfo Zone(Fields spec)
    {
        if (spec.Text("timeZone") is not { } id || id == "UTC")
        {
            return TimeZoneInfo.Utc;
        }

        // The identifier becomes a path below the system's time zone folder, so its shape is checked first.
        var shaped = id.Length <= 64 && char.IsAsciiLetter(id[0]) && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+') && id.Contains('/', StringComparison.Ordinal);
        if (shaped && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone))
        {
            return zone;
        }

        spec.Fault("timeZone", $"This machine knows no time zone {SecretText.Show(id)}; write its IANA name, such as Europe/Zurich.", Suggestion.For(id, TimeZoneInfo.GetSystemTimeZones().Select(known => known.Id)));
        return TimeZoneInfo.Utc;
    }
}
