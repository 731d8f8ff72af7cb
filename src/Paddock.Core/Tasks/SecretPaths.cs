using System.Collections.Immutable;
using Paddock.Core.Policies.Matching;

namespace Paddock.Core.Tasks;

/// <summary>Where secrets usually lie. Reading there taints a task with <see cref="TaintLabels.ReadSecret"/>. Documented in docs/policies.md.</summary>
public static class SecretPaths
{
    /// <summary>Folders, whatever lies in them.</summary>
    public static readonly ImmutableArray<string> Folders = [".ssh", ".aws", ".azure", ".gnupg", ".kube", ".password-store", "gcloud"];

    /// <summary>Files by their name; <c>*</c> stands for any characters.</summary>
    public static readonly ImmutableArray<string> Names =
    [
        ".env", ".env.*", ".netrc", "_netrc", ".npmrc", ".pypirc", ".pgpass", ".my.cnf", ".git-credentials", ".vault-token", "id_rsa", "id_dsa", "id_ecdsa", "id_ed25519",
        "*.pem", "*.key", "*.p12", "*.pfx", "*.jks", "*.keystore", "*.kdbx", "*.tfstate", "credentials", "credentials.json", "secrets.json", "secrets.yaml", "secrets.yml",
    ];

    /// <summary>Files by the end of their path.</summary>
    public static readonly ImmutableArray<string> Ends = [".docker/config.json", "etc/shadow", "self/environ"];

    /// <summary>Names that look like those and hold samples.</summary>
    public static readonly ImmutableArray<string> Samples = [".env.example", ".env.sample", ".env.template", ".env.dist"];

    private const int ShortestGlob = 3;

    /// <summary>Whether a path names such a file or folder, or a glob that is cut off within such a name (<c>.en*</c>). Letter case makes no difference.</summary>
    public static bool Touches(PathText path)
    {
        if (path.Parts.IsEmpty)
        {
            return false;
        }

        foreach (var part in path.Parts)
        {
            if (Folders.Contains(part, StringComparer.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        var last = path.Parts[^1];
        return !Samples.Contains(last, StringComparer.OrdinalIgnoreCase)
            && (Names.Any(name => IsNamed(last, name)) || Ends.Any(end => ("/" + path.Text).EndsWith("/" + end, StringComparison.OrdinalIgnoreCase)));
    }

    private static bool IsNamed(string last, string name)
    {
        var wild = last.AsSpan().IndexOfAny("*?[{$");
        return name switch
        {
            _ when wild >= 0 => wild >= ShortestGlob && !name.StartsWith('*') && name.StartsWith(last[..wild], StringComparison.OrdinalIgnoreCase),
            ['*', .. var end] => last.EndsWith(end, StringComparison.OrdinalIgnoreCase),
            [.. var begin, '*'] => last.StartsWith(begin, StringComparison.OrdinalIgnoreCase),
            _ => last.Equals(name, StringComparison.OrdinalIgnoreCase),
        };
    }
}
