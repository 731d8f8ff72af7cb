namespace Paddock.Agents.RooCode.Attachments;

/// <summary>What the extensions (Roo Code 3.52.1, Zoo Code) and the command line (0.1.17) read from their environment.</summary>
internal static class RooVariables
{
    /// <summary>Node's own; with it the extension trusts a company's authority.</summary>
    public const string CaVariable = "NODE_EXTRA_CA_CERTS";

    public static IReadOnlyList<(string Name, string Value)> Of(AttachTarget target)
    {
        var roo = target.Server + "/roo";
        List<(string, string)> variables =
        [
            (target.Agent == "zoo-code" ? "ZOO_CODE_API_URL" : "ROO_CODE_API_URL", roo),
            ("CLERK_BASE_URL", roo + "/clerk"),
            ("ROO_CODE_PROVIDER_URL", roo + "/proxy"),
        ];
        if (target.Agent == "roo-code")
        {
            variables.AddRange([("ROO_AUTH_BASE_URL", roo), ("ROO_SDK_BASE_URL", roo)]);
        }

        if (target.CaFile is { } ca)
        {
            variables.Add((CaVariable, ca));
        }

        return variables;
    }
}
