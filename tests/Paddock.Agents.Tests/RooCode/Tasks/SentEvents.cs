using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Paddock.Agents.Tests.RooCode.Settings;

namespace Paddock.Agents.Tests.RooCode.Tasks;

/// <summary>Events as the client (3.52.1) sends them.</summary>
internal static class SentEvents
{
    public const string Path = "/roo/api/events", TaskId = "019a209e-6456-7bf1-bb1a-ec7c0feb806a";

    /// <summary>Properties that every event has.</summary>
    public const string Common =
        """
        "appName":"roo-cline","appVersion":"3.52.1","vscodeVersion":"1.106.0","platform":"linux","editorName":"Visual Studio Code","language":"en","mode":"code","cloudIsAuthenticated":true,
        "apiProvider":"roo","modelId":"anthropic/claude-sonnet-4.5","diffStrategy":"multi-search-replace","isSubtask":false,"todos":{"total":3,"completed":1,"inProgress":1,"pending":1},
        "repositoryUrl":"https://u:geheim@git.example/acme/shop.git","repositoryName":"acme/shop","defaultBranch":"main"
        """;

    /// <param name="more">Further properties, each with a comma before it.</param>
    public static string Of(string type, string more = "", string? task = TaskId) =>
        $$$"""{"type":{{{JsonSerializer.Serialize(type)}}},"properties":{ {{{Common}}}{{{(task is null ? "" : $",\"taskId\":\"{task}\"")}}}{{{more}}} }}""";

    public static string Message(long ts, string kind, string what, string more = "", string task = TaskId) =>
        Of("Task Message", string.Create(CultureInfo.InvariantCulture, $$$""","message":{"ts":{{{ts}}},"type":"{{{kind}}}","{{{kind}}}":"{{{what}}}"{{{more}}}}"""), task);

    /// <summary>At first: with fetch alone.</summary>
    public static Task<Sent> SendAsync(this RooCloud cloud, string token, string body) => cloud.SendAsync(token, Encoding.UTF8.GetBytes(body));

    public static async Task<Sent> SendAsync(this RooCloud cloud, string? token, byte[] body, string? coding = null, bool retried = false, string agent = "node")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", agent);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        request.Headers.ExpectContinue = body.Length > 1 << 20; // so that a refusal is read before all of it is sent
        if (coding is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Encoding", coding);
        }

        if (retried)
        {
            request.Headers.TryAddWithoutValidation("X-Retry-Queue", "true");
        }

        using var answer = await cloud.SendAsync(request);
        return new(answer.StatusCode, answer.Headers.RetryAfter?.Delta, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Later: from the queue, with the text of the first time.</summary>
    public static Task<Sent> RetryAsync(this RooCloud cloud, string token, string body) => cloud.SendAsync(token, Encoding.UTF8.GetBytes(body), retried: true);

    internal sealed record Sent(HttpStatusCode Status, TimeSpan? RetryAfter, string Body);
}
