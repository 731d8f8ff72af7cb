using System.Net;
using System.Text.Json;
using Paddock.EndToEnd.Tests.Hosting;
using Paddock.Simulator;

namespace Paddock.EndToEnd.Tests.Commands;

public class OperatorTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Checking_a_directory_tells_every_fault_with_file_and_line_and_ends_with_one()
    {
        using var place = new Installation();
        place.Write("release/a.yaml", "apiVersion: paddock/v1alpha1\nkind: Budget\nmetadata: {name: b, owner: test}\nspec:\n  scope: usr\n  windw: day\n");
        place.Write("release/b.yaml", "apiVersion: paddock/v1alpha1\nkind: Provder\n");
        place.Write("release/c.yaml", "kind: [\n");

        var refused = await PaddockProcess.RunAsync(["release", "check", place.Release], null, Cancelled);
        var json = await PaddockProcess.RunAsync(["release", "check", place.Release, "--json"], null, Cancelled);

        (refused.Code, json.Code).ShouldBe((1, 1));
        foreach (var part in new[] { "a.yaml:5", "a.yaml:6", "b.yaml:2", "c.yaml:" })
        {
            refused.Errors.ShouldContain(part);
        }

        refused.Errors.ShouldContain("Did you mean 'Provider'?");
        JsonDocument.Parse(json.Errors).RootElement.GetProperty("faults").GetArrayLength().ShouldBeGreaterThanOrEqualTo(4);
    }

    [Fact]
    public async Task A_budget_the_calls_the_state_and_the_description_of_the_api_are_there_to_see()
    {
        using var place = new Installation();
        await using var provider = await SimulatedProvider.StartAsync(new(), Cancelled);
        place.WriteProvider(provider.BaseUrl);
        place.Write("release/budget.yaml", "apiVersion: paddock/v1alpha1\nkind: Budget\nmetadata: {name: daily, owner: test}\nspec:\n  scope: user\n  window: day\n  limit: {tokens: 1000000}\n");
        var (server, url) = await place.ServeAsync(["--release", place.Release]);
        await using var _ = server;
        var key = await place.CreateKeyAsync();
        (await Installation.SendAsync(Installation.Chat(url, key, "sim:text=a,in=100,out=7"))).Status.ShouldBe(HttpStatusCode.OK);

        await Eventually.IsAsync(async () => (await place.RunAsync(["budget", "status"])).Printed.Contains("107", StringComparison.Ordinal), () => "Nothing was spent.", Cancelled);
        var call = JsonDocument.Parse((await place.RunAsync(["ledger", "list", "--user", "ada", "--json"])).Printed).RootElement.GetProperty("calls")[0].GetProperty("id").GetString()!;
        (await place.RunAsync(["ledger", "show", call])).Printed.ShouldContain("simulated");
        (await place.RunAsync(["clients", "--user", "ada"])).Printed.Split('\n')[1].ShouldMatch("^ada +unknown .* key .* unknown$");
        (await place.RunAsync(["clients", "--stale"])).Printed.ShouldNotContain("ada");
        (await place.RunAsync(["status"])).Printed.ShouldContain("ready");
        (await place.RunAsync(["release", "list"])).Printed.ShouldContain("in force");
        var admin = (await File.ReadAllTextAsync(place.AdminKeyFile, Cancelled)).Trim();
        var (status, description) = await Installation.SendAsync(new(HttpMethod.Get, url + "/control/openapi.json") { Headers = { { "Authorization", "Bearer " + admin } } });
        status.ShouldBe(HttpStatusCode.OK);
        JsonDocument.Parse(description).RootElement.GetProperty("paths").EnumerateObject().Select(path => path.Name).ShouldContain("/control/v1/keys/{key}");
    }

    [Fact]
    public async Task A_query_that_cannot_be_read_is_a_400_that_says_so()
    {
        using var place = new Installation();
        var (server, url) = await place.ServeAsync([]);
        await using var _ = server;
        var admin = (await File.ReadAllTextAsync(place.AdminKeyFile, Cancelled)).Trim();

        foreach (var query in new[] { "since=yesterday", "before=nonsense", "limit=many" })
        {
            var (status, body) = await Installation.SendAsync(new(HttpMethod.Get, $"{url}/control/v1/calls?{query}") { Headers = { { "Authorization", "Bearer " + admin } } });

            status.ShouldBe(HttpStatusCode.BadRequest, query);
            JsonDocument.Parse(body).RootElement.GetProperty("type").GetString().ShouldBe("paddock:invalid", query);
        }
    }
}
