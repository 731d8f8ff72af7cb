using System.Text;
using Paddock.Core.Models;
using Paddock.Gateway.Tests.Rig;

namespace Paddock.Gateway.Tests;

/// <summary>What providers are shown, from files that people write.</summary>
public sealed class CredentialTests : IDisposable
{
    private const string Good = """{"choices":[{"message":{"content":"hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":10,"completion_tokens":2}}""";

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("paddock-credentials-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => directory.Delete(recursive: true);

    [Fact]
    public async Task A_credential_that_is_no_longer_taken_gives_way_to_the_next()
    {
        await using var gateway = await StartAsync("sk-old", "sk-new\n");
        gateway.Upstream.Scripts.Enqueue(Answers.Json("{}", 401));
        gateway.Upstream.Scripts.Enqueue(Answers.Json(Good));

        (await AskAsync(gateway)).ShouldBe(Good);

        gateway.Upstream.Seen.Select(seen => seen.Header("Authorization")).ShouldBe(["Bearer sk-old", "Bearer sk-new"]);
    }

    [Theory]
    [InlineData("sk-odd\nX-Injected: 1")]
    [InlineData("sk-odd\u0001")]
    [InlineData("sk-ödd")]
    public async Task A_credential_that_cannot_be_a_header_is_never_sent(string odd)
    {
        await using var gateway = await StartAsync(odd, "sk-good\r\n");
        gateway.Upstream.Scripts.Enqueue(Answers.Json(Good));

        (await AskAsync(gateway)).ShouldBe(Good);

        var seen = gateway.Upstream.Seen.Single();
        seen.Header("Authorization").ShouldBe("Bearer sk-good");
        seen.Header("X-Injected").ShouldBeNull();
    }

    private async Task<GatewayUnderTest> StartAsync(params string[] texts)
    {
        var files = texts.Select((text, number) => (Path: Path.Combine(directory.FullName, $"{number}.key"), Text: text)).ToList();
        foreach (var (path, text) in files)
        {
            await File.WriteAllTextAsync(path, text, Cancellation);
        }

        return await GatewayUnderTest.StartAsync(new()
        {
            Snapshot = address => Snapshots.Of([Snapshots.Provider("main", address) with { Auth = new(AuthScheme.Bearer), Credentials = [.. files.Select(file => new CredentialReference("file:" + file.Path))] }]),
        });
    }

    private static async Task<string> AskAsync(GatewayUnderTest gateway)
    {
        using var answer = await gateway.Http.PostAsync("/v1/chat/completions", new StringContent("""{"model":"m"}""", Encoding.UTF8, "application/json"), Cancellation);
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }
}
