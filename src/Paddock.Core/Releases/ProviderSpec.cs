using System.Collections.Immutable;
using Paddock.Core.Models;

namespace Paddock.Core.Releases;

/// <summary>Reads the <c>spec</c> of a <c>Provider</c>.</summary>
internal static class ProviderSpec
{
    private static readonly string[] aborts = ["cancel", "drain"];
    private static readonly TimeSpan shortest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan longest = TimeSpan.FromHours(1);

    public static Provider Read(string name, Fields spec)
    {
        var wires = Wires(spec);
        return new()
        {
            Name = name,
            Wires = wires,
            BaseUrl = spec.Url("baseUrl", required: true) ?? ProviderAddress.Nowhere,
            Paths = Paths(spec, wires),
            Auth = ProviderCredentials.Auth(spec, wires),
            Credentials = ProviderCredentials.Read(spec),
            Headers = ProviderHeaders.Read(spec),
            Proxy = spec.Url("proxy"),
            CaFile = spec.File("caFile"),
            ClientCert = ClientCert(spec),
            Timeouts = Timeouts(spec),
            OnAbort = (AbortHandling)(spec.Choice("onAbort", aborts) ?? 0),
            PriceProvider = PriceProvider(spec),
        };
    }

    private static ImmutableArray<Wire> Wires(Fields spec)
    {
        var wires = new List<Wire>();
        foreach (var (text, line, path) in spec.Texts("wires", required: true))
        {
            if (FieldValues.ChoiceOf(spec.Place, line, path, text, WireNames.All) is { } index)
            {
                wires.Add((Wire)index);
            }
        }

        return [.. wires];
    }

    private static ImmutableDictionary<Wire, string> Paths(Fields spec, ImmutableArray<Wire> wires)
    {
        var paths = ImmutableDictionary<Wire, string>.Empty;
        foreach (var (key, value, line, path) in spec.Pairs("paths"))
        {
            if (FieldValues.ChoiceOf(spec.Place, line, path, key, WireNames.All) is not { } index)
            {
                continue;
            }

            if (!wires.Contains((Wire)index))
            {
                spec.Place.Fault(line, path, "This wire is not among the provider's 'wires'.");
            }

            if (value[0] != '/' || value.StartsWith("//", StringComparison.Ordinal) || value.Any(c => c is <= ' ' or > '~' or '#' or '\\') || value.Split('?')[0].Split('/').Contains("..", StringComparer.Ordinal))
            {
                spec.Place.Fault(line, path, "A path begins with one '/' and holds neither blanks, '#', backslashes nor '..'; a query may follow.");
            }

            paths = paths.SetItem((Wire)index, value);
        }

        return paths;
    }

    private static ClientCertificate? ClientCert(Fields spec)
    {
        if (spec.Object("clientCert") is not { } fields)
        {
            return null;
        }

        var certificate = new ClientCertificate(fields.File("certFile", required: true) ?? "", fields.File("keyFile", required: true) ?? "");
        fields.Close();
        return certificate;
    }

    private static ProviderTimeouts Timeouts(Fields spec)
    {
        var usual = new ProviderTimeouts();
        if (spec.Object("timeouts") is not { } fields)
        {
            return usual;
        }

        var timeouts = new ProviderTimeouts
        {
            Connect = fields.Duration("connect", shortest, longest) ?? usual.Connect,
            FirstByte = fields.Duration("firstByte", shortest, longest) ?? usual.FirstByte,
            Idle = fields.Duration("idle", shortest, longest) ?? usual.Idle,
        };
        fields.Close();
        return timeouts;
    }

    private static string? PriceProvider(Fields spec)
    {
        if (spec.Text("priceProvider") is not { } name)
        {
            return null;
        }

        if (PriceBook.Embedded.Providers is { } known && !known.Contains(name, StringComparer.Ordinal))
        {
            spec.Fault("priceProvider", $"The price file has no provider {SecretText.Show(name)}.", Suggestion.For(name, known));
        }

        return name;
    }
}
