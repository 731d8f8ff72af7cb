using System.Collections.Immutable;
using System.Net;
using Paddock.Control.Identity;
using Paddock.Core.Identity;

namespace Paddock.Settings;

/// <summary>Works out how people sign in.</summary>
internal static class SignInBinding
{
    /// <summary>Not a setting: it must not stand in a file that people copy about.</summary>
    public const string SecretVariable = "PADDOCK_SIGNIN_OIDC_CLIENT_SECRET";

    public static SignInSettings Bind(SettingsBinder binder, IReadOnlyDictionary<string, string> environment) => new()
    {
        Organization = binder.Text(KnownSettings.Organization) ?? "Paddock",
        Oidc = Oidc(binder, environment),
        Rules = Rules(binder),
        Lifetimes = Lifetimes(binder),
        RooRedirects = RooRedirects(binder),
    };

    private static OidcSettings? Oidc(SettingsBinder binder, IReadOnlyDictionary<string, string> environment)
    {
        if (binder.Text(KnownSettings.OidcIssuer) is not { } text)
        {
            foreach (var setting in KnownSettings.Oidc.Where(binder.Has))
            {
                binder.Fault(setting, $"This is for an identity provider, and none is named: say {KnownSettings.OidcIssuer.Key} too.");
            }

            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var issuer) || !IsSafe(issuer))
        {
            binder.Fault(KnownSettings.OidcIssuer, "Expected an https address as the provider's discovery names it, such as https://login.example.com/realms/company; http only on this machine.");
            return null;
        }

        var clientId = binder.Text(KnownSettings.OidcClientId);
        if (clientId is null)
        {
            binder.Fault(KnownSettings.OidcClientId, "The identity provider knows Paddock by a client id; say which.");
        }

        var scope = string.Join(' ', binder.List(KnownSettings.OidcScopes) ?? ["openid", "profile", "email"]);
        if (!scope.Split(' ').Contains("openid"))
        {
            binder.Fault(KnownSettings.OidcScopes, "Without the scope openid there is no ID token.");
        }

        return new(
            binder.Text(KnownSettings.OidcName) ?? issuer.Host, issuer, clientId ?? "", Secret(binder, environment), scope,
            binder.Text(KnownSettings.OidcNameClaim) ?? "email", binder.Text(KnownSettings.OidcGroupsClaim) ?? "groups", binder.PathOf(KnownSettings.OidcCaFile));
    }

    /// <summary>Reads <c>GROUP = team:NAME</c>, <c>GROUP = role:NAME</c> and <c>GROUP = allow</c>.</summary>
    private static ExternalSignInRules Rules(SettingsBinder binder)
    {
        var (teams, roles, allowed) = (new List<(string, string)>(), new List<(string, ControlRoles)>(), new List<string>());
        foreach (var line in binder.Lines(KnownSettings.OidcGroups) ?? [])
        {
            var (group, meaning) = line.LastIndexOf('=') is > 0 and var at ? (line[..at].Trim(), line[(at + 1)..].Trim()) : ("", "");
            switch (meaning.Split(':', 2))
            {
                case ["team", { Length: > 0 } team] when group.Length > 0:
                    teams.Add((group, team.Trim()));
                    break;
                case ["role", { } role] when group.Length > 0 && ControlRoleNames.Parse(role.Trim()) is not ControlRoles.None and var known:
                    roles.Add((group, known));
                    break;
                case ["allow"] when group.Length > 0:
                    allowed.Add(group);
                    break;
                default:
                    binder.Fault(KnownSettings.OidcGroups, $"'{line}' is none of GROUP = team:NAME, GROUP = role:ROLE and GROUP = allow. Roles are {string.Join(", ", ControlRoleNames.All)}.");
                    break;
            }
        }

        return new() { Groups = new() { Teams = [.. teams], Roles = [.. roles] }, AllowedGroups = [.. allowed], LinksByName = binder.Switch(KnownSettings.OidcLinkByName, otherwise: false) };
    }

    private static SessionLifetimes Lifetimes(SettingsBinder binder)
    {
        var usual = new SessionLifetimes();
        return usual with
        {
            Console = binder.Duration(KnownSettings.ConsoleSession, usual.Console, TimeSpan.FromDays(7)),
            OwnKeys = OwnKeys(binder),
            Agents = binder.Duration(KnownSettings.AgentSession, usual.Agents, TimeSpan.FromDays(90)),
        };
    }

    private static TimeSpan OwnKeys(SettingsBinder binder)
    {
        var lasts = binder.Duration(KnownSettings.OwnKeys, SessionLifetimes.LongestOwnKey, SessionLifetimes.LongestOwnKey);
        if (lasts.Ticks % TimeSpan.TicksPerDay != 0)
        {
            binder.Fault(KnownSettings.OwnKeys, "Keys last whole days, such as 30d.");
        }

        return lasts;
    }

    private static IReadOnlyList<string> RooRedirects(SettingsBinder binder)
    {
        var redirects = binder.List(KnownSettings.RooRedirects) ?? [];
        foreach (var redirect in redirects.Where(static redirect => !Agents.RooCode.SignIn.RooRedirects.MayBeAllowed(redirect)))
        {
            binder.Fault(KnownSettings.RooRedirects, $"'{redirect}' is no editor and extension; expected such as vscode://publisher.name, with a scheme that is the editor's own.");
        }

        return redirects;
    }

    private static bool IsSafe(Uri issuer) =>
        issuer is { UserInfo: "", Query: "", Fragment: "" } && (issuer.Scheme == Uri.UriSchemeHttps || (issuer.Scheme == Uri.UriSchemeHttp && IPAddress.TryParse(issuer.Host, out var address) && IPAddress.IsLoopback(address)));

    private static Secret? Secret(SettingsBinder binder, IReadOnlyDictionary<string, string> environment)
    {
        var said = environment.GetValueOrDefault(SecretVariable) is { Length: > 0 } variable ? variable.Trim() : null;
        if (binder.PathOf(KnownSettings.OidcClientSecretFile) is { } file)
        {
            if (said is not null)
            {
                binder.Fault(KnownSettings.OidcClientSecretFile, $"The secret is said twice: in this file and in {SecretVariable}.");
            }

            try
            {
                said = File.ReadAllText(file).Trim();
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                binder.Fault(KnownSettings.OidcClientSecretFile, $"The file cannot be read: {fault.Message}");
            }
        }

        return said is null ? null : new(said);
    }
}
