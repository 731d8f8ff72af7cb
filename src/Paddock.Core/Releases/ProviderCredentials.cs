using System.Collections.Immutable;
using Paddock.Core.Models;

namespace Paddock.Core.Releases;

/// <summary>Reads how a provider is shown who asks: <c>auth</c>, and <c>credential</c> or <c>credentials</c>.</summary>
internal static class ProviderCredentials
{
    private static readonly string[] schemes = ["bearer", "api-key", "header", "none"];

    /// <summary>Without <c>auth</c>: a bearer token, or <c>x-api-key</c> for a provider that speaks Anthropic's wire only, as those two expect it.</summary>
    public static ProviderAuth Auth(Fields spec, ImmutableArray<Wire> wires)
    {
        if (spec.Object("auth") is not { } fields)
        {
            return new(wires is [Wire.AnthropicMessages] ? AuthScheme.ApiKey : AuthScheme.Bearer);
        }

        var scheme = (AuthScheme)(fields.Choice("scheme", schemes, required: true) ?? 0);
        var header = fields.Text("header");
        if (header is not null && (scheme is not AuthScheme.Header || !ProviderHeaders.IsName(header)))
        {
            fields.Fault("header", scheme is AuthScheme.Header ? "This is no name of an HTTP header." : "Only 'scheme: header' takes a header's name.");
        }
        else if (header is null && scheme is AuthScheme.Header)
        {
            fields.Fault("header", "'scheme: header' needs the name of the header.");
        }
        else if (header is not null && ProviderHeaders.IsReserved(header))
        {
            fields.Fault("header", "This header belongs to the connection and cannot carry a credential.");
        }

        fields.Close();
        return new(scheme, header);
    }

    public static ImmutableArray<CredentialReference> Read(Fields spec)
    {
        var one = spec.Object("credential");
        var several = spec.Objects("credentials", required: spec.Has("credentials")).ToList();
        var isNone = AuthIsNone(spec);
        var given = spec.Has("credential") || spec.Has("credentials");
        if (spec.Has("credential") && spec.Has("credentials"))
        {
            spec.Fault("credentials", "Keep one of 'credential' and 'credentials'.");
        }

        if (isNone && given)
        {
            spec.Fault("auth", "With 'scheme: none' no credential is ever sent; keep one of the two.");
        }

        if (!isNone && !given)
        {
            spec.Fault("credential", "Say where the provider's key is: {env: NAME} or {file: /PATH}. A provider without a key says 'auth: {scheme: none}'.");
        }

        return [.. (one is null ? several : [one, .. several]).Select(Reference)];
    }

    private static bool AuthIsNone(Fields spec) => spec.Object("auth") is { } auth && auth.Take("scheme") is ScalarNode { Text: "none" };

    private static CredentialReference Reference(Fields fields)
    {
        var variable = fields.Text("env");
        var file = fields.File("file");
        if (fields.Has("env") == fields.Has("file"))
        {
            fields.Place.Fault(fields.Line, fields.Path, "A credential names exactly one of 'env' and 'file'.");
        }

        if (variable is not null && !IsVariable(variable))
        {
            fields.Fault("env", "Expected the name of an environment variable, not its value.");
        }

        var reference = new CredentialReference(variable is not null ? "env:" + variable : "file:" + file, fields.Moment("notAfter"));
        fields.Close();
        return reference;
    }

    private static bool IsVariable(string name) =>
        name.Length <= 128 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
