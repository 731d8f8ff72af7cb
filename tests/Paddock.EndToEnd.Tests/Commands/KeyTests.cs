using System.Net;
using System.Text.Json;
using Paddock.EndToEnd.Tests.Hosting;
using Paddock.Simulator;

namespace Paddock.EndToEnd.Tests.Commands;

public class KeyTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_made_with_every_scope_there_is_where_no_server_runs_and_the_list_shows_it_without_its_text()
    {
        using var place = new Installation();

        var made = JsonDocument.Parse((await place.RunAsync(
        [
            "key", "create", "--name", "deploy bot", "--user", "ci", "--service", "--team", "core", "edge", "--models", "gpt-*", "claude-x", "--tools", "--control", "viewer", "policy",
            "--agent", "codex", "--mode", "code", "--repository", "acme/shop", "--environment", "prod", "--expires", "90d", "--json",
        ])).Printed).RootElement;
        var list = await place.RunAsync(["key", "list"]);

        var (key, token) = (made.GetProperty("key"), made.GetProperty("token").GetString()!);
        token.ShouldStartWith("pk_");
        Texts(key, "teams").ShouldBe(["core", "edge"]);
        Texts(key, "modelPatterns").ShouldBe(["gpt-*", "claude-x"]);
        Texts(key, "control").ShouldBe(["viewer", "policy"]);
        (key.GetProperty("models").GetBoolean(), key.GetProperty("tools").GetBoolean()).ShouldBe((true, true));
        new[] { "kind", "agent", "mode", "repository", "environment" }.Select(name => key.GetProperty(name).GetString()).ShouldBe(["service", "codex", "code", "acme/shop", "prod"]);
        (key.GetProperty("expiresAt").GetDateTimeOffset() - key.GetProperty("createdAt").GetDateTimeOffset()).ShouldBe(TimeSpan.FromDays(90), TimeSpan.FromSeconds(1));
        list.Printed.ShouldContain(key.GetProperty("prefix").GetString()!);
        list.Printed.ShouldNotContain(token[12..]);
    }

    [Fact]
    public async Task A_model_outside_the_keys_patterns_is_refused_and_an_expired_key_too()
    {
        using var place = new Installation();
        await using var provider = await SimulatedProvider.StartAsync(new(), Cancelled);
        place.WriteProvider(provider.BaseUrl);
        var (server, url) = await place.ServeAsync(["--release", place.Release]);
        await using var _ = server;
        var narrow = await place.CreateKeyAsync("--models", "gpt-*");
        var brief = await place.CreateKeyAsync("--expires", "1s");

        (await Installation.SendAsync(Installation.Chat(url, narrow, "gpt-5"))).Status.ShouldBe(HttpStatusCode.OK);
        (await Installation.SendAsync(Installation.Chat(url, narrow, "other"))).Body.ShouldContain("model_not_allowed");
        await Eventually.IsAsync(async () => (await Installation.SendAsync(Installation.Chat(url, brief, "gpt-5"))).Status == HttpStatusCode.Unauthorized, () => "It never ended.", Cancelled);
        var list = (await place.RunAsync(["key", "list"])).Printed.Split('\n');
        list.Single(line => line.StartsWith(brief[..11], StringComparison.Ordinal)).ShouldEndWith("expired");
        list.Single(line => line.StartsWith(narrow[..11], StringComparison.Ordinal)).ShouldContain("gpt-*");
    }

    [Fact]
    public async Task A_rotated_key_works_beside_the_new_one_and_the_name_ends_one_after_the_other()
    {
        using var place = new Installation();
        await using var provider = await SimulatedProvider.StartAsync(new(), Cancelled);
        place.WriteProvider(provider.BaseUrl);
        var (server, url) = await place.ServeAsync(["--release", place.Release]);
        await using var _ = server;
        var old = await place.CreateKeyAsync();
        var fresh = (await place.RunAsync(["key", "rotate", "laptop", "--overlap", "1h"])).Printed;

        async Task<HttpStatusCode[]> AskAsync() => [(await Installation.SendAsync(Installation.Chat(url, old, "m"))).Status, (await Installation.SendAsync(Installation.Chat(url, fresh, "m"))).Status];

        (await AskAsync()).ShouldBe([HttpStatusCode.OK, HttpStatusCode.OK]);
        (await place.RunAsync(["key", "revoke", "laptop"])).Printed.ShouldContain(fresh[..11]);
        (await AskAsync()).ShouldBe([HttpStatusCode.OK, HttpStatusCode.Unauthorized]);
        (await place.RunAsync(["key", "revoke", "laptop"])).Printed.ShouldContain(old[..11]);
        (await AskAsync()).ShouldBe([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized]);
        (await place.RunAsync(["key", "revoke", "laptop"])).Errors.ShouldStartWith("paddock: There is no such key");
    }

    [Fact]
    public async Task A_revoked_key_ends_its_open_stream_within_a_second()
    {
        using var place = new Installation();
        await using var provider = await SimulatedProvider.StartAsync(new(), Cancelled);
        place.WriteProvider(provider.BaseUrl);
        var (server, url) = await place.ServeAsync(["--release", place.Release]);
        await using var _ = server;
        var key = await place.CreateKeyAsync();
        using var http = new HttpClient();
        using var answer = await http.SendAsync(Installation.Chat(url, key, "sim:text=abcdef,chunks=6,cut=stall", stream: true), HttpCompletionOption.ResponseHeadersRead, Cancelled);
        await using var body = await answer.Content.ReadAsStreamAsync(Cancelled);
        var rest = new StreamReader(body).ReadToEndAsync(Cancelled);

        (await place.RunAsync(["key", "revoke", "laptop"])).Code.ShouldBe(0);
        var ended = await Record.ExceptionAsync(() => rest.WaitAsync(TimeSpan.FromSeconds(1), Cancelled));

        ended.ShouldNotBeOfType<TimeoutException>();
    }

    [Fact]
    public async Task A_server_is_reached_by_address_with_a_key_of_the_roles_it_takes_and_no_others()
    {
        using var place = new Installation();
        var (server, url) = await place.ServeAsync([]);
        await using var _ = server;
        var viewer = await place.CreateKeyAsync("--control", "viewer");

        Task<CommandResult> FarAsync(string key, params string[] arguments) =>
            PaddockProcess.RunAsync([.. arguments, "--server", url], new Dictionary<string, string> { ["PADDOCK_KEY"] = key }, Cancelled);

        (await FarAsync(viewer, "status")).Printed.ShouldContain("ready");
        (await FarAsync(viewer, "key", "create", "--name", "x", "--user", "y")).Errors.ShouldContain("identity");
        (await FarAsync("pk_wrong", "status")).Code.ShouldBe(1);
        var made = await PaddockProcess.RunAsync(["key", "create", "--name", "x", "--user", "y", "--server", url, "--key-file", place.AdminKeyFile], null, Cancelled);
        made.Printed.ShouldStartWith("pk_");
    }

    [Fact]
    public async Task People_and_service_accounts_are_made_put_in_teams_and_disabled()
    {
        using var place = new Installation();
        var (server, _) = await place.ServeAsync([]);
        await using var _ = server;

        (await place.RunAsync(["user", "create", "bob", "--team", "core"])).Printed.ShouldStartWith("bob was made");
        (await place.RunAsync(["user", "create", "robot", "--service"])).Code.ShouldBe(0);
        (await place.RunAsync(["user", "create", "bob"])).Errors.ShouldContain("taken");
        (await place.RunAsync(["user", "teams", "bob", "edge", "shop"])).Printed.ShouldBe("bob is enabled, in edge, shop.");
        (await place.RunAsync(["user", "disable", "bob"])).Printed.ShouldContain("disabled");
        var list = (await place.RunAsync(["user", "list"])).Printed.Split('\n');

        list.Single(line => line.StartsWith("bob ", StringComparison.Ordinal)).ShouldContain("disabled");
        list.Single(line => line.StartsWith("robot ", StringComparison.Ordinal)).ShouldContain("service");
        (await place.RunAsync(["user", "enable", "bob"])).Printed.ShouldContain("enabled");
    }

    private static string?[] Texts(JsonElement key, string name) => [.. key.GetProperty(name).EnumerateArray().Select(one => one.GetString())];
}
