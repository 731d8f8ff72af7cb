using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Paddock.EndToEnd.Tests.Hosting;

/// <summary>Canaries in every secret and every text of a call: they are in no log, error, metric, trace, view or file that they do not belong in.</summary>
public sealed class SecretTests : IAsyncLifetime
{
    private const string Credential = "canary-credential-5f1b";
    private const string Prompt = "canary-prompt-83c0";
    private const string Answer = "canary-answer-d21e";
    private const string Fault = "canary-fault-77aa";
    private const string Header = "canary-header-90ab";
    private const string Query = "canary-query-31fe";

    private readonly ConcurrentQueue<byte[]> exported = new();
    private readonly ConcurrentQueue<string> credentials = new();
    private readonly Installation installation = new();
    private WebApplication provider = null!; // started before the test

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        provider = builder.Build();
        provider.Run(ServeAsync);
        await provider.StartAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await provider.DisposeAsync();
        installation.Dispose();
    }

    [Fact]
    public async Task No_secret_and_no_text_of_a_call_is_found_where_it_does_not_belong()
    {
        var url = provider.Urls.First();
        var environment = new Dictionary<string, string>
        {
            ["OPENAI_API_KEY"] = Credential,
            ["OPENAI_BASE_URL"] = url + "/v1",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        };
        var (server, paddock) = await installation.ServeAsync(["--log-level", "trace", "--otlp-endpoint", url], environment);
        string key, admin, views;
        await using (server)
        {
            key = await installation.CreateKeyAsync();
            admin = (await File.ReadAllTextAsync(installation.AdminKeyFile, Cancellation)).Trim();
            var errors = await CallAsync(paddock, key);
            views = errors + await ViewsAsync(paddock, admin);
            await Eventually.IsAsync(() => Task.FromResult(exported.Count > 3), () => "Nothing was exported.", Cancellation);
            server.AskToStop();
            await server.WaitAsync(Cancellation);
        }

        credentials.ShouldContain($"Bearer {Credential}"); // it was used, so it could have leaked
        exported.ShouldContain(bytes => Holds(bytes, "gen_ai.request.model"));
        Find("the log", Encoding.UTF8.GetBytes(server.Said), key, admin);
        Find("views and errors", Encoding.UTF8.GetBytes(views), key, admin);
        foreach (var bytes in exported)
        {
            Find("an export", bytes, key, admin);
        }

        foreach (var file in Directory.EnumerateFiles(installation.Data, "*", SearchOption.AllDirectories).Where(file => file != installation.AdminKeyFile))
        {
            Find(file, await File.ReadAllBytesAsync(file, Cancellation), key, admin);
        }
    }

    private static void Find(string where, byte[] bytes, string key, string admin)
    {
        string[] canaries = [Credential, Prompt, Answer, Fault, Header, Query, key, admin];
        canaries.Where(canary => Holds(bytes, canary)).ShouldBeEmpty(where);
    }

    private static bool Holds(byte[] bytes, string text) => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0 || bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(text)) >= 0;

    /// <summary>Good calls, refused ones and failing ones.</summary>
    /// <returns>What Paddock itself answered; what the provider said is the caller's own.</returns>
    private static async Task<string> CallAsync(string paddock, string key)
    {
        var own = new StringBuilder();
        (await AskAsync(paddock, "/v1/chat/completions", key, $$"""{"model":"good","messages":[{"role":"user","content":"{{Prompt}}"}]}""")).ShouldContain(Answer);
        (await AskAsync(paddock, "/v1/chat/completions?x=" + Query, key, $$"""{"model":"good","stream":true,"messages":[{"role":"system","content":"{{Prompt}}"}]}""")).ShouldContain(Answer);
        (await AskAsync(paddock, "/v1/chat/completions", key, $$"""{"model":"bad","messages":[{"role":"user","content":"{{Prompt}}"}]}""")).ShouldContain(Fault);
        own.Append(await AskAsync(paddock, "/v1/chat/completions", key, $$"""{"model":"good","messages":"{{Prompt}}"""));
        own.Append(await AskAsync(paddock, "/v1/chat/completions", key, $$"""{"model":"m","model":"{{Prompt}}"}"""));
        own.Append(await AskAsync(paddock, "/v1/chat/completions", Credential, $$"""{"model":"{{Prompt}}"}"""));
        own.Append(await AskAsync(paddock, "/v1/unknown?x=" + Query, key, $$"""{"prompt":"{{Prompt}}"}"""));
        own.Append(await AskAsync(paddock, "/v1/messages", key, $$"""{"model":"claude","messages":[{"role":"user","content":"{{Prompt}}"}]}"""));
        own.Append(await AskAsync(paddock, "/control/v1/keys", key, $$"""{"name":"{{Prompt}}"}"""));
        return own.ToString();
    }

    private static async Task<string> AskAsync(string paddock, string path, string key, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, paddock + path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new("Bearer", key);
        request.Headers.Add("X-Odd", Header);
        return (await Installation.SendAsync(request)).Body;
    }

    private static async Task<string> ViewsAsync(string paddock, string admin)
    {
        var views = new StringBuilder();
        foreach (var path in (string[])["/metrics", "/readyz", "/healthz", "/control/v1/status", "/control/v1/keys", "/control/v1/users", "/control/v1/releases", "/control/v1/budgets", "/control/v1/calls"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, paddock + path);
            request.Headers.Authorization = new("Bearer", admin);
            var (status, body) = await Installation.SendAsync(request);
            status.ShouldBe(HttpStatusCode.OK, path);
            views.AppendLine(body);
        }

        return views.ToString();
    }

    private async Task ServeAsync(HttpContext http)
    {
        using var memory = new MemoryStream();
        await http.Request.Body.CopyToAsync(memory, http.RequestAborted);
        var path = http.Request.Path.Value!;
        if (path is "/v1/traces" or "/v1/metrics")
        {
            exported.Enqueue(memory.ToArray());
            return;
        }

        credentials.Enqueue(http.Request.Headers.Authorization.ToString());
        var body = Encoding.UTF8.GetString(memory.ToArray());
        if (body.Contains("\"bad\"", StringComparison.Ordinal))
        {
            http.Response.StatusCode = 500;
            await http.Response.WriteAsJsonAsync(new { error = new { message = Fault, type = "server_error" } }, http.RequestAborted);
            return;
        }

        var stream = body.Contains("\"stream\":true", StringComparison.Ordinal);
        http.Response.ContentType = stream ? "text/event-stream" : "application/json";
        await http.Response.WriteAsync(
            stream
                ? $$$"""data: {"choices":[{"delta":{"content":"{{{Answer}}}"}}]}""" + "\n\n" + """data: {"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":2}}""" + "\n\ndata: [DONE]\n\n"
                : $$$"""{"choices":[{"message":{"content":"{{{Answer}}}"},"finish_reason":"stop"}],"usage":{"prompt_tokens":5,"completion_tokens":2}}""",
            http.RequestAborted);
    }
}
