using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Paddock.EndToEnd.Tests.Hosting;

/// <summary>A data directory and a folder for documents of a test's own, gone afterwards; and the ways to ask a server on it.</summary>
internal sealed class Installation : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("paddock-host-").FullName;

    public Installation() => Directory.CreateDirectory(Release);

    public string Data => Path.Combine(root, "data");

    public string Release => Path.Combine(root, "release");

    public string AdminKeyFile => Path.Combine(Data, "keys", "admin.key");

    /// <summary>A path in the test's own directory.</summary>
    public string At(string name) => Path.Combine(root, name);

    public string Write(string name, string text)
    {
        var path = At(name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>A provider of all three wires, in the folder for documents.</summary>
    public void WriteProvider(Uri provider, string more = "") => Write("release/provider.yaml", $$"""
        apiVersion: paddock/v1alpha1
        kind: Provider
        metadata: {name: simulated, owner: test}
        spec:
          wires: [openai-chat, openai-responses]
          baseUrl: {{provider.AbsoluteUri.TrimEnd('/')}}/v1
          auth: {scheme: none}
        {{more}}
        """);

    public Task<(PaddockProcess Server, string Url)> ServeAsync(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null) =>
        PaddockProcess.ServeAsync(Data, arguments, environment, TestContext.Current.CancellationToken);

    public Task<CommandResult> RunAsync(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null) =>
        PaddockProcess.RunAsync([.. arguments, "--data", Data], environment, TestContext.Current.CancellationToken);

    /// <summary>Makes a key for models; returns its text.</summary>
    public async Task<string> CreateKeyAsync(params string[] options) => (await RunAsync(["key", "create", "--name", "laptop", "--user", "ada", .. options])).Printed;

    public static HttpRequestMessage Chat(string url, string key, string model, bool stream = false) => new(HttpMethod.Post, url + "/v1/chat/completions")
    {
        Headers = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
        Content = new StringContent($$"""{"model":"{{model}}","stream":{{(stream ? "true" : "false")}},"messages":[{"role":"user","content":"go"}]}""", Encoding.UTF8, "application/json"),
    };

    public static async Task<(HttpStatusCode Status, string Body)> SendAsync(HttpRequestMessage request)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public void Dispose() => Directory.Delete(root, recursive: true);
}
