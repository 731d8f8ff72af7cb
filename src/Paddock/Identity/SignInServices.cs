using Microsoft.Extensions.DependencyInjection;
using Paddock.Agents.RooCode.SignIn;
using Paddock.Core.Identity;
using Paddock.Settings;

namespace Paddock.Identity;

/// <summary>Wires how people sign in.</summary>
internal static class SignInServices
{
    public static void AddSignIn(this IServiceCollection services, SignInSettings settings)
    {
        services.AddSingleton(settings.Lifetimes).AddSingleton(settings.Rules).AddSingleton(new RooRedirects(settings.RooRedirects));
        if (settings.Oidc is { } oidc)
        {
            services.AddSingleton(oidc).AddSingleton<OidcClient>().AddSingleton<IIdentityProvider, OidcProvider>();
        }
    }
}
