using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Agents;
using Paddock.Core.Agents;

namespace Paddock.Gateway.Tests.Rig;

/// <summary>Requests that offer tools.</summary>
internal static class Offering
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Task<GatewayUnderTest> StartAsync(string policies, GatewayOptions? options = null) => GatewayUnderTest.StartAsync(new()
    {
        Options = options ?? new(),
        Dialects = [.. new ServiceCollection().AddAgents().BuildServiceProvider().GetServices<IAgentDialect>()],
        Snapshot = address => Snapshots.Of([Snapshots.Provider("main", address)]).Under(policies),
    });

    /// <summary>What the provider gets.</summary>
    public static async Task<string> SentAsync(this GatewayUnderTest gateway, string path, string asked)
    {
        await gateway.AskAsync(path, asked, "{}");
        gateway.Upstream.Seen.TryDequeue(out var seen).ShouldBeTrue();
        return Encoding.UTF8.GetString(seen!.Body);
    }

    public static async Task<string> AskAsync(this GatewayUnderTest gateway, string path, string asked, string answered)
    {
        gateway.Upstream.Scripts.Clear();
        gateway.Upstream.Scripts.Enqueue(Answers.Json(answered));
        using var answer = await gateway.PostAsync(path, asked);
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }

    public static async Task<HttpResponseMessage> PostAsync(this GatewayUnderTest gateway, string path, string asked)
    {
        using var content = new StringContent(asked, Encoding.UTF8, "application/json");
        return await gateway.Http.PostAsync(path, content, Cancellation);
    }
}
