using System.Text.RegularExpressions;

namespace Paddock.Core.Policies.Decisions;

/// <summary>
/// Masks what looks like a secret, so that it can be kept: letters become <c>x</c> or <c>X</c>, digits <c>0</c>, all else stays. The shape
/// stays too, so that a rule that looks for keys of some kind finds the same. It knows shapes, not secrets: it can miss one.
/// </summary>
internal static partial class SecretMask
{
    private const string Names = "pass(?:word|wd|phrase)?|pwd|secret|token|(?:api|access|secret|private|auth)[_-]?key|client[_-]?secret|credentials?";

    /// <summary>Options whose next word is a secret, of programs that call them by a name of their own.</summary>
    private static readonly HashSet<(string Program, string Option)> options =
    [
        ("curl", "-u"), ("curl", "--user"), ("curl", "-U"), ("curl", "--proxy-user"), ("curl", "-b"), ("curl", "--cookie"), ("wget", "--http-passwd"), ("sshpass", "-p"),
        ("docker", "-p"), ("podman", "-p"), ("redis-cli", "-a"), ("http", "-a"), ("https", "-a"), ("az", "-p"), ("mongosh", "-p"), ("ldapsearch", "-w"), ("openssl", "-passin"), ("openssl", "-passout"),
    ];

    /// <summary>Programs whose option <c>-p</c> has a password right behind it.</summary>
    private static readonly HashSet<string> attached = new(StringComparer.Ordinal) { "mysql", "mysqldump", "mysqladmin", "mariadb" };

    /// <summary>All of it.</summary>
    public static string Hide(string text) => string.Create(text.Length, text, static (span, from) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = from[i] switch { >= 'a' and <= 'z' => 'x', >= 'A' and <= 'Z' => 'X', >= '0' and <= '9' => '0', > '\x7f' => 'x', var other => other };
        }
    });

    /// <summary>What looks like a secret by itself or by what stands before it.</summary>
    public static string Mask(string text)
    {
        if (text.Length < 8)
        {
            return text;
        }

        try
        {
            return Shapes().Replace(text, static match => Hidden(match));
        }
        catch (RegexMatchTimeoutException)
        {
            return Hide(text);
        }
    }

    /// <summary>Whether the word after this one is a secret.</summary>
    public static bool TakesSecret(string program, string option) =>
        option.StartsWith('-') && !option.Contains('=', StringComparison.Ordinal) && (options.Contains((Bare(program), option)) || Option().IsMatch(option));

    /// <summary>Whether a word is an option with a secret right behind it.</summary>
    public static bool HoldsSecret(string program, string word) =>
        word.Length > 2 && word.StartsWith("-p", StringComparison.Ordinal) && attached.Contains(Bare(program));

    /// <summary>Whether an assigned name says that its value is a secret.</summary>
    public static bool IsSecretName(string name) => Name().IsMatch(name);

    private static string Bare(string program) => program[(program.LastIndexOf('/') + 1)..];

    private static string Hidden(Match match)
    {
        var hide = match.Groups["hide"];
        return string.Concat(match.Value.AsSpan(0, hide.Index - match.Index), Hide(hide.Value), match.Value.AsSpan(hide.Index - match.Index + hide.Length));
    }

    // The limit is by the wall: on a busy machine a tenth of a second passes in the first match alone, and what is not told in time is masked.
    [GeneratedRegex(
        """
        (?<hide>-----BEGIN[ A-Z]*PRIVATE\ KEY-----[\s\S]*)
        |\b(gh[oprsu]_|github_pat_|glpat-|sk[-_]|rk_|pk_|gsk_|xai-|xox[abeprs]-|AKIA|ASIA|AIza|ya29\.|npm_|pypi-|hf_|dop_v1_|SG\.|dckr_pat_|tskey-|shpat_)(?=[A-Za-z_.-]*[0-9])(?<hide>[A-Za-z0-9_.-]{8,})
        |\b(?<hide>eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_.-]{4,})
        |(?i:authorization)\\?["']?\s*[:=]\s*\\?["']?((?i:bearer|basic|token|digest)\s+)?(?<hide>[^\s"'\\]{4,})
        |(?i:bearer)\s+(?<hide>[A-Za-z0-9._~+/=-]{8,})
        |://[^/\s:@"']*:(?<hide>[^/\s@"']+)@
        |://(?<hide>[A-Za-z0-9_.-]{16,})@
        |(?i:
        """ + Names + """
        )\\?["']?\s*[:=]\s*\\?["']?(?<hide>[^\s"'&,;|)}\\]{3,})
        |--?(?i:[a-z-]{0,40}(
        """ + Names + """
        ))\s+\\?["']?(?<hide>[^\s"'&;|)\\-][^\s"'&;|)\\]{2,})
        |(?<![A-Za-z0-9_/.-])(?=[A-Za-z0-9_-]*[a-z])(?=[A-Za-z0-9_-]*[A-Z])(?=[A-Za-z0-9_-]*[0-9])(?<hide>[A-Za-z0-9_-]{32,})
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2_000)]
    private static partial Regex Shapes();

    [GeneratedRegex("^--?(?i:[a-z-]{0,40}(" + Names + "))$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Option();

    [GeneratedRegex("(?i:" + Names + "|auth|key)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}
