using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Paddock.Agents.ClaudeCode;
using Paddock.Agents.Cline;
using Paddock.Agents.Codex;
using Paddock.Agents.Continue;
using Paddock.Agents.Copilot;
using Paddock.Agents.Cursor;
using Paddock.Agents.GeminiCli;
using Paddock.Agents.Hooks;
using Paddock.Agents.Kilo;
using Paddock.Agents.OpenCode;
using Paddock.Agents.RooCode;
using Paddock.Agents.RooCode.Settings;
using Paddock.Agents.RooCode.SignIn;
using Paddock.Agents.RooCode.Tasks;
using Paddock.Agents.Telemetry;
using Paddock.Control.Identity;
using Paddock.Core.Agents;
using Paddock.Core.Modes;

namespace Paddock.Agents;

/// <summary>The agents Paddock knows. Their endpoints need a model catalogue, a decision point, the identities, the key authenticator, the pepper, the snapshots, the budgets, the clients, the stores of their settings and events, and a clock.</summary>
public static class AgentServices
{
    public static IServiceCollection AddAgents(this IServiceCollection services)
    {
        // The order in which a call is tried; every test is a look at one or two headers.
        services.AddSingleton<IAgentDialect, RooCodeDialect>();
        services.AddSingleton<IAgentDialect, ClaudeCodeDialect>();
        services.AddSingleton<IAgentDialect, CodexDialect>();
        services.AddSingleton<IAgentDialect, ClineDialect>();
        services.AddSingleton<IAgentDialect, KiloDialect>();
        services.AddSingleton<IAgentDialect, OpenCodeDialect>();
        services.AddSingleton<IAgentDialect, GeminiCliDialect>();
        services.AddSingleton<IAgentDialect, CopilotDialect>();
        services.AddSingleton<IAgentDialect, ContinueDialect>();
        services.AddSingleton<IAgentDialect, CursorDialect>();
        services.AddSingleton<RooClients>().AddSingleton<RooModelList>().AddSingleton<RooAccount>().AddSingleton<ClerkEndpoints>().AddSingleton<ClerkOutages>();
        services.TryAddSingleton(new RooRedirects([]));
        services.AddSingleton<ISignInClient, RooExtensionSignIn>().AddSingleton<ISignInClient, RooCliSignIn>();
        services.AddSingleton<RooCallers>().AddSingleton<RooSettings>().AddSingleton<RooSharing>().AddSingleton<RooFigures>().AddSingleton<RooMarketplace>().AddSingleton<IProfileFiles, RooFiles>();
        services.AddSingleton<RooEvents>();
        services.AddHooks();
        services.AddTelemetry();
        return services;
    }

    /// <summary>In the order in which a record is tried.</summary>
    private static void AddTelemetry(this IServiceCollection services)
    {
        services.AddSingleton<IAgentTelemetry, ClaudeCodeTelemetry>();
        services.AddSingleton<IAgentTelemetry, CodexTelemetry>();
        services.AddSingleton<IAgentTelemetry, GeminiCliTelemetry>();
        services.AddSingleton<IAgentTelemetry, CopilotTelemetry>();
        services.AddSingleton<IAgentTelemetry, ClineTelemetry>();
        services.AddSingleton<TelemetryReading>().AddSingleton<TelemetryMetrics>().AddSingleton<TelemetryEndpoint>();
    }

    private static void AddHooks(this IServiceCollection services)
    {
        services.AddSingleton<IAgentHooks, ClaudeCodeHooks>();
        services.AddSingleton<IAgentHooks, ClineHooks>();
        services.AddSingleton<IAgentHooks, CodexHooks>();
        services.AddSingleton<IAgentHooks, CopilotHooks>();
        services.AddSingleton<IAgentHooks, CursorHooks>();
        services.AddSingleton<IAgentHooks, GeminiCliHooks>();
        services.AddSingleton<IAgentHooks, KiloHooks>();
        services.AddSingleton<IAgentHooks, OpenCodeHooks>();
        services.AddSingleton<HookMetrics>().AddSingleton<HookTeller>().AddSingleton<HookEndpoint>();
    }
}
