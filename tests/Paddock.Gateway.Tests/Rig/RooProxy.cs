using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Agents;
using Paddock.Core.Agents;
using Paddock.Core.Ledger;
using Paddock.Core.Models;
using Paddock.Gateway.Guard;

namespace Paddock.Gateway.Tests.Rig;

/// <summary>Roo Code's model proxy, called as the extension (3.52.1) calls it.</summary>
internal sealed class RooProxy : IAsyncDisposable
{
    public const string Path = "/roo/proxy/v1/chat/completions", TaskId = "019a209e-6456-7bf1-bb1a-ec7c0feb806a";

    /// <summary>Tools of which one ends a task.</summary>
    public const string Tools = """
        "tools":[{"type":"function","function":{"name":"read_file","parameters":{"type":"object"}}},{"type":"function","function":{"name":"attempt_completion","parameters":{"type":"object"}}}],"tool_choice":"auto"
        """;

    private RooProxy(GatewayUnderTest gateway) => Gateway = gateway;

    public GatewayUnderTest Gateway { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<RooProxy> StartAsync(GatewaySetup? setup = null) =>
        new(await GatewayUnderTest.StartAsync((setup ?? new()) with { Dialects = [.. new ServiceCollection().AddAgents().BuildServiceProvider().GetServices<IAgentDialect>()] }));

    /// <summary>With a judge that refuses words, so that answers are looked at.</summary>
    public static Task<RooProxy> StartJudgedAsync() => StartAsync(new() { Judge = new WordJudge() });

    /// <summary>A turn that asks for a stream, or for an answer in one piece.</summary>
    public static string Question(bool stream = true, string more = Tools) =>
        $$"""{"model":"m","temperature":0,"messages":[{"role":"user","content":"hi"}],"stream":{{(stream ? "true" : "false")}},{{(stream ? "\"stream_options\":{\"include_usage\":true}," : "")}}{{more}}}""";

    /// <param name="task">Null as when it improves a prompt, which is of no task.</param>
    public async Task<Answer> AskAsync(UpstreamScript? script, string body, string? task = TaskId, string path = Path)
    {
        Gateway.Upstream.Scripts.Clear();
        Gateway.Upstream.Seen.Clear();
        if (script is not null)
        {
            Gateway.Upstream.Scripts.Enqueue(script);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8) };
        request.Content.Headers.ContentType = new("application/json");
        string[] headers =
        [
            "Accept: application/json", "HTTP-Referer: https://github.com/RooVetGit/Roo-Cline", "X-Title: Roo Code", "User-Agent: RooCode/3.52.1", "x-stainless-retry-count: 0", "x-stainless-lang: js",
            .. task is null ? (string[])[] : ["X-Roo-App-Version: 3.52.1", "X-Roo-Task-ID: " + task],
        ];
        foreach (var header in headers)
        {
            request.Headers.TryAddWithoutValidation(header[..header.IndexOf(':', StringComparison.Ordinal)], header[(header.IndexOf(':', StringComparison.Ordinal) + 2)..]);
        }

        using var answer = await Gateway.Http.SendAsync(request, Cancellation);
        return new(answer.StatusCode, answer.Content.Headers.ContentType?.MediaType ?? "", await answer.Content.ReadAsStringAsync(Cancellation), await Gateway.Ledger.NextAsync(Cancellation));
    }

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();

    /// <param name="Row">The call's row in the ledger.</param>
    internal sealed record Answer(HttpStatusCode Status, string Type, string Body, CallRow Row)
    {
        /// <summary>What the client makes of it: text, and calls as <c>id name arguments</c>.</summary>
        public ToolClient Read() => ToolClient.Read(Wire.OpenAiChat, Body, Type == "text/event-stream");

        /// <summary>Each <c>usage.cost</c> that is told, in USD.</summary>
        public decimal[] Costs() => [.. Jsons().Select(CostIn).OfType<decimal>()];

        private IEnumerable<string> Jsons() => Type == "text/event-stream" ? Body.Split('\n').Where(static line => line.StartsWith("data: {", StringComparison.Ordinal)).Select(static line => line[6..]) : [Body];

        private static decimal? CostIn(string json)
        {
            using var read = JsonDocument.Parse(json, new() { AllowDuplicateProperties = false });
            return read.RootElement.TryGetProperty("usage", out var usage) && usage.ValueKind is JsonValueKind.Object && usage.TryGetProperty("cost", out var cost) ? cost.GetDecimal() : null;
        }
    }
}
