using System.Net;
using Paddock.Simulator;

namespace Paddock.EndToEnd.Tests.Hosting;

public class ServeTests
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_banner_names_the_address_and_the_file_of_the_admin_key_and_the_key_is_in_that_file_only_and_calls_no_models()
    {
        using var place = new Installation();
        var (server, url) = await place.ServeAsync([]);
        await using var _ = server;

        var key = (await File.ReadAllTextAsync(place.AdminKeyFile, Cancelled)).Trim();
        var (chat, _) = await Installation.SendAsync(Installation.Chat(url, key, "m"));
        var (models, _) = await Installation.SendAsync(new(HttpMethod.Get, url + "/v1/models") { Headers = { { "Authorization", "Bearer " + key } } });
        var (status, _) = await Installation.SendAsync(new(HttpMethod.Get, url + "/control/v1/status") { Headers = { { "Authorization", "Bearer " + key } } });

        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(place.AdminKeyFile).ShouldBe(OwnerOnly);
            File.GetUnixFileMode(Path.Combine(place.Data, "server.json")).ShouldBe(OwnerOnly);
        }

        (chat, models, status).ShouldBe((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.OK));
        server.Said.ShouldContain(place.AdminKeyFile);
        server.Said.ShouldContain($"paddock key create --name laptop --user alice --data {place.Data}");
        server.Said.ShouldContain($"ANTHROPIC_BASE_URL={url} ");
        server.Said.ShouldContain($"base_url = \"{url}/v1\"");
        server.Said.ShouldNotContain(key[12..]);
    }

    [Fact]
    public async Task Without_documents_the_environment_names_the_providers_and_the_base_addresses_are_as_the_vendors_own_clients_take_them()
    {
        using var place = new Installation();
        await using var provider = await SimulatedProvider.StartAsync(new() { KeepBodies = true }, Cancelled);
        var address = provider.BaseUrl.AbsoluteUri.TrimEnd('/');
        var (server, url) = await place.ServeAsync([], new Dictionary<string, string>
        {
            ["OPENAI_API_KEY"] = "sk-one",
            ["OPENAI_BASE_URL"] = address + "/v1",
            ["ANTHROPIC_API_KEY"] = "sk-two",
            ["ANTHROPIC_BASE_URL"] = address,
        });
        await using var _ = server;
        var key = await place.CreateKeyAsync();

        (await Installation.SendAsync(Installation.Chat(url, key, "nobody-named-it"))).Status.ShouldBe(HttpStatusCode.OK);
        var messages = new HttpRequestMessage(HttpMethod.Post, url + "/v1/messages") { Headers = { { "x-api-key", key } }, Content = new StringContent("""{"model":"c","max_tokens":9,"messages":[{"role":"user","content":"go"}]}""", null, "application/json") };
        (await Installation.SendAsync(messages)).Status.ShouldBe(HttpStatusCode.OK);

        var seen = provider.Truth.Newest(2);
        seen.Select(call => call.Wire).ShouldBe(["anthropic-messages", "openai-chat"]);
        seen[0].RequestHeaders!["x-api-key"].ShouldBe("sk-two");
        seen[1].RequestHeaders!["Authorization"].ShouldBe("Bearer sk-one");
        (await place.RunAsync(["release", "show"])).Printed.ShouldContain("openai");
    }

    [Fact]
    public async Task The_demo_needs_nothing_and_its_developers_work_and_its_key_calls_models_only()
    {
        using var place = new Installation();
        var (server, url) = await place.ServeAsync(["--demo"]);
        await using var _ = server;
        await server.SaysAsync("for you to try: pk_", Cancelled);
        var key = server.Said[(server.Said.IndexOf("for you to try: ", StringComparison.Ordinal) + 16)..].Split('\n')[0].Trim();

        (await Installation.SendAsync(Installation.Chat(url, key, "paddock-fake"))).Status.ShouldBe(HttpStatusCode.OK);
        (await Installation.SendAsync(new(HttpMethod.Get, url + "/control/v1/status") { Headers = { { "Authorization", "Bearer " + key } } })).Status.ShouldBe(HttpStatusCode.Forbidden);
        await Eventually.IsAsync(async () => (await place.RunAsync(["ledger", "list"])).Printed.Contains("simulated-developer", StringComparison.Ordinal), () => "No developer called.", Cancelled);
    }

    [Fact]
    public async Task A_second_server_on_the_directory_is_refused_with_the_id_of_the_first()
    {
        using var place = new Installation();
        var (server, _) = await place.ServeAsync([]);
        await using var _ = server;

        var second = await place.RunAsync(["serve", "--urls", "http://127.0.0.1:0"]);

        second.Code.ShouldBe(1);
        second.Errors.ShouldContain($"in use by process {server.Id}");
    }

    [Fact]
    public async Task A_stop_lets_an_open_stream_end_and_takes_no_new_calls_and_the_process_ends_well()
    {
        using var place = new Installation();
        await using var provider = await SimulatedProvider.StartAsync(new(), Cancelled);
        place.WriteProvider(provider.BaseUrl);
        var (server, url) = await place.ServeAsync(["--release", place.Release]);
        await using var _ = server;
        var key = await place.CreateKeyAsync();
        using var http = new HttpClient();
        using var answer = await http.SendAsync(Installation.Chat(url, key, "sim:text=abcdefghij,chunks=10,gap=200", stream: true), HttpCompletionOption.ResponseHeadersRead, Cancelled);
        await using var body = await answer.Content.ReadAsStreamAsync(Cancelled);
        (await body.ReadAsync(new byte[64], Cancelled)).ShouldBePositive();

        server.AskToStop();
        var rest = await new StreamReader(body).ReadToEndAsync(Cancelled);
        var code = await server.WaitAsync(Cancelled);

        rest.ShouldEndWith("data: [DONE]\n\n");
        code.ShouldBe(0);
        File.Exists(Path.Combine(place.Data, "server.json")).ShouldBeFalse();
        (await place.RunAsync(["ledger", "list"])).Printed.ShouldContain("complete");
    }

    [Fact]
    public async Task A_killed_server_leaves_nothing_that_stops_the_next_one_and_its_open_call_is_closed_as_lost()
    {
        using var place = new Installation();
        await using var provider = await SimulatedProvider.StartAsync(new(), Cancelled);
        place.WriteProvider(provider.BaseUrl);
        var (first, url) = await place.ServeAsync(["--release", place.Release]);
        await using var _ = first;
        var key = await place.CreateKeyAsync();
        using var http = new HttpClient();
        using var answer = await http.SendAsync(Installation.Chat(url, key, "sim:text=ab,chunks=2,cut=stall", stream: true), HttpCompletionOption.ResponseHeadersRead, Cancelled);

        await first.KillAsync(Cancelled);
        var (second, _) = await place.ServeAsync(["--release", place.Release]);
        await using var __ = second;

        await Eventually.IsAsync(async () => (await place.RunAsync(["ledger", "list"])).Printed.Contains("lost", StringComparison.Ordinal), () => second.Said, Cancelled);
    }
}
