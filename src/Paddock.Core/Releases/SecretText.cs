namespace Paddock.Core.Releases;

/// <summary>Recognises secrets that were pasted into a document. They are refused, and no fault ever shows them.</summary>
internal static class SecretText
{
    public const string Remedy = "Secrets never stand in documents. Say where it is: 'credential: {env: NAME}' or 'credential: {file: /PATH}'.";

    private static readonly string[] fields = ["apikey", "key", "token", "secret", "password", "passwd", "accesskey", "secretkey", "accesstoken", "bearer", "bearertoken", "clientsecret", "authorization"];

    private static readonly string[] beginnings =
        ["sk-", "sk_", "pk_", "gsk_", "xai-", "AIza", "ghp_", "gho_", "ghs_", "github_pat_", "glpat-", "xoxb-", "xoxp-", "AKIA", "ASIA", "hf_", "Bearer ", "-----BEGIN"];

    /// <summary>Whether a field of this name would hold a secret.</summary>
    public static bool IsFieldName(string name) =>
        fields.Contains(name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a text has the shape of a well-known kind of key.</summary>
    public static bool IsKey(string text) =>
        text.Length >= 16 && beginnings.Any(beginning => text.StartsWith(beginning, StringComparison.Ordinal)) && (text.Any(char.IsAsciiDigit) || text.Contains(' ', StringComparison.Ordinal));

    /// <summary>A text as a fault may show it: quoted, short, and nothing of what may be a secret.</summary>
    public static string Show(string text) => IsKey(text) || text.Contains('@', StringComparison.Ordinal) && text.Contains("://", StringComparison.Ordinal)
        ? "a text that is not shown here"
        : "'" + (text.Length <= 60 ? text : text[..57] + "…") + "'";
}
