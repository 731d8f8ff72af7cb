namespace Paddock.Core.Audit.Masking;

/// <summary>A form of tokens that tells by itself what it is.</summary>
/// <param name="Kind">As placeholders say it.</param>
/// <param name="Anchor">What always stands in it, letter case included; mostly its beginning.</param>
/// <param name="Body">What may follow.</param>
/// <param name="Least">Fewest characters that follow.</param>
/// <param name="Most">Most; what is longer is something else.</param>
internal sealed record TokenFormat(string Kind, string Anchor, TokenChars Body, int Least, int Most)
{
    /// <summary>Characters before the anchor that belong to it.</summary>
    public int Before { get; init; }

    public TokenChars BeforeChars { get; init; } = TokenChars.Digits;

    /// <summary>The most of them, when they are not always as many.</summary>
    public int MostBefore { get; init; }

    /// <summary>Its beginning is common in words, so what follows must look random.</summary>
    public bool IsCommon { get; init; }
}

/// <summary>Characters of tokens.</summary>
internal enum TokenChars
{
    Digits,
    Hex,
    UpperDigits,
    Alphanumeric,
    /// <summary>And <c>_</c>.</summary>
    Word,
    /// <summary>And <c>_ -</c>.</summary>
    Url,
    /// <summary>And <c>_ - .</c>.</summary>
    Dotted,
    /// <summary>And <c>_ - + /</c>.</summary>
    Base64Body,
    /// <summary>And <c>_ - + / =</c>.</summary>
    Base64,
}

/// <summary>
/// Forms of tokens, as their issuers document them and as GitHub's and GitLab's secret scanners and gitleaks look for them. Lengths are a little
/// generous: issuers lengthen their tokens more often than they change how they begin.
/// </summary>
internal static class TokenFormats
{
    public const string Bot = "bot-token";

    private const int Any = 1_000;

