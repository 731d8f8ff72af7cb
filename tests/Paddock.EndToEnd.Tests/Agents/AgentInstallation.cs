using Paddock.Testing;

namespace Paddock.EndToEnd.Tests.Agents;

/// <summary>Where <c>./build setup</c> puts the real agents.</summary>
internal static class AgentInstallation
{
    /// <summary>The program of an agent.</summary>
    /// <exception cref="InvalidOperationException">It is not installed; the message says how.</exception>
    public static string Program(string name)
    {
        var path = RepositoryFolder.Of("artifacts", "agents", "node_modules", ".bin", name);
        return File.Exists(path) ? path : throw new InvalidOperationException($"The agent '{name}' is not installed in artifacts/agents. Run: ./build setup");
    }
}
