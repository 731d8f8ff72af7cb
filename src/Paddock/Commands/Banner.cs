using Paddock.Hosting;
using Paddock.Settings;

namespace Paddock.Commands;

/// <summary>What <c>paddock serve</c> says when it is up: where it is, where the admin key lies, and what to paste for each agent. Never a key.</summary>
internal static class Banner
{
    public static void Write(TextWriter output, ServeSettings settings, PaddockServer server)
    {
        var url = server.AgentsUrls[0].Replace("*", "HOST", StringComparison.Ordinal);
        var operators = server.OperatorsUrls.SequenceEqual(server.AgentsUrls) ? "" : $"{Environment.NewLine}Operators reach it at {string.Join(", ", server.OperatorsUrls)}";
        output.WriteLine($"""
            Paddock {PaddockVersion.Text} listens on {string.Join(", ", server.AgentsUrls)}{operators}
            Data directory  {settings.DataDirectory}
            Admin key in    {new InstallationKeys(settings.DataDirectory).AdminKeyFile}

            Make a key for a developer's agent:
              paddock key create --name laptop --user alice{(settings.DataDirectory == Usual ? "" : $" --data {settings.DataDirectory}")}
            Then give it to the agent as PADDOCK_API_KEY and point the agent here:
              Claude Code        ANTHROPIC_BASE_URL={url} ANTHROPIC_AUTH_TOKEN=$PADDOCK_API_KEY claude
              Codex              config.toml: base_url = "{url}/v1", env_key = "PADDOCK_API_KEY", wire_api = "responses"
              opencode, Kilo     opencode.json, kilo.json: npm @ai-sdk/openai-compatible, baseURL {url}/v1, apiKey env:PADDOCK_API_KEY
              Cline              cline auth -p openai-compatible -b {url}/v1 -k $PADDOCK_API_KEY -m MODEL
              Roo Code, Zoo Code provider "OpenAI Compatible", base URL {url}/v1, the key as API key
            """);
        output.Flush();
    }

    private static string Usual => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".paddock");
}