    public static readonly TokenFormat[] All =
    [
        .. Each("github-token", ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"], TokenChars.Word, 30, Any),
        new("github-token", "github_pat_", TokenChars.Word, 30, Any),
        .. Each("gitlab-token", ["glpat-", "gldt-", "glrt-", "glptt-", "glft-", "glcbt-", "glimt-", "glagent-", "gloas-", "glsoat-", "glffct-", "glwt-"], TokenChars.Dotted, 20, Any),
        new("bitbucket-token", "ATBB", TokenChars.Base64, 24, 60),
        .. Each("atlassian-token", ["ATATT3x", "ATCTT3x"], TokenChars.Base64, 40, Any),
        .. Each("aws-key-id", ["AKIA", "ASIA", "ABIA", "ACCA"], TokenChars.UpperDigits, 16, 16),
        new("aws-bedrock-key", "ABSK", TokenChars.Base64, 100, Any),
        new("google-api-key", "AIza", TokenChars.Url, 33, 39),
        new("google-token", "ya29.", TokenChars.Dotted, 20, Any),
        new("google-token", "1//0", TokenChars.Url, 30, Any),
        new("google-secret", "GOCSPX-", TokenChars.Url, 20, 40),
        new("azure-secret", "Q~", TokenChars.Dotted, 28, 40) { Before = 4, BeforeChars = TokenChars.Url },
        new("alibaba-key-id", "LTAI", TokenChars.Alphanumeric, 12, 30) { IsCommon = true },
        .. Each("digitalocean-token", ["dop_v1_", "doo_v1_", "dor_v1_"], TokenChars.Hex, 60, 70),
        new("anthropic-key", "sk-ant-", TokenChars.Url, 20, Any),
        .. Each("openai-key", ["sk-proj-", "sk-svcacct-", "sk-admin-"], TokenChars.Url, 20, Any),
        new("openrouter-key", "sk-or-v1-", TokenChars.Hex, 40, 80),
        new("api-key", "sk-", TokenChars.Url, 20, Any) { IsCommon = true },
        new("api-key", "sk_", TokenChars.Word, 20, Any) { IsCommon = true },
        new("xai-key", "xai-", TokenChars.Url, 40, Any),
        new("groq-key", "gsk_", TokenChars.Alphanumeric, 40, Any),
        new("perplexity-key", "pplx-", TokenChars.Alphanumeric, 40, Any),
        new("replicate-token", "r8_", TokenChars.Alphanumeric, 30, 50),
        new("nvidia-key", "nvapi-", TokenChars.Url, 40, Any),
        .. Each("huggingface-token", ["hf_", "api_org_"], TokenChars.Alphanumeric, 30, 50),
        .. Each("stripe-key", ["sk_live_", "sk_test_", "rk_live_", "rk_test_", "sk_prod_", "rk_prod_"], TokenChars.Alphanumeric, 10, Any),
        .. Each("stripe-secret", ["whsec_"], TokenChars.Base64, 24, Any),
        .. Each("square-token", ["sq0atp-", "sq0csp-", "EAAAE"], TokenChars.Url, 22, 80),
        new("paypal-token", "access_token$production$", TokenChars.Word, 30, Any),
        .. Each("slack-token", ["xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxo-", "xoxe-", "xoxe.xoxp-", "xoxe.xoxb-", "xoxc-", "xoxd-", "xapp-"], TokenChars.Url, 10, Any),
        .. Each("slack-webhook", ["hooks.slack.com/services/", "hooks.slack.com/workflows/"], TokenChars.Base64, 30, 120),
        new("teams-webhook", "webhook.office.com/webhookb2/", TokenChars.Base64, 60, 250),
        .. Each("discord-webhook", ["discord.com/api/webhooks/", "discordapp.com/api/webhooks/"], TokenChars.Base64, 60, 120),
        new("telegram-token", ":AA", TokenChars.Url, 32, 36) { Before = 8, MostBefore = 10 },
        new("sendgrid-key", "SG.", TokenChars.Dotted, 60, 72),
        new("mailgun-key", "key-", TokenChars.Hex, 32, 32),
        new("mailchimp-key", "-us", TokenChars.Digits, 1, 2) { Before = 32, BeforeChars = TokenChars.Hex },
        .. Each("brevo-key", ["xkeysib-", "xsmtpsib-"], TokenChars.Url, 60, 100),
        new("twilio-key", "SK", TokenChars.Hex, 32, 32),
        new("npm-token", "npm_", TokenChars.Alphanumeric, 30, 50),
        new("pypi-token", "pypi-", TokenChars.Url, 50, Any),
        new("rubygems-key", "rubygems_", TokenChars.Hex, 40, 60),
        new("crates-token", "cio", TokenChars.Alphanumeric, 32, 32) { IsCommon = true },
        new("nuget-key", "oy2", TokenChars.Alphanumeric, 43, 43),
        .. Each("docker-token", ["dckr_pat_", "dckr_oat_"], TokenChars.Url, 20, 50),
        .. Each("shopify-token", ["shpat_", "shpss_", "shpca_", "shppa_"], TokenChars.Hex, 32, 32),
        .. Each("tailscale-key", ["tskey-auth-", "tskey-api-", "tskey-client-", "tskey-"], TokenChars.Url, 16, 80),
        .. Each("vault-token", ["hvs.", "hvb.", "hvr."], TokenChars.Url, 20, Any),
        new("terraform-token", ".atlasv1.", TokenChars.Base64, 60, 70) { Before = 14, BeforeChars = TokenChars.Alphanumeric },
        new("databricks-token", "dapi", TokenChars.Hex, 32, 32),
        new("pulumi-token", "pul-", TokenChars.Hex, 40, 40),
        .. Each("grafana-token", ["glsa_", "glc_"], TokenChars.Base64, 32, Any),
        .. Each("newrelic-key", ["NRAK-", "NRJS-", "NRRA-"], TokenChars.Alphanumeric, 19, 42),
        .. Each("sentry-token", ["sntrys_", "sntryu_"], TokenChars.Base64, 40, Any),
        new("dynatrace-token", "dt0c01.", TokenChars.Dotted, 60, 100),
        .. Each("doppler-token", ["dp.pt.", "dp.st.", "dp.ct.", "dp.sa.", "dp.scim.", "dp.audit."], TokenChars.Dotted, 36, 80),
        .. Each("planetscale-token", ["pscale_pw_", "pscale_tkn_", "pscale_oauth_"], TokenChars.Dotted, 30, 70),
        .. Each("supabase-key", ["sbp_", "sb_secret_"], TokenChars.Url, 30, 60),
        .. Each("linear-key", ["lin_api_", "lin_oauth_"], TokenChars.Alphanumeric, 30, 70),
        new("notion-token", "ntn_", TokenChars.Alphanumeric, 40, 50),
        new("notion-token", "secret_", TokenChars.Alphanumeric, 43, 43) { IsCommon = true },
        .. Each("figma-token", ["figd_", "figu_"], TokenChars.Url, 30, 60),
        new("postman-key", "PMAK-", TokenChars.Url, 50, 70),
        new("airtable-token", "pat", TokenChars.Dotted, 79, 79) { IsCommon = true },
        new("buildkite-token", "bkua_", TokenChars.Hex, 40, 40),
        new("netlify-token", "nfp_", TokenChars.Alphanumeric, 30, 50),
        .. Each("fly-token", ["fm1r_", "fm2_", "fo1_"], TokenChars.Base64, 40, Any),
        new("heroku-key", "HRKU-", TokenChars.Url, 30, 70),
        new("age-key", "AGE-SECRET-KEY-1", TokenChars.UpperDigits, 50, 70),
        new("onepassword-token", "ops_eyJ", TokenChars.Base64, 100, Any),
        new("paddock-key", "pk_", TokenChars.Word, 47, 47),
    ];

    private static IEnumerable<TokenFormat> Each(string kind, string[] anchors, TokenChars body, int least, int most) =>
        anchors.Select(anchor => new TokenFormat(kind, anchor, body, least, most));
}
