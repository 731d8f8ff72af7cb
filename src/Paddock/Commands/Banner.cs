using Paddock.Hosting;
using Paddock.Settings;

namespace Paddock.Commands;

/// <summary>What <c>paddock serve</c> says when it is up: where it is, where the admin key lies, and what to paste for each agent. Never a key.</summary>
internal static class Banner
{
    public static void Write(TextWriter output, ServeSettings settings, IReadOnlyList<string> urls)
    {
        var url = urls[0];
        output.WriteLine($"""
            Paddock {PaddockVersion.Text} listens on {string.Join(", ", urls)}
            Data directory  {settings.DataDirectory}
            Admin key in    {new InstallationKeys(settings.DataDirectory).AdminKeyFile}

            Make a key for a developer's agent:
              paddock key create --name laptop --user alice
            Then give it to the agent as PADDOCK_API_KEY and point the agent here:
              Claude Code   ANTHROPIC_BASE_URL={url} ANTHROPIC_AUTH_TOKEN=$PADDOCK_API_KEY
              Codex         base_url = "{url}/v1", env_key = "PADDOCK_API_KEY", wire_api = "responses"
              opencode      provider npm @ai-sdk/openai-compatible, baseURL {url}/v1
              Cline, Kilo   OpenAI-compatible provider, base URL {url}/v1
              Roo, Zoo Code ROO_CODE_PROVIDER_URL={url}/roo/proxy ROO_CODE_CLOUD_TOKEN=$PADDOCK_API_KEY
            """);
    }
}
